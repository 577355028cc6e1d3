"""What of a cell a report may show, and how text from outside is made harmless to read.

Everything that a report writes and that accordant did not word itself (paths, keys, values)
goes through here. Nothing here knows of any one format.
"""

from __future__ import annotations

import re
import unicodedata

from validator.model.report import Finding, Show

LONGEST_SHAPE = 40
"""A longer text's shape is cut: what is at fault shows in its beginning, or in its length."""

# everything but plain printable ASCII is looked at one by one; the rest is passed over quickly.
# CI runners take a line that begins with "::", or holds "##[", for a command to them.
_SUSPECT = re.compile(r"[^\x20-\x7e]|::|##\[")

_TAGS = range(0xE0000, 0xE1000)
"""Invisible characters that can spell out a hidden text, so that a shape may not name them."""


def safe(text: str) -> str:
    r"""``text`` with every character that does not show itself written as an escape (``\x1b``).

    Controls, escape sequences, bidi controls, line separators, odd and zero-width spaces, and
    bytes of a file name that are no text: none can move a cursor, reorder a line or hide. What a
    CI runner would take for a command (``::`` and ``##[``) is broken up in the same way.
    """
    return _SUSPECT.sub(lambda found: _visible(found[0]), text)


def safe_json(text: str) -> str:
    r"""JSON text with the characters that ``safe`` names as ``\u`` escapes, which keep the data.

    Line feeds stay: in JSON text they can only stand between values. Half a surrogate pair (a
    file name that is no text) becomes an escape too, so that the result is always UTF-8.
    """
    return _SUSPECT.sub(lambda found: _json_escape(found[0]), text)


def shape(value: str) -> str:
    r"""The form of a value without its content: ``Fra-2024`` has the shape ``Aaa-9999``.

    Capital letters become ``A``, every other letter and mark of any script ``a``, digits ``9``.
    Punctuation and spaces stay, since they are what most often is wrong; characters that do not
    show are written as escapes; pictures and the like become ``*``. At most LONGEST_SHAPE
    characters of the value are described, then ``…`` follows.
    """
    # composed, so that an accent typed as a character of its own does not count as a letter
    text = unicodedata.normalize("NFC", value[:LONGEST_SHAPE])
    return "".join(map(_shape_of, text)) + ("…" if len(value) > LONGEST_SHAPE else "")


def shown(finding: Finding, show: Show) -> str | None:
    """What a report may show of the finding's cell: nothing, its shape, or the value itself."""
    if finding.value is None or show is Show.LOCATION:
        return None
    return shape(finding.value) if show is Show.SHAPE else finding.value


def _visible(character: str) -> str:
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


def _shape_of(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LM":
        return "A" if category in {"Lu", "Lt"} else "a"
    if category[0] == "N":
        return "9"
    if category[0] == "P" or character.isascii():
        return _visible(character)
    if category in {"Cc", "Cf", "Zs", "Zl", "Zp"} and ord(character) not in _TAGS:
        return _visible(character)
    return "*"
