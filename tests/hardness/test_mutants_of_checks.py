"""Kills mutants of the checks: which fields each is shown for, and where it begins to speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.submissions import checked, result, statuses, written
from tests.strategies import loaded, standard_spec, table_spec
from validator.model.disclosure import AUDIENCES
from validator.model.report import CheckStatus
from validator.model.standard import Standard

EVERY_KIND = standard_spec(
    table_spec(
        "things",
        {
            "text": {"type": "string"},
            "short": {"type": "string", "max_length": "4"},
            "long": {"type": "string", "min_length": "2"},
            "formed": {"type": "string", "pattern": "[a-z]+"},
            "remark": {"type": "string", "free_text": "true", "optional": "true"},
            "number": {"type": "number"},
            "count": {"type": "integer", "minimum": "1"},
            "share": {"type": "number", "maximum": "100"},
            "day": {"type": "date", "precision": "day", "minimum": "2000-01-01"},
            "year": {"type": "date", "precision": "year"},
            "closed": {"type": "boolean"},
            "colour": {"codes": "colour"},
            "level": {"codes": "level", "missing": ["withheld"]},
            "size": {"type": "integer", "missing": ["withheld"]},
        },
    )
)
ALL = frozenset(EVERY_KIND["tables"][0]["fields"])


@pytest.fixture(scope="module")
def every_kind() -> Standard:
    return loaded(EVERY_KIND)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("unexplained-blank", ALL - {"remark"}),
        ("reason-not-allowed", ALL),
        ("placeholder-text", ALL),
        ("noncanonical-code", {"colour", "level", "size"}),
        ("unknown-code", {"colour", "level"}),
        ("retired-code", {"colour"}),
        ("wrong-type", {"number", "count", "share", "day", "year", "closed", "size"}),
        ("out-of-range", {"count", "share", "day"}),
        ("length-limit", {"short", "long"}),
        ("pattern-mismatch", {"formed"}),
    ],
)
def test_a_check_is_shown_for_the_fields_that_it_looks_at_and_no_other(
    tmp_path: Path, every_kind: Standard, code: str, fields: frozenset[str]
) -> None:
    report = checked(written(tmp_path, "things.csv", ",".join(sorted(ALL))), every_kind)
    assert statuses(report, code).keys() == fields


def test_a_code_may_be_a_default_or_missing_only_where_an_unknown_could_have_been_said(
    tmp_path: Path,
) -> None:
    coded, unknown = {"codes": "colour"}, {"missing": ["withheld"]}
    fields = {
        "may": coded | unknown,
        "must": coded,
        "optional": coded | unknown | {"optional": "true"},
        "list": coded | unknown | {"many": "true", "separator": ";"},
        "number": {"type": "integer"} | unknown,
    }
    standard = loaded(standard_spec(table_spec("things", fields)))
    report = checked(written(tmp_path, "things.csv", ",".join(fields)), standard)
    assert statuses(report, "suspected-default").keys() == {"may", "optional"}
    assert statuses(report, "low-completeness").keys() == {"may", "list", "number"}


@pytest.mark.parametrize("code", ["small-group", "uniform-group", "precise-date"])
def test_without_an_audience_each_table_says_that_disclosure_was_not_judged(
    tmp_path: Path, code: str
) -> None:
    fields = {
        "country": {"codes": "country", "quasi_identifier": "true"},
        "level": {"codes": "level", "sensitive": "true"},
        "seen": {"type": "date"},
    }
    standard = loaded(standard_spec(table_spec("one", fields), table_spec("two", fields)))
    for table in ("one", "two"):
        written(tmp_path, f"{table}.csv", "country,level,seen", "FR,low,2024-05-17")
    skipped = CheckStatus.SKIPPED
    assert statuses(checked(tmp_path, standard), code) == {"one": skipped, "two": skipped}


def test_groups_are_asked_for_several_values_only_where_something_is_sensitive(
    tmp_path: Path,
) -> None:
    fields = {"country": {"codes": "country", "quasi_identifier": "true"}}
    standard = loaded(standard_spec(table_spec("one", fields)))
    report = checked(written(tmp_path, "one.csv", "country", "FR"), standard)
    assert statuses(report, "small-group") == {"one": CheckStatus.SKIPPED}
    assert statuses(report, "uniform-group") == {}


def test_what_is_sensitive_where_nobody_is_singled_out_is_judged_by_no_group(
    tmp_path: Path,
) -> None:
    fields = {"level": {"codes": "level", "sensitive": "true"}}
    standard = loaded(standard_spec(table_spec("one", fields)))
    path = written(tmp_path, "one.csv", "level", "low")
    report = checked(path, standard, audience=AUDIENCES["partner"])
    assert statuses(report, "uniform-group") == statuses(report, "small-group") == {}


def test_each_kind_of_uniform_group_is_counted_with_rows_of_its_own(tmp_path: Path) -> None:
    fields = {
        "country": {"codes": "country", "quasi_identifier": "true"},
        "zone": {"codes": "level", "missing": ["withheld"], "quasi_identifier": "true"},
        "level": {"codes": "level", "sensitive": "true"},
    }
    standard = loaded(standard_spec(table_spec("one", fields)))
    # the first two groups differ once zone is withheld; in the last one country has one value
    rows = [*["FR,low,low"] * 20, *["FR,high,high"] * 20, *["KE,low,low"] * 30]
    path = written(tmp_path, "one.csv", "country,zone,level", *rows)
    report = checked(path, standard, audience=AUDIENCES["partner"], max_rows=5)
    mendable, hopeless = result(report, "uniform-group", "level").groups
    assert (mendable.count, mendable.rows) == (40, (2, 3, 4, 5, 6))
    assert (hopeless.count, hopeless.rows) == (30, (42, 43, 44, 45, 46))
