"""The free text of a record states another value than the field holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from validator.checks.text._stated import Judge, Valid, readers
from validator.model.standard import Severity
from validator.registry import Said, TextCheck, Verdict
from validator.texts.readers import Pair


def _judge(pair: Pair, valid: Valid) -> Judge:
    about = pair.about
    # the same few values are stated again and again
    verdict = lru_cache(maxsize=10_000)(partial(_verdict, pair))

    def judge(record: Mapping[str, str]) -> Iterable[Said]:
        cell = record[about.name]
        stated = pair.stated(record[pair.text.name])
        if stated is None or not stated.certain or cell in stated.values:
            return
        if not all(map(valid, stated.values)):
            return
        # a girl is one of a group of girls and boys
        if cell == pair.speaks.several and not stated.whole:
            return
        if about.many and set(stated.values) <= set(cell.split(about.separator)):
            return
        yield Said(verdict(stated.value), about.name)

    return judge


def _verdict(pair: Pair, value: str | None) -> Verdict:
    about, text = pair.about.name, pair.text.name
    cure = f"in {about} type {value}" if value is not None else f"correct {about}"
    return Verdict(
        f"{text} states another value for {about} than the field holds. Look up which of the two "
        f"is true: correct the text, or {cure}.",
        value,
    )


CHECK = TextCheck(
    code="text-contradicts-code",
    severity=Severity.WARNING,
    title="A text that says something else than the field",
    means=(
        "A field holds a value, and the free text of the record plainly states another one, in "
        "English, French, Spanish or Arabic. The standard says for which fields a text may speak "
        "(speaks_for). What the text doubts, denies or says of one person of a group is no "
        "contradiction."
    ),
    why="One of the two is wrong, and whoever compares records sees the field alone.",
    mend="Look up which of the two is true; correct the field, or the text.",
    readers=readers(_judge, recorded=True),
)
