"""What of a cell a report may show. Nothing here knows of any one format."""

from __future__ import annotations

import unicodedata

from validator.model.report import Finding, Show
from validator.model.visible import visible

LONGEST_SHAPE = 40
"""A longer text's shape is cut: what is at fault shows in its beginning, or in its length."""

_TAGS = range(0xE0000, 0xE1000)
"""Invisible characters that can spell out a hidden text, so that a shape may not name them."""


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


def _shape_of(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LM":
        return "A" if category in {"Lu", "Lt"} else "a"
    if category[0] == "N":
        return "9"
    if category[0] == "P" or character.isascii():
        return visible(character)
    if category in {"Cc", "Cf", "Zs", "Zl", "Zp"} and ord(character) not in _TAGS:
        return visible(character)
    return "*"
