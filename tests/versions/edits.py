"""Hypothesis strategies: a small standard, and the same after a few random edits."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from tests.strategies import (
    DATES,
    INTEGERS,
    LISTS,
    NUMBERS,
    PATTERNS,
    REASONS,
    condition_specs,
    field_specs,
    standard_spec,
    table_spec,
)
from validator.errors import BrokenStandard
from validator.model.standard import Precision, Standard

Spec = dict[str, Any]
SEVERITIES = ("error", "error", "warning", "note")


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """A standard of one table, with a coded field that another explains, and up to two rules."""
    fields: dict[str, Spec] = {
        f"f{number}": draw(field_specs()) for number in range(draw(st.integers(1, 3)))
    }
    fields["hue"] = {"codes": "colour", "missing": ["not_recorded"], "specify": "hue_other"}
    fields["hue_other"] = {"type": "string", "optional": "true", "max_length": "40"}
    fields["level"] = {"codes": "level", "optional": "true", "missing": ["withheld"]}
    rules = [draw(rule_specs(fields, f"r{number}")) for number in range(draw(st.integers(0, 2)))]
    more = {"key": draw(st.sampled_from(sorted(fields)))} if draw(st.booleans()) else {}
    return copy.deepcopy(standard_spec(table_spec("t", fields, **more), rules=rules))


@st.composite
def rule_specs(draw: st.DrawFn, fields: dict[str, Spec], name: str) -> Spec:
    few = {key: spec for key, spec in fields.items() if key in {"hue", "level"}}
    pool = draw(st.sampled_from([fields, few]))
    rule = {
        "rule": name,
        "table": "t",
        "title": "A rule",
        "severity": draw(st.sampled_from(SEVERITIES)),
        "then": draw(condition_specs(pool, 1)),
    }
    return rule | ({"when": draw(condition_specs(pool, 1))} if draw(st.booleans()) else {})


@st.composite
def edited(draw: st.DrawFn, spec: Spec) -> Spec:
    """The same standard after an edit or two."""
    after = copy.deepcopy(spec)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        edit = draw(st.sampled_from([_field, _field, _field, _codes, _codes, _rules, _table]))
        edit(draw, after)
    after["version"] = "2.0.0"
    return after


def _field(draw: st.DrawFn, spec: Spec) -> None:
    fields = spec["tables"][0]["fields"]
    name = draw(st.sampled_from(sorted(fields)))
    field = fields[name]
    match draw(st.integers(0, 7)):
        case 0:
            new = draw(field_specs())
            fields["added"] = new | ({"optional": "true"} if "required" not in new else {})
        case 1:
            del fields[name]
        case 2:
            fields[name] = draw(field_specs())
        case 3:
            for word in ("required", "optional", "missing"):
                field.pop(word, None)
            field |= {
                key: value
                for key, value in draw(field_specs()).items()
                if key in {"required", "optional", "missing"}
            }
        case 4:
            word = draw(st.sampled_from(["unique", "free_text", "quasi_identifier", "sensitive"]))
            field[word] = draw(st.sampled_from(["true", "false"]))
        case 5:
            field.pop("specify", None)
            field["title"] = "Another title"
        case 6:
            _limit(draw, field)
        case 7:
            reasons = [r for r in field.get("missing", ()) if draw(st.booleans())]
            if "required" not in field:
                field["missing"] = [*reasons, draw(st.sampled_from(REASONS))]
                field["missing"] = sorted(set(field["missing"]))


def _limit(draw: st.DrawFn, field: Spec) -> None:
    kind = field.get("type", "codes")
    pools = {
        "integer": INTEGERS,
        "number": NUMBERS,
        "date": DATES[Precision(field.get("precision", "day"))],
    }
    if kind in pools:
        word = draw(st.sampled_from(["minimum", "maximum"]))
        _set(draw, field, word, pools[kind])
    elif kind == "string":
        word = draw(st.sampled_from(["min_length", "max_length", "pattern"]))
        pool = PATTERNS if word == "pattern" else ("0", "1", "3", "12", "40")
        _set(draw, field, word, pool)


def _set(draw: st.DrawFn, field: Spec, word: str, pool: tuple[str, ...]) -> None:
    if draw(st.integers(0, 2)):
        field[word] = draw(st.sampled_from(pool))
    else:
        field.pop(word, None)


def _codes(draw: st.DrawFn, spec: Spec) -> None:
    codelist = draw(st.sampled_from(spec["codelists"]))
    codes = codelist["codes"]
    if isinstance(codes, list):
        codes = {code: {"label": code} for code in codes}
    codes = {code: {"label": x} if isinstance(x, str) else dict(x) for code, x in codes.items()}
    code = draw(st.sampled_from(sorted(codes)))
    match draw(st.integers(0, 5)):
        case 0:
            codes["fresh"] = {"label": draw(st.sampled_from(["Fresh", "Ash", "two words"]))}
        case 1 if len(codes) > 1:
            del codes[code]
        case 2:
            codes[code]["retired"] = {"since": "2.0.0"}
        case 3:
            codes[code].pop("retired", None)
        case 4:
            codes[code] |= {"terms": {"en": [draw(st.sampled_from(["ash", "two words", "abc"]))]}}
        case 5:
            codes = dict(reversed(codes.items()))
    codelist["codes"] = codes


def _rules(draw: st.DrawFn, spec: Spec) -> None:
    rules = spec.setdefault("rules", [])
    fields = {
        name: field
        for name, field in spec["tables"][0]["fields"].items()
        if field.get("codes", "colour") in LISTS
    }
    if rules and draw(st.booleans()):
        rule = draw(st.sampled_from(rules))
        match draw(st.integers(0, 2)):
            case 0:
                rules.remove(rule)
            case 1:
                rule["severity"] = draw(st.sampled_from(SEVERITIES))
            case 2:
                rule |= draw(rule_specs(fields, rule["rule"]))
    else:
        rules.append(draw(rule_specs(fields, f"new{len(rules)}")))


def _table(draw: st.DrawFn, spec: Spec) -> None:
    table = spec["tables"][0]
    match draw(st.integers(0, 3)):
        case 0:
            names = st.lists(st.sampled_from(sorted(table["fields"])), max_size=2, unique=True)
            key = draw(names)
            table.pop("key", None)
            table |= {"key": key} if key else {}
        case 1:
            table["required"] = draw(st.sampled_from(["true", "false"]))
        case 2:
            spec["tables"].append(table_spec(f"t{len(spec['tables'])}", {"a": {"type": "string"}}))
        case 3:
            codes = spec["missing_reasons"]["codes"]
            codes["brand new reason"] = {}


def loadable(spec: Spec) -> Standard | None:
    """The standard, or None where the edits do not go together."""
    from tests.strategies import loaded

    try:
        return loaded(json.loads(json.dumps(spec)))
    except BrokenStandard:
        return None
