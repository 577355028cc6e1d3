"""A web page for people: one file that asks nobody for anything, and reads well everywhere.

The page holds its own style and script, and its content security policy allows those two alone,
by their digests. Without the script it is a plain page with every finding in a table.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from validator.model.report import Report
from validator.registry import Format, Rendering
from validator.reports.redact import safe

if TYPE_CHECKING:
    from jinja2 import Template


def _render(report: Report, how: Rendering) -> bytes:
    from validator.reports.page import page

    return _template().render(page=page(report, how)).encode()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    folder = files("validator.reports") / "templates"

    def written(value: object) -> object:
        # whatever a placeholder gives is made harmless here, so that none can be forgotten
        return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=written,
    )
    style, script = ((folder / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment.globals.update(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return environment.from_string((folder / "report.html.jinja").read_text("utf-8"))


def _digest(text: str) -> str:
    """What a content security policy calls a text that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


FORMAT = Format(
    name="html",
    title="a web page for people, in one file",
    render=_render,
)
