"""``accordant agree``: how far several coders agree."""

from __future__ import annotations

import click

from validator.cli import _forms, _options


@click.command("agree", short_help="Compare coders of the same records.")
@click.argument("coders", nargs=-1, required=True, type=click.Path(), metavar="CODER...")
@_options.standard
@click.option("--table", metavar="T", help="The table to compare (default the one they all have).")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="FIELD",
    help="Match records by this field (default the table's key). Several times: by all of them.",
)
@click.option(
    "--missing",
    type=click.Choice(["as-missing", "as-category"]),
    default="as-missing",
    show_default=True,
    help="Whether a missing reason is no code, or a code of its own. A blank is never one.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="The same seed gives the same intervals.",
)
@click.option(
    "--samples",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Bootstrap samples for the intervals; 0 for none.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 0.999),
    default=0.95,
    show_default=True,
    help="What the intervals cover.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(-1, 1),
    metavar="ALPHA",
    help="Exit code 1 where a field's alpha is below this.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Records to adjudicate that are listed. Totals are exact all the same.",
)
@_options.forms(
    "text (the default), json or html. Several times: several reports, each but one in its "
    "own FILE."
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the report here.")
def COMMAND(  # noqa: N802 - the name by which the group finds it
    coders: tuple[str, ...],
    standard: str | None,
    table: str | None,
    keys: tuple[str, ...],
    missing: str,
    seed: int,
    samples: int,
    confidence: float,
    fail_under: float | None,
    max_rows: int,
    forms: tuple[str, ...],
    output: str | None,
) -> int:
    """Say how far several coders of the same records agree, field by field.

    Each CODER is one coder's file. Records are matched by the table's key. Reports percent
    agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha and Gwet's AC1 with intervals, the
    codes that are confused, and the records to adjudicate. Free text is never shown.

    Exit codes: 0 compared, 1 a field is below --fail-under, 2 could not compare.
    """
    from validator.agreement.as_html import as_html
    from validator.agreement.as_json import as_json
    from validator.agreement.as_text import as_text
    from validator.agreement.compare import agree
    from validator.agreement.report import Missing, Options
    from validator.agreement.wording import headline
    from validator.measures.agreement_intervals import Bootstrap

    asked = _forms.wanted(forms, output, coders, _forms.FORMS)
    agreement = agree(
        standard,
        coders,
        table=table,
        key=keys,
        options=Options(
            missing=Missing(missing),
            bootstrap=Bootstrap(seed, samples, confidence),
            fail_under=fail_under,
            max_rows=max_rows,
        ),
    )
    _forms.deliver(agreement, asked, as_text, json=as_json, html=as_html)
    if all(item.file for item in asked):
        click.echo(": ".join(headline(agreement)), err=True)
    return agreement.exit_code
