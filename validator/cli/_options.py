"""Options that several commands take, spelled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

standard: Option = click.option(
    "--standard", "-s", metavar="S", help="A folder, a YAML file, or a shipped name."
)
fields: Option = click.option(
    "--field", "fields", multiple=True, metavar="F", help="Only this field (several)."
)


def forms(said: str) -> Option:
    """``--format X`` or ``X=FILE``, any number of them, for ``_forms.wanted``; ``said`` helps."""
    return click.option("--format", "forms", multiple=True, metavar="F[=FILE]", help=said)
