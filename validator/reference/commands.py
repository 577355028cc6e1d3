"""docs/reference/commands.md: every command, as its own ``--help`` tells it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import click

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose, Verbatim

WIDTH = 96


def _blocks() -> Iterator[Block]:
    # by name, because this room stands below the command line and only reads what it says
    group: click.Group = importlib.import_module("validator.cli").accordant
    top = click.Context(
        group,
        info_name="accordant",
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    yield Heading("Commands", 1)
    yield Prose("As `accordant --help` and `accordant COMMAND --help` show them.")
    yield Grid(
        ["exit code", "means"],
        [
            ["`0`", "nothing at or above `--fail-on` was found"],
            ["`1`", "findings"],
            [
                "`2`",
                "could not check: a wrong call, unreadable input, a broken standard, or a "
                "check that broke down",
            ],
        ],
    )
    yield Verbatim(group.get_help(top))
    for name in group.list_commands(top):
        command = group.get_command(top, name)
        if command is not None:
            yield Heading(f"accordant {name}")
            yield Verbatim(command.get_help(click.Context(command, parent=top, info_name=name)))


PAGE = Page("docs/reference/commands.md", "Commands", lambda: markdown(_blocks()))
