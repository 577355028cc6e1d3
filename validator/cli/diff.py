"""``accordant diff``: what changed between two versions of a standard, and for whom it breaks."""

from __future__ import annotations

import click

from validator.cli import EXIT_FINDINGS, EXIT_PASS, _options
from validator.cli._forms import deliver, wanted

FORMS = ("text", "json", "md")


@click.command("diff", short_help="Compare two versions of a standard.")
@click.argument("old")
@click.argument("new")
@_options.forms(
    "text (the default), json, or md for a release note. Several times: several reports."
)
def COMMAND(old: str, new: str, forms: tuple[str, ...]) -> int:  # noqa: N802 - the name by which the group finds it
    """Say what changed from OLD to NEW: for producers, for consumers, and for the version number.

    Each is a folder with standard.yaml, a YAML file, or a shipped name; NAME@VERSION names one of
    the versions in a folder. A change breaks producers where what was valid may be at fault now,
    and consumers where they may receive what was not valid before, or would misread it.

    Exit codes: 0 the version number says as much as the changes do, 1 it does not, 2 could not
    compare.
    """
    from validator.standards.load import load
    from validator.versions.comparison import compare
    from validator.versions.diff_forms import as_json, as_markdown, as_text

    asked = wanted(forms, None, [], FORMS)
    comparison = compare(load(old), load(new))
    deliver(comparison, asked, as_text, json=as_json, md=as_markdown)
    return EXIT_PASS if comparison.honoured else EXIT_FINDINGS
