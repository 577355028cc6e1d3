"""``accordant profile``: what a submission records, beside the published figures."""

from __future__ import annotations

import click

from validator.cli import _forms, _options
from validator.cli._audience import audience_of


@click.command("profile")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@_options.standard
@click.option("--table", metavar="T", help="The table that a single file, or '-', holds.")
@_options.fields
@_options.forms("text (the default), json or html. Several times: each but one in its own FILE.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the profile here.")
@click.option(
    "--audience",
    type=click.Choice(["partner", "public"]),
    help="For whom: hides counts below k (5 or 11), and what would give them away.",
)
@click.option("--k", type=click.IntRange(2), help="Another k: the smallest count that is shown.")
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    standard: str | None,
    table: str | None,
    fields: tuple[str, ...],
    forms: tuple[str, ...],
    output: str | None,
    audience: str | None,
    k: int | None,
) -> int:
    """Show what a submission records, field by field, beside the published figures.

    For each field: the share that is recorded, each missing reason by itself, blank and invalid
    cells apart, and how the valid values are spread, with 95 % intervals. PATHS are files or
    folders; '-' is standard input (with --table). Nothing is judged: 'accordant check' does that.
    """
    from validator.profiling.profile import profile
    from validator.profiling.profile_html import as_html
    from validator.profiling.profile_json import as_json
    from validator.profiling.profile_text import as_text

    asked = _forms.wanted(forms, output, paths, _forms.FORMS)
    if "-" in paths and table is None:
        raise click.UsageError("With '-', say which table it is: --table NAME.")
    result = profile(
        standard,
        list(paths),
        table=table,
        fields=fields,
        audience=audience_of(audience, k, None),
    )
    _forms.deliver(result, asked, as_text, json=as_json, html=as_html)
    return 0
