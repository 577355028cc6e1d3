"""docs/reference/targets.md: what ``accordant compile`` makes of a standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Points, Prose
from validator.registry import targets
from validator.standards.load import load
from validator.standards.locate import shipped


def _blocks() -> Iterator[Block]:
    yield Heading("Targets", 1)
    yield Prose(
        "What `accordant compile STANDARD --to TARGET --output DIR` makes. The same standard "
        "always gives the same bytes. What a target cannot express is never dropped in silence: "
        "it is listed in `losses.md` and `losses.json` beside the artefact, and `accordant check` "
        "does all of it."
    )
    yield Grid(
        ["target", "what it is"],
        [[f"[`{name}`](#{name})", target.title] for name, target in targets().items()],
    )
    for name, target in targets().items():
        yield Heading(name)
        yield Prose(target.describes)
        for standard in map(load, shipped()):
            made = target.compile(standard)
            yield Prose(f"Of `{standard.id}` {standard.version} it makes:")
            yield Points([f"`{file}`" for file in sorted(made.files)])
            lost = Counter(loss.what for loss in made.losses)
            if lost:
                yield Prose("and leaves out:")
                by_number = sorted(lost.items(), key=lambda item: (-item[1], item[0]))
                yield Points([f"{what} ({number})" for what, number in by_number])


PAGE = Page("docs/reference/targets.md", "Targets", lambda: markdown(_blocks()))
