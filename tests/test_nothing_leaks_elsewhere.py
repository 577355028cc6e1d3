"""Planted strings are looked for in whatever ``agree``, ``profile``, ``compare`` and ``translate``
leave: there must be none.

The canaries, and where they stand, are those of ``tests/test_nothing_leaks.py``; with a second
coder's file, which differs in codes, and a file in the national scheme, for a crosswalk of
submissions beside one of codes.

Shown on purpose, and so exempt:

* codes of the standard, and of the schemes of a crosswalk; labels that are published in them;
* keys that are pseudonyms: which records to talk about (no canary is a valid key);
* the path of a file as the user gave it, and what is named after it: a contributor is called as its
  file is, and a translated table too;
* what ``translate`` writes into its folder: it holds the data, as the original does;
* ``translate --show full``, which says so.
"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.test_nothing_leaks import (
    BROKEN,
    CELL,
    FILE,
    HEADING,
    STANDARD,
    boom,
    data,
    place,
    ran,
)
from tests.test_nothing_leaks import leaks as found

__all__ = ["place"]

FORMS = ("text", "json", "html")
COMMANDS = ("agree", "profile", "compare", "codes", "tables")
OTHER = BROKEN["sound"].replace(",red,", ",blue,").replace(",1,", ",2,")
SCHEMES = {
    "shade-1": {"red": "Red"},
    "hue-1": {"warm": "Warm", "cold": "Cold"},
}
HEAD = {"version": "1.0.0", "title": "Shades", "source": "us", "status": "derived"}
CODES = {
    "crosswalk": "codes",
    **HEAD,
    "from": {"scheme": "shade", "version": "1", "field": "colour"},
    "to": {"scheme": "hue", "version": "1", "field": "hue"},
    "rows": [{"from": "red", "to": ["warm", "cold"]}],
}
NATIONAL = f"""reference,pays_declarant,date_reception,nature,sexe_victimes,copine_min,classe_age,\
base_age,observations,numero_classeur,{HEADING}
DOS-0001,250,03/04/2024,ABU,F,4,EN,E,{CELL},{CELL},{CELL}
{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL}
DOS-0002,250,{CELL},DOU,{CELL},{CELL},EN,{CELL},"{CELL}
{CELL}",,
"""


@pytest.fixture
def there(place: Path) -> Path:
    """The place of the other tests, with a second coder's file, a national one, and a crosswalk."""
    (place / f"data-{FILE}" / f"tother-{FILE}.csv").write_text(OTHER, "utf-8")
    (place / f"data-{FILE}" / f"national-{FILE}.csv").write_text(NATIONAL, "utf-8")
    (place / "schemes").mkdir()
    for name, codes in SCHEMES.items():
        scheme, _, version = name.partition("-")
        whole = {"scheme": scheme, "version": version, "title": scheme, "source": "us"}
        text = json.dumps(whole | {"status": "verified", "codes": codes})
        (place / "schemes" / f"{name}.yaml").write_text(f"# {STANDARD}\n{text}", "utf-8")
    (place / "codes.yaml").write_text(f"# {STANDARD}\n{json.dumps(CODES)}", "utf-8")
    return place


def call(place: Path, command: str, path: Path) -> tuple[object, ...]:
    """The command on one file, which stands beside the sound one where it takes two."""
    always = ("-s", place / "standard.yaml", "--table", "records")
    sound = one(place, "sound" if not path.name.startswith("sound") else "tother")
    return {
        "agree": ("agree", sound, path, *always, "--samples", 20),
        "profile": ("profile", path, *always),
        "compare": ("compare", sound, path, *always),
        "codes": ("translate", path, "-c", place / "codes.yaml", "-o", place / "work" / "copy"),
        "tables": (
            *("translate", path, "-c", "national-example", "--table", "dossiers"),
            *("-o", place / "work" / "copy"),
        ),
    }[command]


def one(place: Path, name: str) -> Path:
    (path,) = (path for path in data(place) if path.name.startswith(name))
    return path


def leaks(text: str, place: Path) -> list[str]:
    """The canaries in the text, but for files' names, which contributors and tables have too."""
    text = "".join(text.split())
    for path in data(place):
        text = text.replace(path.name, "PATH").replace(path.stem, "PATH")
    return found(text, place)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_report_shows_a_value(there, command, form, caplog):
    answers = 0
    for path in data(there):
        always = call(there, command, path)
        report = there / "work" / f"report.{form}"
        for where in ((form,), (f"{form}={report}",)):
            text = ran(there, *always, "--format", *where, caplog=caplog)
            assert leaks(text, there) == [], path.name
            assert "internal error" not in text, path.name
        answers += report.exists()
        report.unlink(missing_ok=True)
    assert answers > 1, "some of the files can be read, and are reported on"


@pytest.mark.parametrize(
    "more",
    [
        ("agree", "--missing", "as-category"),
        ("agree", "--key", "colour", "--key", "count"),
        ("profile", "--audience", "public"),
        ("profile", "--field", "name"),
        ("compare", "--field", "count"),
        ("codes", "--fail-on-loss"),
    ],
)
def test_no_option_shows_a_value(there, more, caplog):
    command, *options = more
    for form in FORMS:
        for path in data(there):
            text = ran(
                there, *call(there, command, path), *options, "--format", form, caplog=caplog
            )
            assert leaks(text, there) == []


def test_contributors_within_one_submission_show_no_value(there, caplog):
    always = (one(there, "sound"), "-s", there / "standard.yaml", "--table", "records")
    for form in FORMS:
        text = ran(there, "compare", *always, "--by", "colour", "--format", form, caplog=caplog)
        assert leaks(text, there) == []


@pytest.mark.parametrize("command", ["agree", "profile", "compare", "codes"])
def test_a_folder_that_holds_the_file_shows_no_value(there, command, caplog):
    folder = there / f"data-{FILE}"
    for path in (folder, folder / "not-there.csv"):
        text = ran(there, *call(there, command, path), caplog=caplog)
        assert leaks(text, there) == []


def test_the_search_finds_what_is_shown_on_purpose(there, caplog, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    always = call(there, "codes", one(there, "sound"))
    assert CELL in leaks(ran(there, *always, "--show", "full", caplog=caplog), there)
    written = there / "work" / "copy" / f"sound-{FILE}.csv"
    assert CELL in written.read_text("utf-8"), "what is written is the data"
    assert HEADING in written.read_text("utf-8")


def test_what_is_compared_is_shown_by_its_codes_and_keys(there, caplog):
    text = ran(there, *call(there, "agree", one(there, "tother")), caplog=caplog)
    assert "R004  colour: red, blue" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_no_temporary_file_is_left(there, command, caplog):
    for path in data(there):
        ran(there, *call(there, command, path), caplog=caplog)
    assert list((there / "left").rglob("*")) == []
    assert [item for item in there.rglob(".*") if item.is_file()] == []


# --- forced crashes ------------------------------------------------------------------------------


def refuse(*_: object, **__: object) -> object:
    """As ``boom``, as a parser says it: its message holds a cell."""
    message = f"could not parse '{CELL}' in column {HEADING} of {FILE} under {STANDARD}"
    raise pl.exceptions.ComputeError(message)


def deny(*_: object, **__: object) -> object:
    """As the system says it, of a file whose name is a cell."""
    raise PermissionError(13, "Permission denied", f"{CELL}-{HEADING}")


INNER = {
    "agree": [
        "validator.agreement.compare.opened",
        "validator.agreement.compare.matched",
        "validator.agreement.compare.coded",
        "validator.agreement.compare.coefficient",
        "validator.agreement.compare.intervals",
        "validator.agreement.coding.is_value",
        "validator.agreement.matching._keyed",
        "validator.agreement.as_text.as_text",
    ],
    "profile": [
        "validator.profiling.profile.opened",
        "validator.profiling.profile.counted",
        "validator.profiling.counting.listing",
        "validator.profiling.counting._tally",
        "validator.profiling.counting._without_blank_rows",
        "validator.profiling.profile.described",
        "validator.profiling.profile_text.as_text",
    ],
    "compare": [
        "validator.profiling.compare.opened",
        "validator.profiling.compare.counted",
        "validator.profiling.compare.judged",
        "validator.profiling.counting._add_unusable",
        "validator.profiling.comparison_text.as_text",
    ],
    "codes": [
        "validator.crosswalks.translate.sources",
        "validator.crosswalks.translate.read",
        "validator.crosswalks.plan.of_codes",
        "validator.crosswalks.judge.Judge.judge",
        "validator.crosswalks.steps.Step.fill",
        "validator.crosswalks.steps.Step._spread",
        "validator.crosswalks.write.CsvFile.append",
        "validator.crosswalks.write.CsvFile.digest",
        "validator.crosswalks.losses.Losses.report",
        "validator.crosswalks.as_text.as_text",
    ],
}
EVERYWHERE = [
    "validator.readers.splice.Splice._each",
    "validator.cli._output.print_bytes",
]
BREAKING = [
    pytest.param(command, inner, how, id=f"{command} {inner.rpartition('.')[2]} {how.__name__}")
    for command, inners in INNER.items()
    for inner in (*inners, *EVERYWHERE)
    for how in (boom, refuse, deny)
]


@pytest.mark.parametrize(("command", "inner", "how"), BREAKING)
def test_whatever_breaks_down_tells_no_value_and_leaves_no_part(
    there, command, inner, how, monkeypatch, caplog
):
    monkeypatch.setattr(inner, how)
    # it closes the output of the process, which here is that of the tests
    monkeypatch.setattr("validator.cli._forget_output", lambda: None)
    text = ran(there, *call(there, command, one(there, "sound")), caplog=caplog)
    assert leaks(text, there) == []
    assert text.startswith("accordant: "), "one line says that it stopped"
    assert [item for item in there.rglob("*.tmp") if item.is_file()] == []
