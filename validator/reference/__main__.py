"""``python -m validator.reference --write | --check``: the generated files, written or compared."""

from __future__ import annotations

import click

from validator.discovery import modules_of
from validator.reference._page import ROOT, Page


def pages() -> list[Page]:
    """Every generated page there is, by its path."""
    found = [m.PAGE for _, m in modules_of("validator.reference") if hasattr(m, "PAGE")]
    return sorted(found, key=lambda page: page.name)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--write/--check", required=True, help="Write the files, or only compare them.")
@click.pass_context
def reference(ctx: click.Context, write: bool) -> None:
    """Write the generated files of the repository, or name those that are out of step."""
    if not (ROOT / "pyproject.toml").is_file():
        raise click.UsageError("This works in the repository only, not in an installation.")
    stale = []
    for page in pages():
        path, content = ROOT / page.name, page.render().encode()
        if path.is_file() and path.read_bytes() == content:
            continue
        stale.append(page.name)
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for name in stale:
        click.echo(f"written: {name}" if write else f"out of step: {name}")
    if stale and not write:
        click.echo("Run 'make docs' to write them again.", err=True)
        ctx.exit(1)
    if not stale:
        click.echo("All generated files are in step.")


if __name__ == "__main__":
    reference(prog_name="python -m validator.reference")
