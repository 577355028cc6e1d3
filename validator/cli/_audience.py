"""The options --audience, --k and --l, which several commands take."""

from __future__ import annotations

from dataclasses import replace

from validator.model.disclosure import AUDIENCES, Audience


def audience_of(name: str | None, k: int | None, least: int | None) -> Audience | None:
    """The audience that the options describe; None where none of them was given.

    --k or --l alone mean a partner, with that number.
    """
    if name is None and k is None and least is None:
        return None
    audience = AUDIENCES[name or "partner"]
    return replace(audience, k=k or audience.k, l=least or audience.l)
