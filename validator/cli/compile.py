"""``accordant compile``: a standard in the forms that other tools read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli._output import write_files
from validator.errors import UsageError

if TYPE_CHECKING:
    from validator.model.standard import Standard
    from validator.registry import Artefact, Loss, Target

ALL = "all"
RECORD = "losses.json"
READABLE = "losses.md"


class _TargetName(click.ParamType):  # type: ignore[type-arg]  # because older releases of click have no such argument
    """The name of a target. Only the help of this command needs to know them all."""

    name = "target"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        from validator.registry import targets

        return f"[{'|'.join([*targets(), ALL])}]"


@click.command("compile")
@click.argument("standard")
@click.option("--to", "names", type=_TargetName(), multiple=True, required=True, help="The form.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write in.",
)
def compile_command(standard: str, names: tuple[str, ...], output: Path) -> None:
    """Compile a STANDARD (a folder, a file, or a shipped standard's name) to other forms.

    Give --to several times, or once as 'all', for several forms: each then has a folder of its
    own in the output folder. What a form cannot express stands in losses.md and losses.json
    beside it. Files that compile did not write are never overwritten.
    """
    from validator.standards.load import load

    chosen = _chosen(names)
    loaded = load(standard)
    made = []
    for target in chosen:
        try:
            made.append((target, target.compile(loaded)))
        except UsageError as error:
            # 'all' is all that can be made here: a target may need a library more
            if target.name in names:
                raise
            click.echo(f"Left out: {error}", err=True)
    results = []
    for target, artefact in made:
        folder = output / target.name if len(made) > 1 else output
        record = {RECORD: _record(loaded, target, artefact)}
        files = {**artefact.files, **record, READABLE: _readable(loaded, target, artefact)}
        _refuse_strangers(folder, files)
        results.append((folder, files))
    for (target, artefact), (folder, files) in zip(made, results, strict=True):
        write_files(folder, files)
        for line in _summary(loaded, target, artefact, folder):
            click.echo(line)


def _chosen(names: tuple[str, ...]) -> list[Target]:
    from validator.registry import targets

    known = targets()
    for name in names:
        if name != ALL and name not in known:
            message = f"There is no target '{name}'. Use one of: {', '.join([*known, ALL])}."
            raise UsageError(message)
    return [target for name, target in known.items() if ALL in names or name in names]


def _refuse_strangers(folder: Path, files: Iterable[str]) -> None:
    """Stop before a file is overwritten that no earlier run wrote."""
    ours: frozenset[str] = frozenset()
    try:
        record = json.loads((folder / RECORD).read_bytes())
        ours = frozenset([*record["files"], RECORD, READABLE])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # nothing of ours is there
    for name in files:
        if name not in ours and (folder / name).exists():
            message = (
                f"'{folder / name}' is there already, and was not written by accordant compile. "
                "Move it away, or choose another folder with --output."
            )
            raise UsageError(message)


def _record(standard: Standard, target: Target, artefact: Artefact) -> bytes:
    data: Mapping[str, Any] = {
        "losses": "accordant.losses/1",
        "target": target.name,
        "standard": {
            "id": standard.id,
            "version": standard.version,
            "digest": standard.digest,
        },
        "files": sorted(artefact.files),
        "list": [{"what": x.what, "where": x.where, "why": x.why} for x in artefact.losses],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _by_kind(losses: Iterable[Loss]) -> list[tuple[str, list[Loss]]]:
    """The losses by what they are, the most frequent first."""
    ordered = sorted(losses, key=lambda loss: loss.what)
    groups = [(what, list(group)) for what, group in groupby(ordered, key=lambda loss: loss.what)]
    return sorted(groups, key=lambda group: (-len(group[1]), group[0]))


def _readable(standard: Standard, target: Target, artefact: Artefact) -> bytes:
    lines = [
        f"# What {target.title} leaves out of {standard.id} {standard.version}",
        "",
        f"{target.describes} What follows it does not express; `accordant check` does all of it.",
    ]
    for what, losses in _by_kind(artefact.losses):
        lines += ["", f"## {what.capitalize()} ({len(losses)})", ""]
        lines += [f"- `{loss.where}`: {loss.why}" for loss in losses]
    return ("\n".join(lines) + "\n").encode()


def _summary(standard: Standard, target: Target, artefact: Artefact, folder: Path) -> Iterable[str]:
    yield f"{standard.id} {standard.version} as {target.title}, in {folder}:"
    for name in sorted(artefact.files):
        yield f"  {name}"
    if not artefact.losses:
        yield "It expresses the whole standard."
        return
    yield f"It leaves out {len(artefact.losses)} things ({READABLE} lists each):"
    for what, losses in _by_kind(artefact.losses):
        first = losses[0]
        also = "such as " if len(losses) > 1 else ""
        yield f"  {len(losses):>4}  {what}: {also}{first.where}. {first.why}"


COMMAND = compile_command
