"""The text that explains ``other`` is a code of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import narwhals as nw

from validator.expressions import fields as cells
from validator.expressions.values import SAYS_NOTHING
from validator.model.standard import CodeList, Field, Severity, Standard, Table
from validator.registry import Said, TextCheck, TextReader, Verdict
from validator.texts.nearest import codable


def _readers(_standard: Standard, table: Table, there: frozenset[str]) -> Iterable[TextReader]:
    for field in table.fields:
        if field.others and field.specify in there and field.name in there and field.codelist:
            words = nw.col(field.specify)
            yield TextReader(
                field=field.specify,
                prefilter=~cells.whole_match(words.str.to_lowercase(), SAYS_NOTHING),
                about=_codable(field.codelist),
                rows=cells.among(nw.col(field.name), field.others),
                reads=(field.name,),
                speaks=(field.name,),
                judge=_judge(field, field.codelist, field.specify),
            )


def _codable(codes: CodeList) -> Callable[[str], bool]:
    return lambda text: codable(codes, text) is not None


def _judge(
    field: Field, codes: CodeList, specify: str
) -> Callable[[Mapping[str, str]], Iterable[Said]]:
    @lru_cache(maxsize=1000)
    def verdict(code: str) -> Verdict:
        return Verdict(
            f"{specify} says what a code of {field.name} says. Clear {specify}, and in "
            f"{field.name} type {code}.",
            code,
        )

    def judge(record: Mapping[str, str]) -> Iterable[Said]:
        code = codable(codes, record[specify])
        if code is not None:
            yield Said(verdict(code), field.name)

    return judge


CHECK = TextCheck(
    code="other-is-codable",
    severity=Severity.ERROR,
    title="An 'other' that has a code",
    means=(
        "A field holds the code for 'other', and the text that explains it equals a code, a label "
        "or a synonym of the list in any of its languages, or nearly so."
    ),
    why="The record is counted under 'other' although the list has a place for it.",
    mend="Type the suggested code in the coded field, and clear the text.",
    readers=_readers,
)
