"""The flow picture: source codes on the left, what was written on the right, widths by records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from validator.crosswalks.report import CodeLoss

MOST = 14
"""Codes on a side; the rarest of more are drawn together."""
WIDTH, HEIGHT, GAP = 640.0, 18.0, 7.0
LEFT, RIGHT, BAR = 170.0, 420.0, 10.0
LONGEST = 24
OTHERS = "other codes"
NOWHERE = "no scheme"


@dataclass(frozen=True, slots=True)
class Node:
    """A code on one side: where its bar stands, and its label."""

    label: str
    x: float
    y: float
    height: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """Records that went from one code to another, as the outline of a band."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture, in the units of its view box."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    alternative: str


def label(code: CodeLoss) -> str:
    """The source of a flow in words."""
    return ", ".join(code.codes) or NOWHERE


def flow(codes: Sequence[CodeLoss]) -> Flow | None:
    """The picture of a field's codes; None where nothing flowed."""
    pairs = _pairs(codes)
    whole = sum(pairs.values())
    if not whole:
        return None
    sources = _totals(pairs, 0)
    targets = _totals(pairs, 1)
    room = max(len(sources), len(targets)) * (HEIGHT + GAP)
    left, right = _places(sources, whole, room), _places(targets, whole, room)
    nodes = [_node(name, LEFT - BAR, *at, left=True) for name, at in left.items()]
    nodes += [_node(name, RIGHT, *at, left=False) for name, at in right.items()]
    begun = {name: y for name, (y, _) in left.items()}
    ended = {name: y for name, (y, _) in right.items()}
    links = []
    for (source, target, kind), count in pairs.items():
        wide, deep = (
            side[name][1] * count / totals[name]
            for side, name, totals in ((left, source, sources), (right, target, targets))
        )
        links.append(
            Link(
                _band(begun[source], wide, ended[target], deep),
                kind,
                f"{source} to {target}: {kind}, {count:,}",
            )
        )
        begun[source] += wide
        ended[target] += deep
    lowest = max(y + high for y, high in (*left.values(), *right.values()))
    told = f"{len(sources)} source codes lead to {len(targets)}; the table below says the same."
    return Flow(WIDTH, round(lowest + 6, 1), tuple(nodes), tuple(links), told)


def _pairs(codes: Sequence[CodeLoss]) -> dict[tuple[str, str, str], int]:
    """Records by source, target and outcome; the rarest sources beyond the limit are one."""
    often: dict[str, int] = {}
    for code in codes:
        often[label(code)] = often.get(label(code), 0) + code.records
    shown = sorted(often, key=lambda name: -often[name])
    shown = shown if len(shown) <= MOST else shown[: MOST - 1]
    written: dict[str, int] = {}
    for code in codes:
        written[code.text] = written.get(code.text, 0) + code.records
    ends = sorted(written, key=lambda text: -written[text])
    ends = ends if len(ends) <= MOST else ends[: MOST - 1]
    pairs: dict[tuple[str, str, str], int] = {}
    for code in codes:
        source = label(code) if label(code) in shown else OTHERS
        target = (code.text or "blank") if code.text in ends else OTHERS
        key = (source, target, code.outcome.value)
        pairs[key] = pairs.get(key, 0) + code.records
    return {key: count for key, count in pairs.items() if count}


def _totals(pairs: dict[tuple[str, str, str], int], side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, count in pairs.items():
        found[key[side]] = found.get(key[side], 0) + count
    return found


def _places(totals: dict[str, int], whole: int, room: float) -> dict[str, tuple[float, float]]:
    """Where each bar begins, and how high it is: never less than can be seen."""
    free = room - GAP * (len(totals) - 1)
    heights = {name: max(free * count / whole, 3.0) for name, count in totals.items()}
    y, found = 4.0, {}
    for name, height in heights.items():
        # a label needs its own line, however low its bar is
        found[name] = (y, height)
        y += max(height, HEIGHT - GAP) + GAP
    return found


def _node(name: str, x: float, y: float, height: float, *, left: bool) -> Node:
    text = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    text_x = x - 8 if left else x + BAR + 8
    anchor = "end" if left else "start"
    return Node(text, x, round(y, 1), round(height, 1), text_x, round(y + height / 2, 1), anchor)


def _band(start: float, wide: float, end: float, deep: float) -> str:
    middle = (LEFT + RIGHT) / 2
    points = [start, end, end + deep, start + wide]
    a, b, c, d = (f"{value:.1f}" for value in points)
    return (
        f"M{LEFT:g},{a} C{middle:g},{a} {middle:g},{b} {RIGHT:g},{b} "
        f"L{RIGHT:g},{c} C{middle:g},{c} {middle:g},{d} {LEFT:g},{d} Z"
    )
