"""``accordant diff``: each kind of change, for whom it breaks, and the version that it demands."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.commands import run
from tests.strategies import loaded
from tests.versions.made_up import NEW, OLD, written
from validator.cli import EXIT_FINDINGS, EXIT_PASS, EXIT_UNCHECKED
from validator.model.standard import Standard
from validator.standards.load import load
from validator.versions.change import Effect
from validator.versions.comparison import Comparison, compare

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/meta/diff.schema.json").read_text("utf-8"))
Spec = dict[str, Any]

BASE: Spec = {
    "standard": "demo",
    "version": "1.0.0",
    "title": "Demonstration",
    "missing_reasons": {
        "codelist": "missing-reason",
        "codes": {"not_recorded": {}, "withheld": {"withholds": "true"}},
    },
    "codelists": [
        {
            "codelist": "scale",
            "ordered": "true",
            "codes": {"low": {"label": "Low"}, "mid": {}, "top": {"terms": {"en": ["peak"]}}},
        },
        {"codelist": "kind", "codes": {"a": {}, "b": {}, "other": {"other": "true"}}},
    ],
    "tables": [
        {
            "table": "t",
            "key": "ref",
            "fields": {
                "ref": {"type": "string", "pattern": "[A-Z]{3}[0-9]{3}", "required": "true"},
                "level": {"codes": "scale", "missing": ["not_recorded"]},
                "kind": {"codes": "kind", "missing": ["withheld"], "specify": "kind_other"},
                "kind_other": {"type": "string", "optional": "true", "max_length": "40"},
                "number": {"type": "integer", "minimum": "0", "maximum": "9", "optional": "true"},
                "day": {"type": "date", "minimum": "2000-01-01", "missing": ["not_recorded"]},
                "notes": {"type": "string", "optional": "true", "free_text": "true"},
            },
        },
        {"table": "s", "key": "id", "fields": {"id": {"type": "integer", "required": "true"}}},
    ],
    "rules": [
        {
            "rule": "low-has-no-number",
            "table": "t",
            "title": "One",
            "when": {"level": "low"},
            "then": {"number": {"le": "3"}},
        },
        {"rule": "hint", "table": "t", "title": "Two", "severity": "note", "then": {"number": "1"}},
    ],
}


def after(edit: Callable[[Spec], object], version: str = "2.0.0") -> Comparison:
    """The base compared with itself after an edit."""
    spec = copy.deepcopy(BASE)
    edit(spec)
    return compare(loaded(BASE), loaded(spec | {"version": version}))


def fields(spec: Spec) -> Spec:
    found: Spec = spec["tables"][0]["fields"]
    return found


def codes(spec: Spec, number: int = 0) -> Spec:
    found: Spec = spec["codelists"][number]["codes"]
    return found


def rule(spec: Spec) -> Spec:
    found: Spec = spec["rules"][0]
    return found


def field(name: str, **said: Any) -> Callable[[Spec], None]:
    """Says something else of a field; None takes back what it says."""

    def edit(spec: Spec) -> None:
        fields(spec)[name] |= said
        for word in [word for word, value in said.items() if value is None]:
            fields(spec)[name].pop(word)

    return edit


CASES = [
    # fields
    (
        "field-added",
        Effect.QUIET,
        lambda s: fields(s).update(x={"type": "date", "optional": "true"}),
    ),
    ("field-added", Effect.NARROWED, lambda s: fields(s).update(x={"type": "date"})),
    ("field-removed", Effect.CHANGED, lambda s: fields(s).pop("notes")),
    ("field-type", Effect.CHANGED, lambda s: fields(s).update(day={"type": "string"})),
    ("field-precision", Effect.CHANGED, field("day", precision="month", minimum="2000-01")),
    ("field-many", Effect.CHANGED, field("kind", many="true")),
    ("field-presence", Effect.WIDENED, field("day", optional="true")),
    ("field-presence", Effect.NARROWED, field("number", optional=None)),
    ("field-reasons", Effect.WIDENED, field("day", missing=["not_recorded", "withheld"])),
    ("field-reasons", Effect.NARROWED, field("day", missing=[])),
    ("field-reasons", Effect.CHANGED, field("day", missing=["withheld"])),
    ("field-minimum", Effect.NARROWED, field("number", minimum="1")),
    ("field-minimum", Effect.WIDENED, field("number", minimum="-1")),
    ("field-minimum", Effect.WIDENED, field("day", minimum=None)),
    ("field-maximum", Effect.WIDENED, field("number", maximum="10")),
    ("field-maximum", Effect.NARROWED, field("day", maximum="2030-12-31")),
    ("field-max-length", Effect.NARROWED, field("kind_other", max_length="39")),
    ("field-min-length", Effect.NARROWED, field("notes", min_length="2")),
    ("field-pattern", Effect.CHANGED, field("ref", pattern="[A-Z]{3}[0-9]{4}")),
    ("field-pattern", Effect.WIDENED, field("ref", pattern=None)),
    ("field-pattern", Effect.NARROWED, field("notes", pattern="[a-z ]+")),
    ("field-unique", Effect.NARROWED, field("number", unique="true")),
    ("field-references", Effect.NARROWED, field("number", references="s.id")),
    ("field-free-text", Effect.NARROWED, field("notes", free_text=None)),
    ("field-specify", Effect.CHANGED, field("kind", specify=None)),
    ("field-identifies", Effect.WIDENED, field("ref", identifies="pseudonym")),
    ("field-quasi-identifier", Effect.NARROWED, field("level", quasi_identifier="true")),
    ("field-sensitive", Effect.NARROWED, field("level", sensitive="true")),
    ("field-words", Effect.WORDED, field("day", title="The day")),
    ("field-notes", Effect.WORDED, field("day", source="A handbook")),
    # codes
    ("code-added", Effect.WIDENED, lambda s: codes(s).update(peak={})),
    ("code-removed", Effect.NARROWED, lambda s: codes(s).pop("mid")),
    ("code-retired", Effect.NARROWED, lambda s: codes(s)["mid"].update(retired={"since": "2"})),
    ("code-words", Effect.WORDED, lambda s: codes(s)["low"].update(label="Lowest")),
    ("code-terms", Effect.WORDED, lambda s: codes(s)["low"].update(terms={"en": ["least"]})),
    # what somebody wrote beside 'other' may be what the list has now
    ("code-added", Effect.CHANGED, lambda s: codes(s, 1).update(c={})),
    ("code-removed", Effect.CHANGED, lambda s: codes(s, 1).pop("b")),
    ("code-terms", Effect.CHANGED, lambda s: codes(s, 1)["a"].update(terms={"en": ["alpha"]})),
    ("code-marks", Effect.CHANGED, lambda s: codes(s, 1)["other"].pop("other")),
    (
        "list-order",
        Effect.CHANGED,
        lambda s: s["codelists"][0].update(codes=dict(reversed(codes(s).items()))),
    ),
    ("list-order", Effect.MEANING, lambda s: s["codelists"][0].pop("ordered")),
    ("list-words", Effect.WORDED, lambda s: s["codelists"][0].update(title="A scale")),
    # missing reasons
    ("reason-added", Effect.QUIET, lambda s: s["missing_reasons"]["codes"].update(not_seen={})),
    (
        "reason-marks",
        Effect.CHANGED,
        lambda s: s["missing_reasons"]["codes"]["withheld"].pop("withholds"),
    ),
    # rules
    ("rule-removed", Effect.WIDENED, lambda s: s["rules"].pop(0)),
    ("rule-removed", Effect.QUIET, lambda s: s["rules"].pop(1)),
    ("rule-severity", Effect.WIDENED, lambda s: rule(s).update(severity="warning")),
    ("rule-severity", Effect.QUIET, lambda s: s["rules"][1].update(severity="warning")),
    ("rule-severity", Effect.NARROWED, lambda s: s["rules"][1].update(severity="error")),
    ("rule-changed", Effect.NARROWED, lambda s: rule(s).update(then={"number": {"lt": "3"}})),
    ("rule-changed", Effect.WIDENED, lambda s: rule(s).update(then={"number": {"le": "5"}})),
    ("rule-changed", Effect.CHANGED, lambda s: rule(s).update(when={"level": "mid"})),
    # the same in other words
    ("rule-changed", Effect.WORDED, lambda s: rule(s).update(then={"number": {"lt": "4"}})),
    ("rule-words", Effect.WORDED, lambda s: rule(s).update(title="Another")),
    ("rule-notes", Effect.WORDED, lambda s: rule(s).update(source="A handbook")),
    # tables, and the whole
    ("table-added", Effect.QUIET, lambda s: s["tables"].append(s["tables"][1] | {"table": "u"})),
    ("table-removed", Effect.CHANGED, lambda s: s["tables"].pop()),
    ("table-presence", Effect.NARROWED, lambda s: s["tables"][1].update(required="true")),
    ("table-key", Effect.WIDENED, lambda s: s["tables"][0].update(key=["ref", "kind"])),
    ("table-key", Effect.WIDENED, lambda s: s["tables"][0].pop("key")),
    ("table-key", Effect.CHANGED, lambda s: s["tables"][0].update(key="day")),
    ("table-words", Effect.WORDED, lambda s: s["tables"][0].update(title="T")),
    ("standard-words", Effect.WORDED, lambda s: s.update(title="Another")),
    ("standard-renamed", Effect.CHANGED, lambda s: s.update(standard="demonstration")),
]


@pytest.mark.parametrize(
    ("kind", "effect", "edit"), CASES, ids=[f"{kind}: {effect.name}" for kind, effect, _ in CASES]
)
def test_a_change_is_known_for_what_it_does(
    kind: str, effect: Effect, edit: Callable[[Spec], object]
) -> None:
    (change,) = after(edit).changes
    assert (change.kind, change.effect) == (kind, effect), change.what


@pytest.mark.parametrize(
    ("added", "effect"),
    [
        ({"when": {"level": "top"}, "then": {"number": "9"}}, Effect.NARROWED),
        ({"severity": "warning", "then": {"number": "9"}}, Effect.QUIET),
        # what the fields allow keeps this already
        ({"then": {"number": {"le": "9"}}}, Effect.QUIET),
        # its column is in no record of before
        ({"then": {"fresh": "9"}}, Effect.QUIET),
    ],
)
def test_a_new_rule_breaks_producers_only_where_it_can_speak(added: Spec, effect: Effect) -> None:
    def edit(spec: Spec) -> None:
        fields(spec)["fresh"] = {"type": "integer", "optional": "true"}
        spec["rules"].append({"rule": "new", "table": "t", "title": "New", **added})

    (change,) = (change for change in after(edit).changes if change.kind == "rule-added")
    assert change.effect is effect


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("[a-z]+", "^[a-z]+$", True),
        ("^[a-z]+", "[a-z]+$", True),
        ("^a|b$", "a|b", True),  # whichever it is, it is the whole value
        ("a|b", "(?:a|b)c", False),
        ("a", r"a\$", False),
    ],
)
def test_anchors_make_no_other_pattern_where_the_whole_value_counts(
    before: str, now: str, same: bool
) -> None:
    def said(pattern: str) -> Standard:
        spec = copy.deepcopy(BASE)
        fields(spec)["ref"]["pattern"] = pattern
        rule(spec)["then"] = {"ref": {"matches": pattern}}
        return loaded(spec)

    kinds = [change.kind for change in compare(said(before), said(now)).changes]
    assert kinds == ([] if same else ["field-pattern", "rule-changed"])


def test_what_is_renamed_is_told_once_and_compared_under_its_new_name() -> None:
    def edit(spec: Spec) -> None:
        named = json.loads(json.dumps(spec).replace('"number"', '"amount"'))
        spec |= named | {
            "migrates": {"from": "1.0.0", "steps": [{"rename": "t.number", "to": "amount"}]}
        }

    (change,) = after(edit).changes
    assert (change.kind, change.where) == ("field-renamed", "t.number")


def test_words_that_may_change_a_meaning_are_for_a_person_to_judge() -> None:
    (change,) = after(lambda s: codes(s)["low"].update(label="Lowest")).changes
    assert change.review
    (first,) = after(lambda s: codes(s)["mid"].update(label="Middle")).changes
    assert not first.review


# --- the version number


@pytest.mark.parametrize(
    ("old", "edit", "new", "honoured"),
    [
        ("1.2.3", None, "1.2.3", True),
        ("1.2.3", None, "1.2.2", False),
        ("1.2.3", "patch", "1.2.3", False),
        ("1.2.3", "patch", "1.2.4", True),
        ("1.2.3", "minor", "1.2.4", False),
        ("1.2.3", "minor", "1.3.0", True),
        ("1.2.3", "major", "1.9.0", False),
        ("1.2.3", "major", "2.0.0", True),
        ("1.2.3", "major", "2.0.0-beta.1", False),
        ("1.2.3", "major", "2.0.1-beta.1", True),
        ("0.2.3", "major", "0.3.0", True),
        ("0.2.3", "major", "0.2.4", False),
        ("0.2.3", "minor", "0.2.4", True),
        ("1.2", "minor", "1.3", True),
    ],
)
def test_a_version_number_says_as_much_as_the_changes_do(
    old: str, edit: str | None, new: str, honoured: bool
) -> None:
    spec = copy.deepcopy(BASE)
    if edit == "major":
        fields(spec).pop("notes")
    elif edit == "minor":
        codes(spec).update(peak={})
    elif edit == "patch":
        spec["title"] = "Another"
    comparison = compare(loaded(BASE | {"version": old}), loaded(spec | {"version": new}))
    assert (comparison.demanded, comparison.honoured) == (edit or "none", honoured)


# --- the command


def test_the_shipped_version_honours_its_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "global-indicator@1.0.0", "global-indicator@1.1.0") == EXIT_PASS
    told = capsys.readouterr().out
    assert told.startswith("HONOURED: global-indicator 1.0.0 to global-indicator 1.1.0: 12 changes")
    assert "breaking nothing (12, minor)" in told.lower()


def test_a_number_that_says_too_little_is_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path, new=NEW.replace("version: 2.0.0", "version: 1.5.0"))
    assert run("diff", f"{folder}@1.4.0", folder) == EXIT_FINDINGS
    told = " ".join(capsys.readouterr().out.split())
    assert "NOT HONOURED" in told
    assert "Call it 2.0.0." in told
    assert "vessels.tint: It is called colour now. [field-renamed]" in told
    assert "vessels.hull: mixed is gone. The migration writes not_determinable." in told


def test_json_follows_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    folder = written(tmp_path)
    assert run("diff", f"{folder}@1.4.0", folder, "--format", "json") == EXIT_PASS
    answer = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(answer)
    assert answer["summary"]["demands"] == "major"
    assert answer["summary"]["changes"] == len(answer["changes"])


def test_a_release_note_and_json_in_one_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, note = written(tmp_path), tmp_path / "note.md"
    forms = ("--format", f"md={note}", "--format", "json")
    assert run("diff", f"{folder}@1.4.0", folder, *forms) == EXIT_PASS
    assert json.loads(capsys.readouterr().out)["diff"] == "accordant.diff/1"
    text = note.read_text("utf-8")
    assert text.startswith("# sightings 2.0.0: what changed since 1.4.0\n")
    assert "- `vessels.berth`: It is gone." in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("global-indicator", "nowhere"), "There is no standard 'nowhere'"),
        (("global-indicator", "global-indicator@7.0.0"), "There are: 1.0.0, 1.1.0."),
        (("global-indicator", "global-indicator", "--format", "html"), "text, json, md"),
        (("global-indicator", "global-indicator", "--format", "md="), "names no file"),
        (
            ("global-indicator", "global-indicator", "--format", "md", "--format", "text"),
            "Name files for all but one",
        ),
    ],
)
def test_what_cannot_be_compared_is_exit_code_2(
    arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", *arguments) == EXIT_UNCHECKED
    assert says in capsys.readouterr().err


def test_text_of_a_stranger_is_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, old=OLD.replace("[teal,", '["te\\eal",'))
    run("diff", f"{folder}@1.4.0", folder)
    assert "\x1b" not in capsys.readouterr().out


def test_the_shipped_versions_load_and_share_their_files() -> None:
    one, two = load("global-indicator@1.0.0"), load("global-indicator@1.1.0")
    assert load("global-indicator").digest == one.digest
    assert {r.id for r in one.rules} < {r.id for r in two.rules}
    assert two.migration is not None
    assert two.migration.start == one.version


def test_a_rule_under_another_name_asks_nothing_else() -> None:
    def edit(spec: Spec) -> None:
        spec["rules"][0]["rule"] = "another-name"

    comparison = after(edit)
    told = [(change.kind, change.effect) for change in comparison.changes]
    assert told == [("rule-renamed", Effect.WORDED)]
    assert comparison.least == "1.0.1"


def test_a_least_length_that_every_text_has_changes_nothing() -> None:
    for least in ("0", "1"):
        assert after(lambda s, n=least: fields(s)["notes"].update(min_length=n)).changes == ()
    shorter = after(lambda s: fields(s)["notes"].update(min_length="2"))
    assert [change.effect for change in shorter.changes] == [Effect.NARROWED]


def test_versions_the_wrong_way_round_are_told(tmp_path: Path, capsys: Any) -> None:
    standard = written(tmp_path)
    assert run("diff", f"{standard}@2.0.0", f"{standard}@1.4.0") == EXIT_FINDINGS
    assert "Name the older version first" in " ".join(capsys.readouterr().out.split())


def test_a_version_number_without_an_end_is_refused(tmp_path: Path, capsys: Any) -> None:
    standard = written(tmp_path, new=NEW.replace("2.0.0", "9" * 5000 + ".0.0"))
    assert run("diff", f"{standard}@1.4.0", standard) == EXIT_UNCHECKED
    assert "A version number has 5,004 characters" in " ".join(capsys.readouterr().err.split())
