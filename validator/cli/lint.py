"""``accordant lint``: looks for faults in the standard itself."""

from __future__ import annotations

import click

from validator.cli import EXIT_FINDINGS, EXIT_PASS
from validator.model.report import Verdict
from validator.model.standard import Severity


@click.command("lint", short_help="Look for faults in a standard.")
@click.argument("standard")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="The lightest finding that makes the exit code 1.",
)
def COMMAND(standard: str, form: str, fail_on: str) -> int:  # noqa: N802 - the name that discovery looks for
    """Look for faults in a standard: names that lead nowhere, contradictory rules, and the like.

    STANDARD is a folder that holds standard.yaml, a YAML file, or the name of a shipped standard.
    Each finding has a file, line and column, and says what would be right.
    """
    # heavy, and not for --help
    from validator.lint.examine import examine
    from validator.lint.show import as_json, as_text

    examination = examine(standard, Severity(fail_on))
    click.echo(as_json(examination) if form == "json" else as_text(examination))
    return EXIT_FINDINGS if examination.verdict is Verdict.FAIL else EXIT_PASS
