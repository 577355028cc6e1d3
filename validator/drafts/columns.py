"""What a column of text holds: its habits of absence, its type, its codes.

Simple rules, in this order; each says in counts why it was chosen.

1. A text that says nothing (``n/a``, ``unknown``, ``-``; see ``expressions.values``), or why there
   is nothing (``REASONS``), is a missing reason. Blank cells make a field optional.
2. What looks like a direct identifier is never listed; where half of the distinct texts do, the
   field ``identifies: direct``. What looks like one under its heading (a word under "name", digits
   under "passport") is not listed either, and is no pseudonym.
3. ``true`` and ``false``, whole numbers, numbers, and ISO dates in the standard's one spelling.
4. At most 50 distinct texts of at most 60 characters, each there at least twice: codes.
5. Text: free where it is long or wordy, else with the pattern of letters and digits that all
   share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from validator.drafts.parts import DraftField, Left, absence, is_code
from validator.expressions.values import (
    SAYS_NOTHING,
    fold,
    is_blank,
    matches,
    whole,
)
from validator.identifiers.kind import Context
from validator.identifiers.recognise import recognise
from validator.model.lexical import BOOLEANS, DATES, INTEGER, NUMBER
from validator.model.standard import Precision

MOST_CODES, LONGEST_CODE, LEAST_REPEATS = 50, 60, 2
LOOKED_AT = 2000
"""Distinct texts that are searched for identifiers."""
WORDY, LONG = 4, 80
"""From so many words on average, or so many characters, a text is free text."""
REASONS = frozenset(
    line
    for text in (
        "not recorded|not determinable|not determined|not visible|not applicable|not stated",
        "not asked|not answered|not reported|withheld|refused|declined|don't know|no answer",
        "non enregistre|non consigne|non applicable|non communique|ne sait pas|refus",
        "no registrado|no determinable|no aplica|no sabe|no contesta|reservado",
    )
    for line in text.split("|")
)
"""Further texts that say why there is no value, without case, accents, hyphens and underscores."""
LENGTHS = (20, 50, 100, 200, 500, 1000, 5000, 20_000)
_DATE_LIKE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}")


@dataclass(frozen=True)
class Column:
    """One column: its heading, its field's name, and how often each text stands in it."""

    heading: str
    name: str
    texts: Counter[str]

    @property
    def records(self) -> int:
        """How many cells there are."""
        return self.texts.total()

    @property
    def blanks(self) -> int:
        """How many cells hold nothing at all."""
        return self.texts[""]

    @cached_property
    def habits(self) -> Counter[str]:
        """The texts that say nothing, blank ones apart."""
        return Counter({t: n for t, n in self.texts.items() if visible(t) and says_nothing(t)})

    @cached_property
    def values(self) -> Counter[str]:
        """The texts that say something."""
        return Counter(
            {t: n for t, n in self.texts.items() if t not in self.habits and not is_blank(t)}
        )

    @cached_property
    def identifying(self) -> Counter[str]:
        """Kinds of direct identifiers among the first distinct texts, by the number of texts."""
        found: Counter[str] = Counter()
        # in an order of their own, so that the same data give the same draft
        for text in sorted(self.values)[:LOOKED_AT]:
            found.update({item.kind.title for item in recognise(text, Context())})
        return found

    @cached_property
    def titled(self) -> tuple[str, ...]:
        """Kinds of direct identifiers that texts look like only because of the heading."""
        words = re.sub(r"[\W_]+", " ", self.heading).strip()
        if not words:
            return ()
        looked = sorted(self.values)[:LOOKED_AT]
        # names are often written without their capitals
        texts = (form for text in looked for form in dict.fromkeys((text, text.title())))
        found = (item.kind for text in texts for item in recognise(f"{words}: {text}", Context()))
        # a reference is what the data call a record: nobody else knows it by that
        return tuple(dict.fromkeys(kind.title for kind in found if kind.name != "case-number"))

    @cached_property
    def is_key(self) -> bool:
        """Whether every cell holds a value of its own."""
        return self.records > 1 and len(self.values) == self.records


def visible(text: str) -> bool:
    """Whether there is something in the text that a reader can see."""
    return not is_blank(text)


def says_nothing(text: str) -> bool:
    """Whether a text stands where there is no value."""
    return matches(SAYS_NOTHING, text.lower()) or fold(text) in REASONS


def reasons_of(columns: Iterable[Column]) -> dict[str, str]:
    """The missing reasons of all columns: the commonest spelling of each habit."""
    often: Counter[str] = Counter()
    for column in columns:
        often.update(column.habits)
    chosen: dict[str, str] = {}
    for text, _ in sorted(often.items(), key=lambda item: (-item[1], item[0])):
        if is_code(text):
            chosen.setdefault(fold(text), text)
    return {text: text for text in sorted(chosen.values())}


def drafted(
    column: Column, reasons: Mapping[str, str], table: str
) -> tuple[DraftField, list[Left]]:
    """The field of a column, and the cells that it cannot take."""
    keys, why, left = _typed(column, reasons)
    title = {"title": {"en": column.heading.strip() or column.name}}
    spellings = sum(n for text, n in column.habits.items() if text not in reasons)
    unseen = sum(n for text, n in column.texts.items() if text and is_blank(text))
    missing = [reason for reason in reasons if reason in column.texts]
    if spellings and not keys.get("free_text"):
        left.append(("placeholder-text", spellings, "missing values in a second spelling"))
    if unseen and not keys.get("free_text"):
        code = "placeholder-text" if column.blanks else "unexplained-blank"
        left.append((code, unseen, "cells that hold spaces alone"))
    counts = [f"{column.records:,} records, {len(column.values):,} distinct values"]
    if column.blanks:
        counts.append(f"{column.blanks:,} blank")
    if column.habits.total():
        counts.append(f"{column.habits.total():,} missing with a word")
    said = f"{', '.join(counts)}. {why}"
    how = absence(blank=column.blanks > 0 or column.records == 0, missing=missing)
    field = DraftField(column.name, {**keys, **how, **title}, (said,))
    return field, [Left(table, column.name, *item) for item in left]


Typed = tuple[dict[str, Any], str, list[tuple[str, int, str]]]


def _typed(column: Column, reasons: Mapping[str, str]) -> Typed:
    values = column.values
    if not values:
        return {"type": "string"}, "Nothing is recorded: say what belongs here.", []
    kinds = column.identifying
    looked = min(len(values), LOOKED_AT)
    simple = _simple(column)
    if simple and not (kinds and simple[0]["type"] == "string"):
        return *simple, []
    if kinds:
        names = ", ".join(kinds)
        often = max(kinds.values())
        why = f"{often:,} of {looked:,} distinct texts look like {names}: none is listed here."
        direct = {"identifies": "direct"} if often * 2 >= looked else {}
        return {"type": "string", **direct, **_text(values)}, why, []
    if column.titled:
        keys, _ = _string(column)
        keys.pop("identifies", None)
        names = ", ".join(column.titled)
        why = f"Under this heading they may be {names}: none is listed here. If they are, write"
        return keys, f"{why} 'identifies: direct'.", []
    coded = _codes(column, reasons)
    if coded:
        return coded
    return *_string(column), []


def _simple(column: Column) -> tuple[dict[str, Any], str] | None:
    """The types that every engine reads in one way; None where the texts are of none of them."""
    values = column.values

    def all_match(pattern: str) -> bool:
        found = whole(pattern)
        return all(found.search(text) is not None for text in values)

    if set(values) <= set(BOOLEANS):
        return {"type": "boolean"}, "Every value is true or false."
    for precision in (Precision.DAY, Precision.MONTH, Precision.QUARTER):
        if all_match(DATES[precision]):
            keys = {"type": "date", "precision": str(precision)}
            return keys, f"Every value is a date to the {precision}."
    year = re.search(r"year|ann[eé]e|año|anno|jahr|سنة", column.heading.lower())
    if year and all_match(DATES[Precision.YEAR]):
        return {"type": "date", "precision": "year"}, "Every value is a year, as the heading says."
    if all_match(INTEGER):
        low = {"minimum": "0"} if all(not text.startswith("-") for text in values) else {}
        few = " They are few: codes, perhaps." if len(values) <= 10 else ""
        return {"type": "integer", **low}, f"Every value is a whole number.{few}"
    if all_match(NUMBER):
        return {"type": "number"}, "Every value is a number."
    return None


def _codes(column: Column, reasons: Mapping[str, str]) -> Typed | None:
    """A code list where few values repeat; None where somebody could be singled out by one."""
    values = column.values
    few = len(values) <= MOST_CODES and min(values.values()) >= LEAST_REPEATS
    if not few or not all(is_code(text) and len(text) <= LONGEST_CODE for text in values):
        return None
    known = {fold(reason) for reason in reasons}
    chosen: dict[str, str] = {}
    for text, _ in sorted(values.items(), key=lambda item: (-item[1], item[0])):
        chosen.setdefault(fold(text), text)
    if known & chosen.keys():
        # it would look like a missing reason
        return None
    codes = sorted(chosen.values())
    other = sum(n for text, n in values.items() if chosen[fold(text)] != text)
    left = [("noncanonical-code", other, "codes in a second spelling")] if other else []
    why = f"{len(codes)} values repeat, each at least {LEAST_REPEATS} times: codes."
    return {"codes": {code: {"label": {"en": code}} for code in codes}}, why, left


def _string(column: Column) -> tuple[dict[str, Any], str]:
    values = column.values
    words = sum(len(text.split()) for text in values) / len(values)
    longest = max(map(len, values))
    if words >= WORDY or longest > LONG or any("\n" in text for text in values):
        keys = {"type": "string", "free_text": "true", **_text(values)}
        return keys, f"Long or wordy ({words:.1f} words on average): free text."
    shape = _shape(values) if len(values) >= 3 else None
    if shape:
        pseudonym = {"identifies": "pseudonym"} if column.is_key else {}
        return (
            {"type": "string", "pattern": shape, **pseudonym},
            "Every value has one shape of capitals and digits.",
        )
    dates = sum(_DATE_LIKE.fullmatch(text) is not None for text in values)
    hint = " Most look like dates in another spelling." if dates * 2 > len(values) else ""
    return {"type": "string", **_text(values)}, f"Too many values, or too rare ones, to list.{hint}"


def _text(values: Mapping[str, int]) -> dict[str, str]:
    longest = max(map(len, values))
    limit = next((str(length) for length in LENGTHS if length >= longest), None)
    return {"max_length": limit} if limit else {}


def _shape(texts: Iterable[str]) -> str | None:
    """The pattern that references share: runs of capitals and digits, with the same marks between.

    None where they are no references: half of them have a digit, and all have as many runs.
    """
    runs: list[list[str]] = []
    marks: set[tuple[str, ...]] = set()
    digits = 0
    for text in texts:
        if not _REFERENCE.fullmatch(text):
            return None
        digits += any(char.isdigit() for char in text)
        marks.add(tuple(re.findall("[-_/]", text)))
        runs.append(re.split("[-_/]", text))
    if len(marks) != 1 or digits * 2 < len(runs):
        return None
    between = (*marks.pop(), "")
    return "".join(
        _run(list(run)) + mark for run, mark in zip(zip(*runs, strict=True), between, strict=True)
    )


_REFERENCE = re.compile(r"[A-Z0-9]{1,20}(?:[-_/][A-Z0-9]{1,20}){0,5}")


def _run(texts: Sequence[str]) -> str:
    digits = "0-9" if any(char.isdigit() for text in texts for char in text) else ""
    letters = "A-Z" if any(char.isalpha() for text in texts for char in text) else ""
    low, high = min(map(len, texts)), max(map(len, texts))
    return (
        f"[{digits}{letters}]{{{low}}}" if low == high else f"[{digits}{letters}]{{{low},{high}}}"
    )
