"""``accordant compare``: contributors side by side, and what can be compared."""

from __future__ import annotations

import click

from validator.cli import _forms, _options


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@_options.standard
@click.option("--table", metavar="T", help="The table that each file holds.")
@click.option("--by", metavar="F", help="Split one submission by this field, such as contributor.")
@_options.fields
@_options.forms("text (the default), json or html. Several times: each but one in its own FILE.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the comparison here.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Of the bootstrap."
)
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    standard: str | None,
    table: str | None,
    by: str | None,
    fields: tuple[str, ...],
    forms: tuple[str, ...],
    output: str | None,
    seed: int,
) -> int:
    """Compare contributors: what each records, how, and whether their figures can be compared.

    PATHS are submissions, one of each contributor (a file or a folder); or, with --by, one that
    holds them all. Each field gets a verdict (comparable, with care, not comparable) and the
    grounds for it. The answer shows small counts: it is for those who may see the data.
    """
    from validator.profiling.compare import compare
    from validator.profiling.comparison_html import as_html
    from validator.profiling.comparison_json import as_json
    from validator.profiling.comparison_text import as_text

    asked = _forms.wanted(forms, output, paths, _forms.FORMS)
    result = compare(standard, paths, by=by, table=table, fields=fields, seed=seed)
    _forms.deliver(result, asked, as_text, json=as_json, html=as_html)
    return 0
