"""What a kind of identifier is: how it is found, what it catches, and what it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache


class Context:
    """What is known beside the text.

    ``country`` is the contributor's (ISO 3166-1, two or three letters), for numbers in national
    form. ``references`` are patterns of the standard's own pseudonyms, which identify nobody.
    ``asked`` tells whether a kind wanted to know the country: if none did, the answer is the same
    for every contributor. A kind sets ``exact`` where the answer may change with which digits stand
    in the text (see ``Kind.digits``).
    """

    __slots__ = ("asked", "country", "exact", "references")

    def __init__(self, country: str | None = None, references: tuple[str, ...] = ()) -> None:
        self.country, self.references = country, references
        self.asked = self.exact = False

    @property
    def region(self) -> str | None:
        """The country's two-letter code; None where there is none."""
        self.asked = True
        return _alpha_2(self.country) if self.country else None


@cache
def _alpha_2(country: str) -> str | None:
    import pycountry

    if len(country) == 2:
        known = pycountry.countries.get(alpha_2=country)
    else:
        known = pycountry.countries.get(alpha_3=country)
    return known.alpha_2 if known else None


@dataclass(frozen=True, slots=True)
class Span:
    """Where an identifier stands: character positions of the text, the end not included.

    ``labelled`` says that words of the text itself name the kind ("passport no.").
    """

    start: int
    end: int
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as ``plain.plain`` makes it, with the patterns that can match in it.

    ``open`` is None where nothing is known, and every pattern is tried.
    """

    text: str
    open: frozenset[re.Pattern[str]] | None = None

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern is worth trying. It must be one of the kind's ``patterns``."""
        return self.open is None or pattern in self.open

    def matches(self, pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
        """The places of one of the kind's ``patterns``."""
        return pattern.finditer(self.text) if self.has(pattern) else ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of direct identifier.

    ``patterns`` (compiled, or better made by ``lazily``) are those that ``find`` begins with: where
    none of them can match it is not asked, and of the passage it reads no others.

    ``prefilter`` is for whole columns: a pattern in the portable subset, linear in the text, that
    every plain text with the kind matches; if not that, then what ``listed`` makes of lists that
    are loaded with the first text.

    ``digits`` is true where every digit of a text may change the answer. Where it is false,
    ``find`` sets ``exact`` of its context if one may: texts that differ in digits alone are else
    read once. That no other digits would make more of its ``patterns`` match is seen to.

    Where kinds overlap, a labelled place wins, then the smaller ``rank``.
    """

    name: str
    title: str
    catches: str
    cannot: str
    rank: int
    prefilter: str
    listed: Callable[[], str] | None = None
    patterns: tuple[re.Pattern[str], ...]
    find: Callable[[Passage, Context], Iterable[Span]]
    digits: bool = True
