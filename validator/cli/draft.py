"""``accordant draft``: the beginning of a standard, from data or from what other tools know."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("draft", short_help="Draft a standard from data or another schema.")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for the draft; a file that is there already is never replaced.",
)
@click.option("--name", metavar="N", help="The standard's identifier (default: the folder's name).")
def COMMAND(files: tuple[str, ...], output: Path, name: str | None) -> int:  # noqa: N802 - the name by which the group finds it
    """Draft a standard from FILEs, with a comment that says why for each field.

    A file is data (CSV, a workbook, and so on), a Table Schema or Data Package, a JSON Schema (also
    one that pydantic made), an XLSForm, or a LinkML schema. A code list holds values of the data:
    only such as repeat, and none that looks like it identifies somebody.

    Exit codes: 0 written, 2 could not.
    """
    from validator.cli._output import write_files
    from validator.drafts.drafting import draft
    from validator.drafts.writing import files_of
    from validator.errors import UsageError
    from validator.model.visible import safe
    from validator.model.words import many

    if (output / "standard.yaml").exists():
        message = f"There is a standard.yaml in '{output}' already. Choose another --output."
        raise UsageError(message)
    made = draft(list(files), name or output.resolve().name)
    new = files_of(made)
    if there := next((file for file in new if (output / file).exists()), None):
        # it may be the data themselves
        message = f"There is a file {there} in '{output}' already. Choose another --output."
        raise UsageError(message)
    write_files(output, new)
    fields = sum(len(table.fields) for table in made.tables)
    tables = ", ".join(table.name for table in made.tables)
    click.echo(safe(f"{output / 'standard.yaml'}: {many(fields, 'field')} in {tables}."))
    if any(table.headings for table in made.tables):
        click.echo(safe(f"{output / 'headings.csv'}: what to call the columns of the data."))
    if made.left:
        # a field's name here is a heading, which may itself be somebody's
        cells = sum(item.count for item in made.left)
        click.echo(f"Cells to mend in the data: {cells:,}; the draft's first lines say where.")
    click.echo(safe(f"Read it line by line, then: accordant lint {output}"))
    return 0
