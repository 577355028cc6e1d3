"""Hypothesis strategies: random standards, and texts that are, or nearly are, their values.

Standards are drawn as the YAML that an author would write and go through the loader, so every
one of them is real. Rows of records are mixed from drawn texts by a seeded generator, because a
drawn text for each of 10,000 records would be slow and no more various.
"""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.exploring import EXPLORE
from validator.expressions.values import PLACEHOLDERS
from validator.model.lexical import domain
from validator.model.standard import Field, Kind, Precision, Standard, Table
from validator.standards.load import load

Spec = dict[str, Any]


def thorough(examples: int) -> settings:
    """Settings for that many examples."""
    return settings(
        max_examples=examples * max(EXPLORE, 1),
        # a failure names its own text, field or condition; to shrink a standard takes minutes
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


REASONS = ("not_recorded", "withheld", "not_applicable", "not visible", "unknown")
LISTS: dict[str, Spec] = {
    "colour": {
        "codes": {
            "red": {"label": {"en": "Red", "fr": "Rouge"}, "terms": {"en": ["scarlet"]}},
            "green": "Green",
            "blue": {"label": "Blue"},
            "grey": {"label": "Grey", "retired": {"since": "1.0.0", "use": "blue"}},
            "other": {"label": "Other", "other": "true"},
        }
    },
    "level": {"ordered": "true", "codes": ["low", "medium", "high", "top"]},
    "grade": {"ordered": "true", "codes": ["1", "2", "3", "10"]},
    "countdown": {"ordered": "true", "codes": ["10", "3", "2", "1"]},
    "country": {"codes": ["NO", "FR", "É1"]},
    "gone": {"codes": {"old": {"retired": {"since": "1.0.0"}}}},
}
PATTERNS = (
    "^[A-Z]{3}-[0-9A-Z]{6,12}$",
    "[a-z]+",
    "a|b+",
    "[^;]*",
    ".{1,3}",
    "(?:x[0-9]{2})?",
    "[0-9]{1,4}",
    r"\.\(é\)",
)
INTEGERS = ("-999999999999999999", "-10", "0", "1", "9", "10", "500", "20000", "999999999999999999")
NUMBERS = ("-12.5", "-1", "0", "0.1", "3", "3.0", "10.25", "999999999999999.999999999999999")
DATES = {
    Precision.YEAR: ("1000", "1999", "2000", "2024", "2026", "2999"),
    Precision.QUARTER: ("1000-Q1", "1999-Q4", "2020-Q2", "2026-Q1", "2999-Q4"),
    Precision.MONTH: ("1000-01", "1999-12", "2020-02", "2026-01", "2999-12"),
    Precision.DAY: ("1000-01-01", "1999-12-31", "2000-02-29", "2026-01-31", "2999-12-31"),
}
WORDS = ("Ash", "two words", "red", "FRA-00A1B2", "FRA-00A1B3", "x12", "abc", "b", ".(é)", "12")


def loaded(spec: Spec) -> Standard:
    """The standard that a mapping describes, by way of a file and the loader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard.yaml"
        path.write_text(json.dumps(spec, ensure_ascii=False), "utf-8")
        return load(path)


@st.composite
def field_specs(draw: st.DrawFn) -> Spec:
    """One field of any kind, as its author writes it."""
    kind = draw(st.sampled_from([*Kind, Kind.CODES]))
    spec: Spec = {"type": str(kind)}
    match kind:
        case Kind.CODES:
            spec = {"codes": draw(st.sampled_from(sorted(LISTS)))}
            if draw(st.integers(0, 3)) == 0:
                spec |= {"many": "true", "separator": draw(st.sampled_from(";|,+ "))}
        case Kind.INTEGER | Kind.NUMBER:
            pool = INTEGERS if kind is Kind.INTEGER else NUMBERS
            spec |= _limits(draw, sorted(pool, key=float))
        case Kind.DATE:
            precision = draw(st.sampled_from(Precision))
            spec |= {"precision": str(precision)} | _limits(draw, list(DATES[precision]))
        case Kind.STRING:
            if draw(st.booleans()):
                spec["pattern"] = draw(st.sampled_from(PATTERNS))
            if draw(st.integers(0, 2)) == 0:
                spec["free_text"] = "true"
            if draw(st.integers(0, 2)) == 0:
                spec["min_length"] = str(draw(st.integers(0, 3)))
            if draw(st.integers(0, 2)) == 0:
                spec["max_length"] = str(draw(st.integers(3, 12)))
    presence = draw(st.sampled_from(["required", "optional", "missing", "missing", "neither"]))
    if presence in {"required", "optional"}:
        spec[presence] = "true"
    if presence == "missing" or (presence == "optional" and draw(st.booleans())):
        some = st.lists(st.sampled_from(REASONS), min_size=1, max_size=3, unique=True)
        spec["missing"] = draw(some)
    return spec


def _limits(draw: st.DrawFn, pool: list[str]) -> Spec:
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(pool) - 1)] * 2)))
    low = {"minimum": pool[first]} if draw(st.booleans()) else {}
    return low | ({"maximum": pool[last]} if draw(st.booleans()) else {})


def table_spec(name: str, fields: dict[str, Spec], **more: Any) -> Spec:
    """A table as its author writes it."""
    return {"table": name, "fields": fields, **more}


def standard_spec(*tables: Spec, rules: list[Spec] | None = None) -> Spec:
    """A standard of those tables, with every shared code list and missing reason."""
    about = {"not_applicable": {"inapplicable": "true"}, "withheld": {"withholds": "true"}}
    reasons = {name: about.get(name, {}) for name in REASONS}
    return {
        "standard": "random",
        "version": "1.0.0",
        "missing_reasons": {"codelist": "missing-reason", "codes": reasons},
        "codelists": [{"codelist": name, **spec} for name, spec in LISTS.items()],
        "tables": list(tables),
        **({"rules": rules} if rules else {}),
    }


@st.composite
def values(draw: st.DrawFn, field: Field) -> str:
    """A text that mostly is a value of the field."""
    if field.many and field.codelist:
        codes = st.sampled_from(list(field.codelist.by_code))
        return field.separator.join(draw(st.lists(codes, min_size=1, max_size=3)))
    if (listed := domain(field)) and draw(st.integers(0, 3)):
        return draw(st.sampled_from(listed))
    match field.kind:
        case Kind.INTEGER:
            bounds = [int(limit) for limit in (field.minimum, field.maximum) if limit]
            near = [str(bound + step) for bound in bounds for step in (-1, 0, 1)]
            return draw(st.integers(-20, 20).map(str) | st.sampled_from([*INTEGERS, *near]))
        case Kind.NUMBER:
            return draw(st.decimals(-20, 20, places=2).map(str) | st.sampled_from(NUMBERS))
        case Kind.DATE:
            days = st.dates().map(str)
            quarters = st.builds("{:04}-Q{}".format, st.integers(990, 3010), st.integers(0, 5))
            cut = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}.get(field.precision)
            random_dates = days.map(lambda day: day[:cut]) if cut else quarters
            return draw(st.sampled_from(DATES[field.precision]) | random_dates)
        case Kind.STRING if field.pattern and draw(st.booleans()):
            return draw(st.from_regex(field.pattern, fullmatch=True))
        case Kind.STRING:
            return draw(st.sampled_from(WORDS))
        case _:
            return draw(st.sampled_from(sorted(field.codelist.by_code if field.codelist else "?")))


# what engines, spreadsheets and people are known to get wrong
STRAY = (
    *("", " ", "\t", "\n", "\u200b", "\ufeff", "\u00a0", "\x00", "\x1f", "\x7f"),
    *("7", "007", "+7", " 7", "7 ", "1_000", "1,000", "1e3", "NaN", "inf", "-0", "-0.0", "1."),
    *(".5", "3.50", "\u0663", "\uff11\uff12", "9" * 18, "9" * 19, "9" * 60, "0." + "3" * 15),
    *("2020-1-5", "2023-02-29", "2020-13", "2020-00", "20-01-01", "2020-Q5", "0999", "3000-01-01"),
    *(
        "infinity",
        "2020-01-01T00:00:00",
        "true",
        "True",
        "1",
        "0",
        "yes",
        "RED",
        "Rouge",
        "Scarlet",
    ),
    *("re d", "red;", ";red", "red;;blue", "e\u0301", "É1", "\u202ered", "😀", "a" * 600),
    *("#N/A", "N/A", " tbc ", "???", "İ", "ΑΣ", "$", "\\", '"', "'", "=1+1", "<b>", "{}", "%s"),
)


@st.composite
def texts(draw: st.DrawFn, field: Field) -> str:
    """A cell: a value, nearly one, a missing reason, a placeholder, a blank, or anything at all."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    filler = st.sampled_from(sorted(PLACEHOLDERS)).map(str.title)
    stray = st.sampled_from(STRAY) | st.sampled_from(REASONS) | filler | anything
    text = draw(st.one_of(values(field), values(field), values(field), stray))
    match draw(st.integers(0, 9)):
        case 0:
            return text + draw(st.sampled_from(["\n", " ", "\r", "\x1f", ";", "0", "\u200b"]))
        case 1:
            return draw(st.sampled_from([" ", "+", "0", "\ufeff", "-", "\n"])) + text
        case 2:
            return text.swapcase()
        case _:
            return text


@st.composite
def columns(draw: st.DrawFn, table: Table, rows: int) -> dict[str, list[str]]:
    """Records of a table as columns of text, mixed from a drawn pool for each field."""
    pools = {
        field.name: (
            draw(st.lists(values(field), min_size=1, max_size=5)),
            draw(st.lists(texts(field), min_size=2, max_size=6)),
        )
        for field in table.fields
    }
    # a seed of our own, so that an example is small however many rows it has
    mix = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    return {
        name: [mix.choice(good if mix.random() < 0.7 else any_) for _ in range(rows)]
        for name, (good, any_) in pools.items()
    }


@st.composite
def condition_specs(draw: st.DrawFn, fields: dict[str, Spec], depth: int = 2) -> Spec:
    """A condition over fields (by the names that a rule calls them), as its author writes it."""
    shape = draw(st.integers(0, 5)) if depth else 0
    inner = condition_specs(fields, depth - 1)
    match shape:
        case 4:
            word = draw(st.sampled_from(["all", "any"]))
            return {word: draw(st.lists(inner, min_size=1, max_size=3))}
        case 5:
            return {"not": draw(inner)}
        case _:
            names = st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=2, unique=True)
            return {name: draw(_tests(name, fields)) for name in draw(names)}


@st.composite
def _tests(draw: st.DrawFn, name: str, fields: dict[str, Spec]) -> Any:
    spec = fields[name]
    literal = st.sampled_from(_literals(spec))
    alike = [other for other in fields if other != name and _comparable(spec, fields[other])]
    operand = st.one_of(literal, literal, *(st.just({"field": other}) for other in alike))
    if spec["type" if "type" in spec else "codes"] == "date":
        operand |= st.just({"today": "true"})
    ordered = spec.get("type") in {"integer", "number", "date"} or (
        LISTS.get(spec.get("codes", ""), {}).get("ordered") and "many" not in spec
    )
    words = ["eq", "ne", "in", "scalar", "list", "not", "recorded", "missing", "matches", "starts"]
    word = draw(st.sampled_from(words + ["lt", "le", "gt", "ge"] * (2 if ordered else 0)))
    match word:
        case "scalar":
            return draw(literal)
        case "list":
            return draw(st.lists(operand, min_size=1, max_size=3))
        case "in":
            return {"in": draw(st.lists(operand, min_size=1, max_size=3))}
        case "not":
            return {"not": draw(_tests(name, fields))}
        case "recorded":
            return {"recorded": draw(st.sampled_from(["true", "false"]))}
        case "missing":
            some = st.lists(st.sampled_from(REASONS), min_size=1, max_size=2, unique=True)
            return {"missing": draw(st.sampled_from(["true", "false"]) | some)}
        case "matches":
            return {"matches": draw(st.sampled_from([*PATTERNS, "[0-9-]+", "(?:re|b).*"]))}
        case "starts":
            coded = [n for n in fields if fields[n].get("codes") == "country" and n != name]
            prefixes = [*coded, *("a", "r", "FRA", "20", "-", "1")]
            prefix = draw(st.sampled_from(prefixes))
            return {"starts_with": {"field": prefix} if prefix in coded else prefix}
        case _:
            return {word: draw(operand)}


def _literals(spec: Spec) -> list[str]:
    match spec.get("type"):
        case "integer":
            return [*INTEGERS, "2", "-99"]
        case "number":
            return [*NUMBERS, "2.50"]
        case "date":
            return list(DATES[Precision(spec["precision"])])
        case "boolean":
            return ["true", "false"]
        case "string":
            return [*WORDS, "not_recorded"]
        case _:
            return list(LISTS[spec["codes"]]["codes"])


def _comparable(one: Spec, other: Spec) -> bool:
    """Whether the loader lets the two be compared (in any way)."""
    if "many" in one or "many" in other:
        return False
    if "codes" in one or "codes" in other:
        return one.get("codes") == other.get("codes")
    numeric = {"integer", "number"}
    alike = one["type"] == other["type"] or {one["type"], other["type"]} <= numeric
    return alike and one.get("precision") == other.get("precision")
