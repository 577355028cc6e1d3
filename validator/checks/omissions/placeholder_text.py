"""A cell is filled with a text that says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import narwhals as nw

from validator.expressions.fields import whole_match
from validator.expressions.values import SAYS_NOTHING, is_blank, is_placeholder, matches
from validator.model.standard import Severity, Standard, Table
from validator.registry import Cell, CellCheck, Said, TextCheck, TextReader, Verdict

NOTE = Verdict("The text is filled but says nothing. Leave it blank instead.")


@dataclass(frozen=True, kw_only=True)
class PlaceholderCheck(CellCheck, TextCheck):
    """Looks at the cells of most fields, and more mildly at free text."""


def _judge(cell: Cell) -> Verdict | None:
    if not is_placeholder(cell.field, cell.text):
        return None
    if is_blank(cell.text):
        return Verdict(
            "The cell looks blank, but holds spaces or other characters that cannot be seen. "
            "Clear it."
        )
    if cell.field.missing:
        reasons = ", ".join(cell.field.missing)
        return Verdict(
            "The cell is filled but says nothing. Type the value, or say why there is none: "
            f"{reasons}."
        )
    if cell.field.optional:
        return Verdict("The cell is filled but says nothing. Leave it blank instead.")
    return Verdict("The cell is filled but says nothing. Type the value.")


def _readers(_standard: Standard, table: Table, there: frozenset[str]) -> Iterable[TextReader]:
    for field in table.fields:
        if field.free_text and field.optional and field.name in there:
            yield TextReader(
                field=field.name,
                prefilter=whole_match(nw.col(field.name).str.to_lowercase(), SAYS_NOTHING),
                reads=(),
                speaks=(field.name,),
                judge=_reader(field.name),
                severity=Severity.NOTE,
                # the one with a digit (#div/0!) is told from others of its shape by the judge
                digits=False,
            )


def _reader(name: str) -> Callable[[Mapping[str, str]], Iterable[Said]]:
    def judge(record: Mapping[str, str]) -> Iterable[Said]:
        text = record[name]
        if not is_blank(text) and matches(SAYS_NOTHING, text.lower()):
            yield Said(NOTE, name)

    return judge


CHECK = PlaceholderCheck(
    code="placeholder-text",
    severity=Severity.ERROR,
    title="A cell is filled with words that say nothing",
    means=(
        "The cell holds a stand-in such as n/a, tbc, ??? or unknown, in English, French, Spanish "
        "or Arabic, instead of a value or a missing reason. So does a cell of an optional field "
        "that holds spaces alone. A remark that says no more than that is a note, not an error: it "
        "may be there on purpose, and no value hides behind it."
    ),
    why=(
        "A stand-in looks like an answer and is none: unknown and not recorded end in one bucket, "
        "and the rate of recorded values looks better than it is."
    ),
    mend="Type the missing reason that is true, or the value.",
    order=50,
    applies=lambda field: not field.free_text,
    judge=_judge,
    readers=_readers,
)
