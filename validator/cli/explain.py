"""``accordant explain``: what a finding code or a rule means, and how to mend it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from validator.model.standard import Standard
    from validator.reference.blocks import Block

WIDTH = 100


@click.command("explain")
@click.argument("name", required=False, metavar="[CODE|RULE]")
@click.option("--standard", "-s", metavar="S", help="The standard whose rule it is.")
def COMMAND(name: str | None, standard: str | None) -> None:  # noqa: N802 - the name by which the group finds it
    """Explain a finding code, or a rule of a standard.

    What stands in brackets at the end of a finding is such a code, and after a colon the rule.
    Without a name, all codes are listed. Without --standard, a rule is looked for in the standard
    that accordant.yaml names in this folder, and in those that are shipped.
    """
    from validator.reference import explain

    def standards() -> Sequence[Standard]:
        return _standards(standard)

    _show(explain.catalogue() if name is None else explain.explain(name, standards))


def _standards(named: str | None) -> Sequence[Standard]:
    from validator.standards.find import declared
    from validator.standards.load import load
    from validator.standards.locate import shipped

    if named is not None:
        return [load(named)]
    here = declared(["."])
    return [load(name) for name in ([here[0]] if here else []) + [*shipped()]]


def _show(blocks: Sequence[Block]) -> None:
    from validator.reference.blocks import Style, as_lines

    if not sys.stdout.isatty():
        click.echo("\n".join(text for _, text in as_lines(blocks, WIDTH)))
        return
    from rich.console import Console
    from rich.text import Text

    styles = {Style.HEADING: "bold", Style.PROSE: "", Style.VERBATIM: "cyan"}
    console = Console()
    for style, text in as_lines(blocks, min(shutil.get_terminal_size().columns, WIDTH)):
        console.print(Text(text, styles[style]), soft_wrap=style is Style.VERBATIM)
