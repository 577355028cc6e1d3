"""A pattern in plain words: those who fill cells do not read regular expressions."""

from __future__ import annotations

import re
from functools import cache

from validator.model.lexical import bare

_CLASSES = {
    "0-9": "digits",
    "A-Z": "capital letters",
    "a-z": "small letters",
    "A-Za-z": "letters",
    "0-9A-Z": "capital letters or digits",
    "0-9a-z": "small letters or digits",
    "0-9A-Za-z": "letters or digits",
}
_MARKS = {"-": "a hyphen", "_": "an underscore", "/": "a slash", ".": "a full stop", " ": "a space"}
_ONE = {"digits": "digit", "letters": "letter"}
# a class, or a plain or escaped character, and how often
_PART = re.compile(
    r"(?:\[(?P<set>[^\[\]^\\]+)\]|\\(?P<escaped>[^\w\s])|(?P<plain>[\w/ -]))"
    r"(?:\{(?P<least>[0-9]+)(?P<to>,(?P<most>[0-9]*))?\}|(?P<often>[+*?]))?"
)


@cache
def in_words(pattern: str) -> str | None:
    """``3 capital letters, a hyphen, then 6 to 12 digits``; None where words would not be exact."""
    rest = bare(pattern)
    words: list[str] = []
    literal = ""
    while rest:
        part = _PART.match(rest)
        if part is None:
            return None
        rest = rest[part.end() :]
        plain = part["plain"] or part["escaped"]
        if plain and not part["least"] and not part["often"] and plain not in _MARKS:
            literal += plain
            continue
        said = _said(part, plain)
        if said is None:
            return None
        words += [f"the text {literal}"] if literal else []
        words.append(said)
        literal = ""
    words += [f"the text {literal}"] if literal else []
    if len(words) < 2:
        return "".join(words) or None
    return f"{', '.join(words[:-1])}, then {words[-1]}"


def _said(part: re.Match[str], plain: str | None) -> str | None:
    if plain is not None:
        return _MARKS.get(plain) if not part["least"] and not part["often"] else None
    kind = _CLASSES.get("".join(sorted(re.findall(r".-.", part["set"]), key=_rank)))
    if kind is None or re.sub(r".-.", "", part["set"]):
        return None
    least, most = part["least"], part["most"]
    if part["often"] or (part["to"] and not most):
        return {"+": f"one or more {kind}"}.get(part["often"] or "") or (
            f"{least} or more {kind}" if least else None
        )
    if part["to"] and least != most:
        return f"{least} to {most} {kind}"
    number = least or "1"
    if number != "1":
        return f"{number} {kind}"
    return "1 " + re.sub("digits|letters", lambda found: _ONE[found.group()], kind)


def _rank(span: str) -> int:
    return ("0-9", "A-Z", "a-z").index(span) if span in {"0-9", "A-Z", "a-z"} else 9
