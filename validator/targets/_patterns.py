r"""Patterns that mean the same in RE2, ECMAScript and Python.

A standard's patterns are RE2 and describe whole values. Other engines read some of their signs
differently (``\d`` and ``.`` take more characters in Python, ``\A`` and ``\pL`` are unknown to
ECMAScript), so every sign is spelt out or the pattern is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import is_normalized

from validator.expressions.values import PLACEHOLDERS, UNSEEN, VISIBLE
from validator.model.lexical import DATES, bare
from validator.model.standard import Precision

_SYNTAX = frozenset(r"^$\.*+?()[]{}|/")
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r "}
_CONTROLS = frozenset("ntrfv")
_COUNT = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_GROUP = re.compile(r"\(\?(?::|P?<[A-Za-z_][0-9A-Za-z_]*>)")
_HEX = re.compile(r"x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,4})\})")


@dataclass(frozen=True, slots=True)
class Portable:
    """A pattern of whole values, without anchors.

    ``one_line``: no value that matches can hold a line feed. ``visible``: none can hold a
    character that a reader cannot see. Both err on the side of false.
    """

    text: str
    one_line: bool
    visible: bool

    @property
    def anchored(self) -> str:
        """The pattern between anchors."""
        return f"^(?:{self.text})$" if "|" in self.text else f"^{self.text}$"


class _Unportable(Exception):
    """A sign that cannot be put into words that every engine reads alike."""


@cache
def portable(pattern: str) -> Portable | None:
    """The pattern in portable signs; None where it has others."""
    try:
        signs = list(_signs(bare(pattern)))
    except _Unportable:
        return None
    matched = [sign for sign, consumes in signs if consumes]
    return Portable(
        text="".join(sign for sign, _ in signs),
        one_line=not any(re.fullmatch(sign, "\n") for sign in matched),
        visible=not any(re.fullmatch(sign, c) for sign in matched for c in unseen()),
    )


def _signs(pattern: str) -> Iterator[tuple[str, bool]]:
    """Each sign, and whether it stands for a character."""
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            sign, at = _escape(pattern, at + 1, within=False)
            yield sign, True
            continue
        if char == "[":
            sign, at = _class(pattern, at + 1)
            yield sign, True
            continue
        group, count = _GROUP.match(pattern, at), _COUNT.match(pattern, at)
        if char == "(" and pattern.startswith("(?", at):
            if group is None:
                raise _Unportable
            yield "(?:", False
            at = group.end()
            continue
        if count:
            yield count[0], False
            at = count.end()
            continue
        if char in "^$":
            raise _Unportable
        if char == ".":
            yield r"[^\n]", True
        elif char in "()|*+?":
            yield char, False
        else:
            yield literal(char), True
        at += 1


def _escape(pattern: str, at: int, *, within: bool) -> tuple[str, int]:
    char = pattern[at : at + 1]
    code = _HEX.match(pattern, at)
    if code:
        return _spelt(chr(int(code[1] or code[2], 16)), within=within), code.end()
    if char.lower() in _CLASSES and char:
        spelt = _CLASSES[char.lower()]
        if within and char.isupper():
            raise _Unportable
        return (spelt if within else f"[{'^' if char.isupper() else ''}{spelt}]"), at + 1
    if char in _CONTROLS:
        return f"\\{char}", at + 1
    if not char or char.isalnum() or not char.isascii():
        raise _Unportable
    return _spelt(char, within=within), at + 1


def _class(pattern: str, at: int) -> tuple[str, int]:
    parts = ["["]
    if pattern.startswith("^", at):
        parts.append("^")
        at += 1
    first = True
    while first or not pattern.startswith("]", at):
        char = pattern[at : at + 1]
        if not char or pattern.startswith("[:", at):
            raise _Unportable
        if char == "\\":
            sign, at = _escape(pattern, at + 1, within=True)
        else:
            sign, at = ("-" if char == "-" else _spelt(char, within=True)), at + 1
        parts.append(sign)
        first = False
    whole = "".join([*parts, "]"])
    if re.search(r"--|&&|~~|\|\|", whole):
        raise _Unportable  # set operations to some engines
    return whole, at + 1


def _spelt(char: str, *, within: bool) -> str:
    """One character that stands for itself, inside or outside a class."""
    if within and char in "-^[]\\":
        return f"\\{char}"
    return char if within and char in _SYNTAX else literal(char)


def literal(text: str) -> str:
    """Text that stands for itself; what cannot be seen is written as its number."""
    return "".join(f"\\{c}" if c in _SYNTAX else c if c.isprintable() else _number(c) for c in text)


def _number(char: str) -> str:
    # beyond four digits engines differ in how they write it
    return char if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"


@cache
def unseen() -> frozenset[str]:
    """The characters that a reader cannot see."""
    visible = re.compile(VISIBLE)
    return frozenset(c for c in map(chr, range(0x10000)) if not visible.fullmatch(c))


def _spelt_out(pattern: str) -> str:
    """A class with every end of a range as a number, so that a reader can see it."""
    return "".join(c if c in "[]^-*" else _number(c) for c in pattern)


@cache
def visible() -> str:
    """The pattern of one character that a reader can see."""
    return _spelt_out(VISIBLE)


@cache
def placeholder() -> str:
    """The pattern of a text that fills a cell and says nothing, in any case, between anchors."""
    letters = set("".join(PLACEHOLDERS))
    cased: dict[str, str] = {}
    # every letter that has a small form stands below this
    for char in map(chr, range(0x3000)):
        if char.lower() in letters:
            # a letter that only looks like another (the kelvin sign) is written as its number
            shown = char if is_normalized("NFC", char) else _number(char)
            cased[char.lower()] = cased.get(char.lower(), "") + shown
    words = "|".join(
        "".join(f"[{cased[c]}]" if len(cased[c]) > 1 else literal(c) for c in text)
        for text in sorted(PLACEHOLDERS)
    )
    around = _spelt_out(UNSEEN)
    return f"^{around}(?:{words}){around}$"


_DIGIT = "0123456789"
_SHAPE = ("12", _DIGIT, _DIGIT, _DIGIT)
SHAPES = {
    Precision.YEAR: _SHAPE,
    Precision.QUARTER: (*_SHAPE, "-", "Q", "1234"),
    Precision.MONTH: (*_SHAPE, "-", "01", _DIGIT),
    Precision.DAY: (*_SHAPE, "-", "01", _DIGIT, "-", "0123", _DIGIT),
}
"""What can stand at each place of a date."""

LENGTHS = {precision: len(shape) for precision, shape in SHAPES.items()}


def date(precision: Precision) -> str:
    """The pattern of a date that the calendar has, between anchors."""
    return f"^(?:{DATES[precision]})$"


def between(precision: Precision, low: str | None, high: str | None) -> str:
    """The pattern of the dates from ``low`` to ``high``, both included, without anchors.

    It is exact for texts of the precision's shape; whether the calendar has them is not said.
    """
    shape = SHAPES[precision]
    first, last = "".join(s[0] for s in shape), "".join(s[-1] for s in shape)
    found = _between(low or first, high or last, shape)
    return f"(?:{'|'.join(found)})" if len(found) > 1 else found[0]


def _between(low: str, high: str, shape: tuple[str, ...]) -> list[str]:
    first, last = "".join(s[0] for s in shape), "".join(s[-1] for s in shape)
    if low <= first and high >= last:
        return [_any(shape)]
    if low > high:
        return []
    here, rest = shape[0], shape[1:]
    if low[0] == high[0]:
        return [low[0] + more for more in _between(low[1:], high[1:], rest)]
    # the lowest and the highest first characters bind what follows; those between do not
    lowest = _between(low[1:], last[1:], rest)
    highest = _between(first[1:], high[1:], rest)
    middle = "".join(c for c in here if low[0] < c < high[0])
    if lowest == [_any(rest)]:
        lowest, middle = [], low[0] + middle
    if highest == [_any(rest)]:
        highest, middle = [], middle + high[0]
    return [
        *(low[0] + more for more in lowest),
        *([_any((middle, *rest))] if middle else []),
        *(high[0] + more for more in highest),
    ]


def _any(shape: tuple[str, ...]) -> str:
    text = "".join(s if len(s) == 1 else f"[{s[0]}-{s[-1]}]" for s in shape)
    for count in (4, 3, 2):
        text = text.replace("[0-9]" * count, f"[0-9]{{{count}}}")
    return text
