"""``accordant serve``: the same checks in a web page of this computer."""

from __future__ import annotations

import click


@click.command("serve")
@click.option(
    "--standard",
    "-s",
    "standards",
    multiple=True,
    metavar="S",
    help="A standard of your own to offer beside the shipped ones.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="The port (default: one that is free).",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--max-upload",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="MB",
    help="The most that the files of one check may have together.",
)
def COMMAND(standards: tuple[str, ...], port: int, no_browser: bool, max_upload: int) -> int:  # noqa: N802 - the name by which the group finds it
    """Open a web page of this computer: drop files, read the report, save a mended copy.

    Nobody else on the network can reach it, nothing is sent anywhere, and nothing of the files
    stays on the disk once the answer is there. Ctrl-C ends it.
    """
    from validator.standards.load import load
    from validator.web.serving import serve

    for standard in standards:
        load(standard)  # says what is wrong with it before a page is there

    def tell(address: str) -> None:
        click.echo(f"accordant is at {address}")
        click.echo("Only this computer can open it. Ctrl-C ends it.", err=True)

    serve(
        standards, port=port, most_bytes=max_upload * 1_000_000, browser=not no_browser, tell=tell
    )
    click.echo("Ended. Nothing was kept.", err=True)
    return 0
