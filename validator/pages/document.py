"""Fills the template of a page: it holds its own style and script, and asks nobody for anything.

Its content security policy allows that style and script alone, by their digests. A room that has
pages keeps ``NAME.html.jinja``, which extends ``base.html.jinja``, beside its Python files, and
``NAME.css`` and ``NAME.js`` if it needs them. Pages of another make take the ``palette`` and the
``digest`` from here, so that all have the same colours.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from validator.model.visible import safe

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Template


@cache
def template(package: str, name: str) -> Template:
    """The page ``name`` of a ``package``, to be filled with ``render(...)``.

    ``tool`` is filled already: what made the page. Undefined names are errors, and every
    placeholder is escaped and made harmless (``safe``).
    """
    from importlib.metadata import version

    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    ours, theirs = files(__package__), files(package)

    def source(wanted: str) -> str:
        return ((ours if wanted.startswith("base.") else theirs) / wanted).read_text("utf-8")

    def written(value: object) -> object:
        # whatever a placeholder gives is made harmless here, so that none can be forgotten
        return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=written,
        loader=FunctionLoader(source),
    )
    style = palette() + _text(ours / "base.css") + _text(theirs / f"{name}.css")
    script = _text(theirs / f"{name}.js")
    environment.globals.update(
        tool=f"accordant {version('accordant')}",
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_digest=digest(style),
        script_policy=Markup(f"'{digest(script)}'" if script else "'none'"),  # noqa: S704 - our own digest
    )
    return environment.get_template(f"{name}.html.jinja")


def _text(file: Traversable) -> str:
    return file.read_text("utf-8") if file.is_file() else ""


def palette() -> str:
    """The colours of every page, in light, in dark and on paper, as custom properties."""
    return _text(files(__package__) / "palette.css")


def digest(text: str) -> str:
    """What a content security policy calls a text that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
