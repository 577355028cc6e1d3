"""What a finding code or a rule means: the same words for ``accordant explain`` and the docs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from validator.crosswalks.examine import lints as crosswalk_lints
from validator.errors import UsageError
from validator.expressions.wording import sentence
from validator.model.report import Finding
from validator.model.standard import Example, Rule, Standard
from validator.reference.blocks import Block, Grid, Heading, Points, Prose, Verbatim
from validator.reference.cases import TABLE, Case, shown
from validator.registry import CHECK_GROUPS, Check, checks, lints

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = 8
"""Lines of a file that an example shows."""

GROUPS = {
    "structure": "The files themselves",
    "values": "Values",
    "omissions": "Values that are absent",
    "relations": "Values, records and tables against each other",
    "text": "Free text",
    "disclosure": "What could identify a person",
    "dataset": "The data set as a whole",
    "lint": "Standards",
    "crosswalk": "Crosswalks",
}


def codes() -> Mapping[str, Check]:
    """Everything that has a code: the findings of ``check``, then those of ``lint``."""
    return {item.code: item for item in (*checks(), *lints(), *crosswalk_lints())}


def explain(name: str, standards: Callable[[], Sequence[Standard]]) -> list[Block]:
    """What ``name`` means, be it a finding code or a rule of one of the standards.

    Standards are asked for only where no code has that name. Raises UsageError, with the
    nearest name, where nothing has it.
    """
    found = codes().get(name)
    if found is not None:
        return [Heading(f"{found.code} ({found.severity}): {found.title}"), *about(found)]
    known = list(codes())
    for standard in standards():
        for rule in standard.rules:
            known.append(rule.id)
            if rule.id == name:
                return [
                    Heading(f"{rule.id} ({rule.severity}): {rule.title}"),
                    *about_rule(standard, rule),
                ]
    message = f"There is no finding code or rule '{name}'. {_near(name, known)}"
    raise UsageError(message)


def _near(name: str, known: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(name.casefold(), known, scorer=fuzz.ratio, score_cutoff=60)
    return f"Did you mean {near[0]}?" if near else "To see all codes: accordant explain"


def catalogue() -> list[Block]:
    """All codes with their titles, by group."""
    blocks: list[Block] = [Heading("What accordant can find", 1)]
    for group in (*CHECK_GROUPS, "lint", "crosswalk"):
        rows = [[f"`{c.code}`", c.title] for c in codes().values() if c.group == group]
        if rows:
            command = "" if group in CHECK_GROUPS else " (accordant lint)"
            blocks += [Heading(GROUPS[group] + command), Grid(["code", "what it says"], rows)]
    return [*blocks, Prose(""), Prose("To read about one of them: accordant explain CODE")]


def about(check: Check) -> list[Block]:
    """What a finding of a check means, why it matters, how to mend it, and an example."""
    blocks: list[Block] = [
        Heading("What it means", 3),
        Prose(check.means),
        Heading("Why it matters", 3),
        Prose(check.why),
        Heading("How to mend it", 3),
        Prose(check.mend),
    ]
    # lints have no submission to show
    case = shown(check) if check.group in CHECK_GROUPS else None
    return [*blocks, Heading("An example", 3), *_example(case)] if case else blocks


def _example(case: Case) -> Iterator[Block]:
    yield Prose("Where the standard says")
    yield Verbatim(_yaml(_standard(case)), "yaml")
    for name, text in case.submission.items():
        yield Prose(f"and the file {name} holds")
        lines = text.rstrip("\n").split("\n")
        more = len(lines) - LINES
        kept = [*lines[:LINES], f"... and {more:,} more such rows"] if more > 1 else lines
        yield Verbatim("\n".join(kept) if text else "(nothing)", "csv" if text else "text")
    yield Prose(f"{_command(case)} says")
    yield Verbatim("\n".join(said(finding) for finding in case.report().findings))


def _command(case: Case) -> str:
    """The call, with the options that the example depends on."""
    options = {"audience": "--audience", "k": "--k", "as_of": "--as-of"}
    told = [f"{option} {case.data[name]}" for name, option in options.items() if name in case.data]
    return f"`{' '.join(['accordant check', *told])}`" if told else "accordant"


def _standard(case: Case) -> Mapping[str, Any]:
    """What of the case's standard the reader needs to see: without what every standard has."""
    tables = case.tables
    shown_: dict[str, Any] = dict(tables) if set(tables) != {TABLE} else dict(tables[TABLE])
    if set(tables) == {TABLE} and set(shown_) == {"fields"}:
        shown_ = shown_["fields"]
    if "rules" in case.data:
        shown_ = {**shown_, "rules": case.data["rules"]}
    return shown_


def _yaml(data: Any) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Every scalar is text in a standard, so none needs quotes for its type."""

    Dumper.yaml_implicit_resolvers = {}
    return yaml.dump(
        data, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=90
    )


def said(finding: Finding) -> str:
    """A finding as a few lines: its weight and place, and below it the message and the code."""
    row = f"row {finding.row}" if finding.row else None
    place = ", ".join(filter(None, (finding.file, finding.field, row)))
    code = f"{finding.code}: {finding.rule}" if finding.rule else finding.code
    indent = " " * 9
    message = textwrap.fill(
        f"{finding.message} [{code}]",
        84,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return f"{finding.severity:<9}{place}\n{message}"


def about_rule(standard: Standard, rule: Rule) -> list[Block]:
    """What a rule asks, what to do where it is broken, where it comes from, and its examples."""
    blocks: list[Block] = [
        Prose(f"A rule of {standard.id} {standard.version} for the table `{rule.table}`."),
        Heading("What must hold", 3),
        Prose(sentence(standard, rule)),
        Prose("A value that is missing or already at fault decides nothing."),
    ]
    if rule.mend:
        blocks += [Heading("How to mend it", 3), Prose(str(rule.mend))]
    if rule.source:
        status = f" ({rule.status})" if rule.status else ""
        blocks += [Heading("Where it comes from", 3), Prose(f"{rule.source}{status}")]
    for title, examples in (
        ("Records that keep it", rule.passing),
        ("Records that break it", rule.failing),
    ):
        if examples:
            points = [_records(rule, example) for example in examples]
            blocks += [Heading(title, 3), Points(points)]
    code = "count-mismatch" if rule.count else "rule-broken"
    return [*blocks, Heading("How it is reported", 3), Prose(f"As `{code}`, with the rule's name.")]


def _records(rule: Rule, example: Example) -> str:
    told = []
    for table, records in example.items():
        rows = [_row(record) for record in records] or ["no row"]
        told.append(", ".join(rows) if set(example) == {rule.table} else _in(table, rows))
    return "; ".join(told)


def _in(table: str, rows: Sequence[str]) -> str:
    return f"in `{table}` {', '.join(f'({row})' for row in rows)}"


def _row(record: Mapping[str, str]) -> str:
    return ", ".join(
        f"`{name}` {f'`{text}`' if text else 'blank'}" for name, text in record.items()
    )
