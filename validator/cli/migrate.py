"""``accordant migrate``: a submission of one version as one of the next."""

from __future__ import annotations

from pathlib import Path

import click

from validator.cli import EXIT_FINDINGS, EXIT_PASS, _options
from validator.cli._forms import deliver, wanted

FORMS = ("text", "json")


@click.command("migrate", short_help="Carry a submission to another version of its standard.")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--from", "old", required=True, metavar="OLD", help="The version that it follows.")
@click.option("--to", "new", required=True, metavar="NEW", help="The version that it is to follow.")
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for the new files.",
)
@_options.forms("text (the default) or json. Several times: several reports.")
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...], old: str, new: str, output: Path, forms: tuple[str, ...]
) -> int:
    """Carry files from one version of a standard to another, as the newer one declares it.

    OLD and NEW are folders, YAML files or names, such as global-indicator@1.1.0; a bare version
    number stands for one beside the other. Nothing is guessed: what the newer version does not say
    stays as it is. Each table is written as UTF-8 CSV, and every loss is counted.

    Exit codes: 0 written, 1 written and some records must be looked at, 2 could not.
    """
    from validator.cli._output import write_files
    from validator.opening import opened
    from validator.versions.migrating import migrate
    from validator.versions.migration_forms import as_json, as_text
    from validator.versions.route import pair, route

    asked = wanted(forms, None, paths, FORMS)
    versions = route(*pair(old, new))
    _, _, readings = opened(versions[0], list(paths))
    migrated = migrate(versions, readings)
    taken = {Path(reading.path).resolve() for reading in readings}
    if any((output / name).resolve() in taken for name in migrated.files):
        raise click.UsageError("The new files would replace the old. Choose another --output.")
    written = {(output / name).resolve() for name in migrated.files}
    if report := next((a.file for a in asked if a.file and a.file.resolve() in written), None):
        message = f"'{report}' is one of the new files. Name another file for the report."
        raise click.UsageError(message)
    write_files(output, migrated.files)
    deliver(migrated, asked, as_text, json=as_json)
    return EXIT_FINDINGS if migrated.unfinished else EXIT_PASS
