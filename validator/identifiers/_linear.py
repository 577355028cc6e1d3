"""Patterns in the portable subset, linear in the text: RE2, Rust's ``regex``, DuckDB, Spark.

Python's patterns look around, and take their time. The *loosened* form of one matches every text
that it matches (and others): look-arounds are left out, long repeats have no upper end, and letters
beyond ASCII are all one class, so that an RE2 set of many of them stays small and quick.

The *widened* form of a pattern for plain texts (see ``_plain``) reads texts as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_NO_WORD = r"(?<!\w)"
_REPEAT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}\??")
_BEYOND = r"\x{80}-\x{10FFFF}"
_LETTER = f"A-Za-z{_BEYOND}"
_CLASSES = {r"\w": f"0-9_{_LETTER}", r"\d": "0-9", r"\s": rf"\s{_BEYOND}"}
_NAMED = re.compile(r"\(\?P<\w+>")
SHORT = 3
"""Repeats up to this often are counted; others only from below."""
_HEAD = re.compile(r"\(\?[a-zA-Z-]*:?|\\[px]\{\w+\}|\\[^-]")
"""What a pattern is made of beside its characters: taken over as it stands."""


def loosened(pattern: str) -> str:
    r"""A superset of ``pattern`` without look-arounds, for RE2 and Rust's ``regex``.

    Of these only a first ``(?<!\w)`` leaves something: there the text begins, or no word goes on.
    ``\d`` becomes ``[0-9]``: texts with other digits must be read without (see ``_plain.is_odd``).
    """
    parts: list[str] = []
    at = 0
    if pattern.startswith(_NO_WORD):
        parts.append("(?:^|[^0-9A-Za-z_])")
        at = len(_NO_WORD)
    while at < len(pattern):
        end = at + 1
        if pattern.startswith(_AROUND, at):
            end = _end_of_group(pattern, at)
        elif pattern[at] == "[":
            end = _end_of_class(pattern, at)
            parts.append(_class(pattern[at:end]))
        elif pattern[at] == "\\":
            end = at + 2
            parts.append(_escape(pattern[at:end]))
        elif named := _NAMED.match(pattern, at):
            end = named.end()
            parts.append("(?:")
        elif repeat := _REPEAT.match(pattern, at):
            end = repeat.end()
            parts.append(_repeat(repeat))
        else:
            parts.append(pattern[at])
        at = end
    return "(?:" + "".join(parts) + ")"


def widened(pattern: str, forms: Mapping[str, str]) -> str:
    """``pattern`` where each character stands for its other ``forms`` too; it looks around nowhere.

    In a class ``-`` is a character where it is escaped, first or last; of ranges those of digits
    have other forms. ``forms`` hold what stands in a class.
    """
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        end = at + 1
        if pattern[at] == "[":
            end = _end_of_class(pattern, at)
            parts.append(_wide_class(pattern[at:end], forms))
        elif taken := _HEAD.match(pattern, at) or _REPEAT.match(pattern, at):
            end = taken.end()
            parts.append(taken[0])
        else:
            end += pattern[at] == "\\"
            character = pattern[end - 1]
            others = forms.get(character)
            parts.append(f"[{others}{character}]" if others else pattern[at:end])
        at = end
    return "".join(parts)


def _wide_class(written: str, forms: Mapping[str, str]) -> str:
    body = written[1:-1]
    bare = re.sub(r"0-9|[^\W\d]-\w|\\[px]\{\w+\}|(?<=\})-", "", body)
    if written.startswith("[^"):
        # one that leaves out some digits has the others, which are forms of these
        some = _forms([c for c in bare if c.isdigit()], forms)
        return f"(?:{written}|[{some}])" if some else written
    found = [c for c in bare if c in forms]
    if "0-9" in body:
        found.append("0")
    if body.startswith("-"):  # it would make a range
        body = body[1:] + "-"
    return f"[{_forms(found, forms)}{body}]"


def _forms(characters: Iterable[str], forms: Mapping[str, str]) -> str:
    # digits have theirs in common
    return "".join(dict.fromkeys(forms.get(c, "") for c in characters))


def _escape(escape: str) -> str:
    if escape[1].isdigit():
        raise ValueError("a pattern that refers back needs a sign of its own")
    return f"[{_CLASSES[escape]}]" if escape in _CLASSES else escape


def _class(written: str) -> str:
    if written in {r"[^\W\d_]", r"[^\W_]"}:
        return f"[{_LETTER}]" if "d" in written else f"[0-9{_LETTER}]"
    if written.startswith("[^"):
        # ASCII's own are fewer, so that what is none of them is more; only \W would turn it round
        if r"\W" in written:
            raise ValueError("a class of this form needs a sign of its own")
        return written
    for short, long in _CLASSES.items():
        written = written.replace(short, long)
    return written


def _repeat(repeat: re.Match[str]) -> str:
    least, most = int(repeat[1]), int(repeat[3] or SHORT + 1) if repeat[2] else int(repeat[1])
    if most <= SHORT or not repeat[2]:
        return repeat[0].rstrip("?")
    return {0: "*", 1: "+"}.get(least, f"{{{least},}}")


def _end_of_class(pattern: str, start: int) -> int:
    at = start + (2 if pattern[start + 1] == "^" else 1)
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _end_of_group(pattern: str, start: int) -> int:
    depth, at = 0, start
    while True:
        if pattern[at] == "[":
            at = _end_of_class(pattern, at)
            continue
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        at += 2 if pattern[at] == "\\" else 1
        if depth == 0:
            return at
