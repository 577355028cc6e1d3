"""Text from outside, made harmless to read wherever it is shown: terminal, page, log, file."""

from __future__ import annotations

import re

# everything but plain printable ASCII is looked at one by one; the rest is passed over quickly.
# CI runners take a line that begins with "::", or holds "##[", for a command to them.
_SUSPECT = re.compile(r"[^\x20-\x7e]|::|##\[")


def safe(text: str) -> str:
    r"""``text`` with every character that does not show itself written as an escape (``\x1b``).

    Controls, escape sequences, bidi controls, line separators, odd and zero-width spaces, and
    bytes of a file name that are no text: none can move a cursor, reorder a line or hide. What a
    CI runner would take for a command (``::`` and ``##[``) is broken up in the same way.
    """
    return _SUSPECT.sub(lambda found: visible(found[0]), text)


def safe_json(text: str) -> str:
    r"""JSON text with the characters that ``safe`` names as ``\u`` escapes, which keep the data.

    Line feeds stay: in JSON text they can only stand between values. Half a surrogate pair (a
    file name that is no text) becomes an escape too, so that the result is always UTF-8.
    """
    return _SUSPECT.sub(lambda found: _json_escape(found[0]), text)


def visible(character: str) -> str:
    """One character, or one of the CI runners' signs, as an escape where it does not show."""
    if len(character) > 1:
        return "".join(c if c == "[" else f"\\x{ord(c):02x}" for c in character)
    if character.isprintable():
        return character
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _json_escape(character: str) -> str:
    if character == "##[":
        return "\\u0023#["
    if character == "\n" or character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
