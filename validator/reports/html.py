"""A web page for people. Without the script it is a plain page with every finding in a table."""

from __future__ import annotations

from validator.model.report import Report
from validator.pages.document import template
from validator.registry import Format, Rendering


def _render(report: Report, how: Rendering) -> bytes:
    from validator.reports.page import page

    return template("validator.reports.templates", "report").render(page=page(report, how)).encode()


FORMAT = Format(
    name="html",
    title="a web page for people, in one file",
    render=_render,
)
