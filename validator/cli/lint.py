"""``accordant lint``: looks for faults in the standard itself."""

from __future__ import annotations

import click

from validator.cli import EXIT_FINDINGS, EXIT_PASS
from validator.model.report import Verdict
from validator.model.standard import Severity


@click.command("lint", short_help="Look for faults in a standard or a crosswalk.")
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

    STANDARD is a folder that holds standard.yaml, a YAML file, or the name of a shipped standard. A
    crosswalk (crosswalk.yaml, a file, or a shipped name) is looked at in the same way.
    Each finding has a file, line and column, and says what would be right.
    """
    # heavy, and not for --help
    from validator.cli._output import print_bytes
    from validator.crosswalks.find import is_crosswalk
    from validator.lint.examine import examine, examine_crosswalk
    from validator.lint.show import as_json, as_text
    from validator.model.visible import safe

    look = examine_crosswalk if is_crosswalk(standard) else examine
    examination = look(standard, Severity(fail_on))
    if form == "json":
        print_bytes(as_json(examination))
    else:
        # what the text quotes of a stranger's YAML must not reach a terminal as it stands
        shown = "\n".join(map(safe, as_text(examination).split("\n")))
        print_bytes(f"{shown}\n".encode())
    return EXIT_FINDINGS if examination.verdict is Verdict.FAIL else EXIT_PASS
