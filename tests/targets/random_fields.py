"""Hypothesis strategies: fields of every kind, and texts that nearly are their values."""

from hypothesis import strategies as st

from validator.expressions.values import PLACEHOLDERS
from validator.model.lexical import domain
from validator.model.standard import Code, CodeList, Field, Kind, Precision, Retired

WORDS = CodeList("why", tuple(map(Code, ("not_recorded", "withheld", "tbd", "zz 1"))))
"""Missing reasons that are words."""

REASONS = CodeList("why", (*WORDS.codes, Code("99"), Code("1999")))
"""The same, and some that look like values."""

CODES = ("a", "b", "ab", "A", "F-1", "x.y", "(z)", "é", "other", "10", "9")
PLAIN = (
    "[A-Z]{3}-[0-9]{2,4}",
    "^[a-z]+$",
    "^a|b$",
    "[^;]+",
    "[^;\n]*y",
    ".{1,3}",
    r"\x41+\.",
    r"[0-9\-]+",
    "(?P<n>a)b?",
    "[ -~]*",
)
"""Patterns that RE2 and the engine of Polars read alike."""

PATTERNS = (
    *PLAIN,
    r"\d{2}",
    r"\w+",
    r"\s*x",
    r"[\d\-]+",
    "[]a]+",
    "a{,3}",
    "(?i)ab",
    r"\pL+",
    "[[:alpha:]]+",
    r"\bab\b",
)
"""Patterns that RE2 takes. Other engines read some of them differently."""

DATES = {
    Precision.YEAR: ("1000", "1999", "2000", "2024", "2999"),
    Precision.QUARTER: ("1000-Q1", "1999-Q4", "2020-Q2", "2024-Q3", "2999-Q4"),
    Precision.MONTH: ("1000-01", "1999-12", "2020-02", "2024-09", "2999-12"),
    Precision.DAY: ("1000-01-01", "1999-12-31", "2000-02-29", "2024-02-29", "2024-10-09"),
}
NUMBERS = ("-12.5", "-1", "0", "0.1", "3", "10.25", "999999999999999", "0.3000000000000001"[:17])
INTEGERS = ("-999999999999999999", "-10", "0", "1", "9", "10", "500", "12345", "999999999999999999")


@st.composite
def fields(
    draw: st.DrawFn,
    name: str = "f",
    reasons: CodeList = REASONS,
    patterns: tuple[str, ...] = PATTERNS,
) -> Field:
    kind = draw(st.sampled_from(Kind))
    precision = draw(st.sampled_from(Precision))
    low = high = codes = pattern = shortest = longest = None
    if kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}:
        pool = {Kind.INTEGER: INTEGERS, Kind.NUMBER: NUMBERS}.get(kind, DATES[precision])
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(pool) - 1)] * 2)))
        ordered = sorted(pool, key=str if kind is Kind.DATE else float)
        low = ordered[first] if draw(st.booleans()) else None
        high = ordered[last] if draw(st.booleans()) else None
    if kind is Kind.CODES:
        chosen = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
        retired = draw(st.integers(0, len(chosen) - 1))
        listed = [
            Code(c, retired=Retired("1.0.0") if i < retired else None) for i, c in enumerate(chosen)
        ]
        codes = CodeList(f"t.{name}", tuple(listed), ordered=draw(st.booleans()))
    if kind is Kind.STRING:
        pattern = draw(st.none() | st.sampled_from(patterns))
        shortest = draw(st.none() | st.integers(0, 3))
        longest = draw(st.none() | st.integers(3, 9))
    required = draw(st.booleans())
    missing = draw(st.lists(st.sampled_from(list(reasons.by_code)), unique=True))
    return Field(
        name=name,
        kind=kind,
        codelist=codes,
        required=required,
        optional=not required and draw(st.booleans()),
        missing=() if required else tuple(missing),
        minimum=low,
        maximum=high,
        pattern=pattern,
        min_length=shortest,
        max_length=longest,
        precision=precision,
        many=kind is Kind.CODES and draw(st.booleans()),
        separator=draw(st.sampled_from(";|,+")),
        free_text=kind is Kind.STRING and draw(st.booleans()),
    )


def _valued(field: Field) -> st.SearchStrategy[str]:
    """Texts that are mostly values of the field."""
    if field.many and field.codelist:
        several = st.lists(st.sampled_from(list(field.codelist.by_code)), min_size=1, max_size=4)
        return several.map(field.separator.join)
    match field.kind:
        case Kind.INTEGER:
            limits = [limit for limit in (field.minimum, field.maximum) if limit]
            near = [str(int(limit) + step) for limit in limits for step in (-1, 0, 1)]
            return st.integers(-20, 20).map(str) | st.sampled_from(
                [*INTEGERS, *near, "1" + "0" * 18]
            )
        case Kind.NUMBER:
            some = st.decimals(-50, 50, places=2, allow_nan=False).map(str)
            return some | st.sampled_from(
                [*NUMBERS, "1" + "0" * 15, "999999999999999.999999999999999"]
            )
        case Kind.DATE:
            days = st.dates().map(str)
            quarters = st.builds("{:04}-Q{}".format, st.integers(990, 3010), st.integers(0, 5))
            cut = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}.get(field.precision)
            return (days.map(lambda d: d[:cut]) if cut else quarters) | st.sampled_from(
                DATES[field.precision]
            )
        case Kind.STRING if field.pattern:
            # only for the patterns that Python reads too
            fine = field.pattern not in {r"\pL+", "[[:alpha:]]+", "a{,3}"}
            return st.from_regex(field.pattern, fullmatch=True) if fine else st.just("aa")
        case Kind.STRING:
            return st.text(max_size=9) | st.sampled_from(sorted(PLACEHOLDERS)).map(str.title)
        case _:
            return st.sampled_from(domain(field) or ("a",))


_STRAY = (
    "7",
    "007",
    "+7",
    " 7",
    "1_000",
    "1e3",
    "NaN",
    "inf",
    "-0",
    "1.",
    ".5",
    "3.50",
    "٣",
    "１２",
)
_DAYS = (
    "2020-1-5",
    "2023-02-29",
    "2020-13",
    "2020-00",
    "20-01-01",
    "2020-W01",
    "0999",
    "3000-01-01",
)
_WORDS = (
    "",
    " ",
    "\u200b",
    "\n",
    "true",
    "True",
    "1",
    "0",
    "N/A",
    " tbc ",
    "TBD",
    "é",
    "e\u0301",
    "ab",
)


@st.composite
def texts(draw: st.DrawFn, field: Field) -> str:
    """A cell: a value, nearly one, a missing reason, a blank, or anything at all."""
    stray = st.sampled_from([*_STRAY, *_DAYS, *_WORDS, *REASONS.by_code, *CODES])
    text = draw(st.one_of(_valued(field), _valued(field), stray, st.text(max_size=6)))
    match draw(st.integers(0, 9)):
        case 0:
            return text + draw(st.sampled_from(["\n", " ", "\r", "\x1f", ";", "0"]))
        case 1:
            return draw(st.sampled_from([" ", "+", "0", "\ufeff", "-"])) + text
        case 2:
            return text.swapcase()
        case _:
            return text
