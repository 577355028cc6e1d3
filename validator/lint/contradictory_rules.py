"""Pairs of rules that cannot both be kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import narwhals as nw

from validator.lint.places import within
from validator.lint.space import Lowered, Space, TooLarge, names
from validator.lint.words import combination
from validator.model.standard import Severity, Standard
from validator.model.words import listed, many
from validator.registry import Lint, LintFinding

if TYPE_CHECKING:
    import polars as pl


def _run(standard: Standard) -> Iterator[LintFinding]:
    space = Space(standard)
    rules = []
    for rule in (rule for rule in space.rules if rule.then):
        try:
            yield from _alone(space, rule)
            rules.append(rule)
        except TooLarge as size:
            what = f"Whether the rule '{rule.rule.id}' can be kept"
            yield space.undecided(rule.rule.origin, what, size)
    for first, second in combinations(rules, 2):
        if not first.reads & second.reads & names(first.then, second.then):
            continue
        try:
            yield from _pair(space, first, second)
        except TooLarge as size:
            what = f"Whether the rules '{first.rule.id}' and '{second.rule.id}' contradict"
            yield space.undecided(second.rule.origin, what, size)


def _alone(space: Space, rule: Lowered) -> Iterator[LintFinding]:
    """A rule that every record breaks, whatever stands in the fields that only `then` reads."""
    free = rule.reads - rule.asked
    frame = _judged(space, rule)
    if free and frame.height and bool(frame["first_broken"].all()):
        what = f"The rule '{rule.rule.id}' cannot be kept: every value of {_and(space, free)} "
        what += "breaks it" + (" where its 'when' holds." if rule.when else ".")
        cure = "Remove a test from its 'then', or put alternatives under 'any'."
        yield LintFinding(within(rule.rule.origin, "then"), what, cure)


def _pair(space: Space, first: Lowered, second: Lowered) -> Iterator[LintFinding]:
    frame = _judged(space, first, second)
    for given in dict.fromkeys((first.asked | second.asked, first.asked, second.asked)):
        if space.is_open(given):
            continue
        stuck = _stuck(space, frame, sorted(given), first, second)
        if stuck.is_empty():
            continue
        free = (first.reads | second.reads) - given
        words = combination(
            space.plain({name: stuck[name][0] for name in sorted(given)}),
            space.standard.missing_reasons.by_code,
        )
        where = f" where {words}" if words else ""
        if stuck.height > 1:
            where += f" (and in {many(stuck.height - 1, 'other combination')})"
        what = f"The rules '{first.rule.id}' and '{second.rule.id}' cannot both be kept{where}: "
        what += f"every value of {_and(space, free)} breaks one of them."
        here, there = first.rule.origin, second.rule.origin
        line = f"line {here.line}" if here.file == there.file else f"{here.file}:{here.line}"
        cure = f"The other rule is on {line}. Narrow the 'when' of one, or mend its 'then'."
        yield LintFinding(there, what, cure)
        return


def _judged(space: Space, first: Lowered, second: Lowered | None = None) -> pl.DataFrame:
    """Every combination in which a `when` holds, and whether it breaks each of the rules."""
    both = [rule for rule in (first, second) if rule]
    frame = space.frame(*(c for rule in both for c in (rule.when, rule.then)))
    columns: dict[str, nw.Expr] = {}
    for name, rule in zip(("first", "second"), both, strict=False):
        met = space.truth(rule.when).holds if rule.when else nw.lit(True)
        columns |= {f"{name}_met": met, f"{name}_broken": space.fires(rule)}
    judged = nw.from_native(frame).with_columns(**columns)
    asking = [nw.col(name) for name in columns if name.endswith("_met")]
    return judged.filter(nw.any_horizontal(*asking, ignore_nulls=False)).to_native()


def _stuck(
    space: Space, frame: pl.DataFrame, given: list[str], first: Lowered, second: Lowered
) -> pl.DataFrame:
    """The combinations of ``given`` that allow each rule, but not both.

    A combination that a third rule forbids by itself is no contradiction: that rule speaks.
    """
    import polars as pl

    asking = [
        f"{name}_met"
        for name, rule in (("first", first), ("second", second))
        if rule.asked <= set(given)
    ]
    one, other = pl.col("first_broken"), pl.col("second_broken")
    found = (
        frame.filter(pl.all_horizontal(asking))
        .group_by("", *given, maintain_order=True)
        .agg(keeps_first=(~one).any(), keeps_second=(~other).any(), keeps_both=~(one | other))
        .filter("keeps_first", "keeps_second", ~pl.col("keeps_both").list.any())
    )
    for third in space.rules:
        known = third.then and third.reads <= set(given)
        if known and third not in (first, second) and not found.is_empty():
            found = nw.from_native(found).filter(~space.fires(third)).to_native()
    return found


def _and(space: Space, fields: frozenset[str]) -> str:
    return listed(space.plain(dict.fromkeys(sorted(fields), "")))


LINT = Lint(
    code="contradictory-rules",
    severity=Severity.ERROR,
    title="Two rules that cannot both be kept",
    means=(
        "There is a combination of values that the `when` of the rules allow, that no other rule "
        "forbids, and for which every value of the remaining fields breaks one rule or the other, "
        "though each rule can be kept alone. Only recorded values count, so that a record cannot "
        "slip between the rules by leaving a field out; a missing reason counts where one of the "
        "two rules asks about it. Rules that count rows of another table are not compared."
    ),
    why="A record that meets both conditions cannot be mended: whatever is typed, a rule fires.",
    mend="Narrow the `when` of one rule so that they do not meet, or change what one demands.",
    run=_run,
)
