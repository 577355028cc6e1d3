"""Words for people, in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "fr", "es", "ar")
"""English, and the other official languages of INTERPOL."""


@dataclass(frozen=True, slots=True)
class Text:
    """A language map: ``{"en": "Female", "fr": "Féminin"}``. English is always there."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.in_language(DEFAULT_LANGUAGE)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def in_language(self, language: str) -> str:
        """The text in ``language``, or in English where that language has none."""
        return self.by_language.get(language) or self.by_language.get(DEFAULT_LANGUAGE, "")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in a standard's YAML something is written. Lines and columns count from 1."""

    file: str = ""
    line: int = 0
    column: int = 0
