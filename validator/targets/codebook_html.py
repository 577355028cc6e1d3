"""A codebook as one web page: searched, printed, and read in every language of the standard."""

from __future__ import annotations

import re
from importlib.resources import files

from validator.model.standard import Standard
from validator.pages.document import digest, palette
from validator.registry import Artefact, Target
from validator.targets._codebook_page import losses, page


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _compile(standard: Standard) -> Artefact:
    from markupsafe import Markup, escape

    def code(words: object) -> str:
        """What stands between backticks as code."""
        return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(words))))  # noqa: S704 - escaped before

    style, script = palette() + _own("_codebook.css"), _own("_codebook.js")
    text = page(
        standard,
        "_codebook.html.jinja",
        escape=True,
        filters={"code": code},
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - the same
        style_hash=digest(style),
        script_hash=digest(script),
    )
    return Artefact({f"{standard.id}.html": text.encode()}, losses(standard))


TARGET = Target(
    name="codebook-html",
    title="Codebook (web page)",
    describes=(
        "One self-contained page with every table, field, rule in words, code with its labels "
        "and terms, source and example. It can be searched and printed, asks nothing of the "
        "network, and shows labels in each language of the standard."
    ),
    compile=_compile,
)
