"""What another tool says of a field, as far as the language of standards can say it.

What it cannot say is left out, and a comment says so: a draft always loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import re2

from validator.drafts.parts import DraftField, absence, is_code
from validator.expressions.values import fold, whole
from validator.model.lexical import DATES, INTEGER, NUMBER
from validator.model.standard import Precision
from validator.standards.portable import faults


@dataclass
class Said:
    """What a description says of one field, in its own texts.

    ``codes`` maps each code to its label by language (none: the code itself). ``missing`` are texts
    that stand for no value; an empty cell is ``blank``.
    """

    name: str
    type: str = "string"
    precision: str = "day"
    title: Mapping[str, str] | str = ""
    description: Mapping[str, str] | str = ""
    blank: bool = True
    missing: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    min_length: str | None = None
    max_length: str | None = None
    pattern: str | None = None
    unique: bool = False
    codes: Mapping[str, Mapping[str, str] | str] | None = None
    many: bool = False
    separator: str = ";"
    other: str = ""
    specify: str = ""
    direct: bool = False
    references: str = ""
    why: list[str] = field(default_factory=list)


def cleaned(said: Said) -> DraftField:
    """The field as the loader takes it."""
    keys: dict[str, Any] = {}
    why = list(said.why)
    codes = _codes(said, why) if said.codes is not None else None
    if codes:
        keys["codes"] = codes
        if said.many:
            keys |= {"many": "true", "separator": said.separator}
        if said.specify and said.other in codes:
            keys["specify"] = said.specify
    else:
        keys |= _typed(said, why)
    missing = [text for text in said.missing if text not in (codes or ())]
    if said.unique:
        keys["unique"] = "true"
    if said.references:
        keys["references"] = said.references
    if said.direct:
        keys["identifies"] = "direct"
    keys |= absence(blank=said.blank, missing=missing)
    keys["title"] = words(said.title, said.name)
    if said.description:
        keys["description"] = words(said.description, said.name)
    return DraftField(said.name, keys, tuple(why))


def words(text: Mapping[str, str] | str, fallback: str) -> dict[str, str]:
    """A language map that has English, whatever there was."""
    given = {"en": text} if isinstance(text, str) else dict(text)
    found = {
        language: " ".join(said.split())
        for language, said in given.items()
        if said.strip() and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
    }
    return {"en": found.get("en") or next(iter(found.values()), fallback), **found}


def reasons(fields: Iterable[Said]) -> dict[str, str]:
    """The missing reasons of all fields; what cannot be one is taken away from the fields."""
    fields = list(fields)
    chosen: dict[str, str] = {}
    patterns = [whole(pattern) for pattern in (INTEGER, NUMBER, *DATES.values())]
    for item in fields:
        for text in item.missing:
            # a number would be taken for a value
            if is_code(text) and not any(p.search(text) for p in patterns):
                chosen.setdefault(fold(text), text)
    coded = {fold(code) for item in fields for code in item.codes or ()}
    known = {text for folded, text in chosen.items() if folded not in coded}
    for item in fields:
        gone = [text for text in item.missing if text and text not in known]
        if gone:
            said = "Missing values that cannot be missing reasons were left out"
            item.why.append(f"{said}: they look like values, or like each other.")
        item.missing = tuple(dict.fromkeys(text for text in item.missing if text in known))
    return {text: text for text in sorted(known)}


def _codes(said: Said, why: list[str]) -> dict[str, Any]:
    given = dict(said.codes or {})
    alike = len({fold(code) for code in given}) < len(given)
    odd = [code for code in given if not is_code(code)]
    split = [code for code in given if said.many and said.separator in code]
    if not given:
        why.append("Its list has no codes there: text, until it has.")
        return {}
    if alike or odd or split:
        which = "look alike" if alike else "cannot be codes (spaces at an end, or too long)"
        why.append(f"Its list was left out: values {which}.")
        return {}
    return {
        code: {"label": words(label, code)} | ({"other": "true"} if code == said.other else {})
        for code, label in given.items()
    }


def _typed(said: Said, why: list[str]) -> dict[str, Any]:
    kind = said.type
    keys: dict[str, Any] = {"type": kind}
    if kind == "date":
        keys["precision"] = said.precision
    if kind in {"integer", "number", "date"}:
        keys |= _limits(said, why)
    if kind == "string":
        keys |= _text(said, why)
    return keys


def _limits(said: Said, why: list[str]) -> dict[str, str]:
    pattern = {"integer": INTEGER, "number": NUMBER}.get(said.type)
    form = whole(pattern or DATES[Precision(said.precision)])
    found = {}
    for word, limit in (("minimum", said.minimum), ("maximum", said.maximum)):
        if limit is not None:
            plain = re.sub(r"\.0+$", "", limit) if said.type != "date" else limit
            if form.search(plain):
                found[word] = plain
            else:
                why.append(f"Its {word} was left out: it is no {said.type} in one spelling.")
    if len(found) == 2 and _above(said.type, found["minimum"], found["maximum"]):
        why.append("Its limits were left out: the minimum is above the maximum.")
        return {}
    return found


def _above(kind: str, low: str, high: str) -> bool:
    return low > high if kind == "date" else float(low) > float(high)


def _text(said: Said, why: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    low, high = (
        text if (text or "").isdigit() else None for text in (said.min_length, said.max_length)
    )
    if low and high and int(low) > int(high):
        why.append("Its lengths were left out: the least is above the greatest.")
    else:
        found |= {"min_length": low} if low else {}
        found |= {"max_length": high} if high else {}
    if said.pattern is not None:
        if is_portable(said.pattern):
            found["pattern"] = said.pattern
        else:
            why.append("Its pattern was left out: not every engine reads it in the same way.")
    return found


def is_portable(pattern: str) -> bool:
    """Whether every engine has the pattern, and reads it alike."""
    if not pattern or next(iter(faults(pattern)), None):
        return False
    try:
        whole(pattern)
    except re2.error:
        return False
    return True
