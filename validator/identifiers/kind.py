"""What a kind of identifier is: how it is found, what it catches, and what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text.

    ``region`` is the contributor's country (ISO 3166-1 alpha-2), for numbers in national form.
    ``references`` are patterns of the standard's own pseudonyms, which identify nobody.
    """

    region: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where an identifier stands: character positions of the text, the end not included.

    ``labelled`` says that words of the text itself name the kind ("passport no.").
    """

    start: int
    end: int
    labelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of direct identifier.

    ``find`` is given the text as ``plain.plain`` makes it. ``prefilter`` is a pattern in the
    portable subset, linear in the raw text: where it does not match, nothing is looked for.
    Where kinds overlap, a labelled place wins, then the smaller ``rank``.
    """

    name: str
    title: str
    catches: str
    cannot: str
    rank: int
    prefilter: str
    find: Callable[[str, Context], Iterable[Span]]
