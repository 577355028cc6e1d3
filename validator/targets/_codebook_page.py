"""Fills the templates of the codebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from typing import Any

from validator.expressions.wording import sentence
from validator.model.standard import Standard
from validator.model.text import LANGUAGES
from validator.registry import Loss
from validator.targets import _codebook as codebook


def page(
    standard: Standard,
    template: str,
    *,
    escape: bool,
    filters: Mapping[str, Callable[[object], str]],
    **more: Any,
) -> str:
    """A template of this room, filled with a standard."""
    from jinja2 import Environment, StrictUndefined

    # Markdown has signs of its own to escape, which its filter does
    environment = Environment(autoescape=escape, undefined=StrictUndefined)  # noqa: S701 - the same
    environment.filters.update(filters)
    source = files(__package__).joinpath(template).read_text("utf-8")
    return environment.from_string(source).render(
        standard=standard,
        entries=partial(_listed, standard),
        codelists=codebook.codelists(standard),
        example=partial(codebook.example, standard),
        languages=LANGUAGES,
        names=codebook.LANGUAGE_NAMES,
        remarks=codebook.remarks,
        sentence=partial(sentence, standard),
        statuses=codebook.STATUSES,
        used_by=partial(codebook.used_by, standard),
        wordings=codebook.wordings,
        direction=codebook.direction,
        **more,
    )


def _listed(standard: Standard, table: Any) -> list[codebook.Entry]:
    return [*codebook.entries(standard, table)]


def losses(standard: Standard) -> tuple[Loss, ...]:
    """A codebook tells everything and checks nothing."""
    why = "A codebook is read by people: it checks nothing."
    found = [Loss("every check", standard.id, why)]
    if standard.rules:
        why = "The words around codes, labels and titles, and the rules' wording, are English."
        found.append(Loss("languages", standard.id, why))
    return tuple(found)
