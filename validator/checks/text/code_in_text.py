"""A coded field has no value, and the free text of the record states one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from validator.checks.text._stated import Judge, Valid, readers
from validator.expressions.values import is_blank
from validator.model.standard import Severity
from validator.registry import Said, TextCheck, Verdict
from validator.texts.readers import Pair

CONTRADICTED = ("not_recorded", "not_determinable", "not_visible")
"""The missing reasons that a stated value contradicts. The others can be true beside one.

What is not visible may be known from elsewhere; then the field can hold it.
"""


def _judge(pair: Pair, valid: Valid) -> Judge:
    # the same few values are stated again and again
    verdict = lru_cache(maxsize=10_000)(partial(_verdict, pair))

    def judge(record: Mapping[str, str]) -> Iterable[Said]:
        text, cell = record[pair.text.name], record[pair.about.name]
        stated = pair.stated(text)
        # what is invalid is reported by itself; a reason that can be true is left alone
        if stated is None or not (is_blank(cell) or cell in CONTRADICTED):
            return
        value = stated.value
        if value is not None and not valid(value):
            return
        yield Said(verdict(value), pair.about.name)

    return judge


def _verdict(pair: Pair, value: str | None) -> Verdict:
    about, text = pair.about.name, pair.text.name
    if value is None:
        return Verdict(
            f"{text} may state a value for {about}, which has none. Look it up, and type the "
            f"value in {about} if it is certain."
        )
    return Verdict(f"{text} states a value for {about}, which has none. Type {value}.", value)


CHECK = TextCheck(
    code="code-in-text",
    severity=Severity.WARNING,
    title="A value that stands in free text only",
    means=(
        "A field is blank, or holds not_recorded, not_determinable or not_visible, and the free "
        "text of the record states its value in English, French, Spanish or Arabic. The standard "
        "says for which fields a text may speak (speaks_for). What the text denies, asks or says "
        "of somebody else is left alone; where it doubts, or names alternatives, nothing is "
        "suggested."
    ),
    why=(
        "Nobody can count or compare what stands in a remark. A record that says the value there "
        "and nothing in its field is counted as one where the value is not known."
    ),
    mend="Type the code or the number in its field, and take it out of the text.",
    readers=readers(_judge, recorded=False),
)
