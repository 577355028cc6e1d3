r"""Patterns that do not mean the same to every engine.

A standard's patterns are run by RE2, Rust's regex, Python's re, Java (Spark) and ECMAScript (JSON
Schema). The loader already refuses what RE2 does not have: look-around, back-references,
possessive quantifiers and atomic groups. What is left is read here token by token, in the few
lines of the grammar that all five share, because the parsers at hand each accept more of their
own: Python's knows nothing of Java's ``&&`` in a class, RE2's nothing of Python's ``\d``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<escape>\\(?:[pP]\{[^}]*\}|x[0-9A-Fa-f]{2}|.|$))
    | (?P<set>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])
    | (?P<quantifier>(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})[?+]?)
    | (?P<group>\((?:\?(?:P?<[=!]?|[:=!>|\#]|[-a-zA-Z^]+[:)])?)?)
    | (?P<anchor>[\^$])
    | (?P<stray>[{}\]])
    | (?P<plain>[\s\S])
    """,
    re.VERBOSE | re.DOTALL,
)
_INSTEAD = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[0-9A-Za-z_]",
    "W": "[^0-9A-Za-z_]",
    "s": r"[ \t\r\n]",
    "S": r"[^ \t\r\n]",
}
_MARKS = frozenset("^$\\.*+?()[]{}|/")
_CONTROLS = frozenset("tnrfx")
_LAST_OF_PLANE = 0xFFFF


def faults(pattern: str) -> Iterator[tuple[str, str]]:
    """What in a pattern is not portable, and what to write instead; each once, in order."""
    yield from dict.fromkeys(_faults(pattern))


def _faults(pattern: str) -> Iterator[tuple[str, str]]:
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        match token.lastgroup:
            case "escape":
                yield from _escape(text, _MARKS)
            case "set":
                yield from _set(text)
            case "quantifier" if len(text) > 1 and text[-1] in "?+":
                yield (
                    f"the quantifier '{text}'",
                    f"Write '{text[:-1]}': the whole value counts.",
                )
            case "group" if text not in {"(", "(?:"}:
                yield f"the group '{text}'", "Write '(?:...)'."
            case "anchor" if (token.start(), text) != (0, "^") and (
                (token.end(), text) != (len(pattern), "$")
            ):
                yield f"'{text}' within the pattern", f"Write '\\{text}' if the mark is meant."
            case "stray":
                yield f"a bare '{text}'", f"Write '\\{text}'."
            case _:
                yield from _wide(text)


def _escape(text: str, allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    letter = text[1:2]
    if letter in allowed or letter in _CONTROLS:
        return
    if letter in _INSTEAD:
        yield f"'{text}', which some engines take for Unicode", f"Write '{_INSTEAD[letter]}'."
    elif letter.isalnum() or not letter:
        yield f"'{text}'", "Write the characters out, such as [A-Za-z]; leave boundaries out."
    else:
        yield f"'{text}'", f"Write '{letter}' without the backslash."


def _set(text: str) -> Iterator[tuple[str, str]]:
    inner = text[1:-1].removeprefix("^")
    if inner.startswith("]") or not inner:
        yield f"'{text}'", r"Write '\]' for the bracket."
    for escape in re.findall(r"\\.", inner, re.DOTALL):
        yield from _escape(escape, _MARKS | {"-"})
    bare = re.sub(r"\\.", "", inner, flags=re.DOTALL)
    if "[:" in bare:
        yield f"the named class '{text}'", "Write the characters out, such as [A-Za-z]."
    elif "[" in bare:
        yield f"a bare '[' in '{text}'", r"Write '\['."
    for double in ("&&", "--", "~~", "||"):
        if double in bare:
            yield f"'{double}' in '{text}', a set operation to some", "Write the mark once."
    yield from _wide(bare)


def _wide(text: str) -> Iterator[tuple[str, str]]:
    if any(ord(character) > _LAST_OF_PLANE for character in text):
        what = "a character past U+FFFF, which some engines count as two"
        yield what, "Leave it out, or use a list of codes."
