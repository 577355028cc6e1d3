"""Relations that, followed round other crosswalks, contradict themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood, Node, pairs
from validator.model.crosswalk import Crosswalk, Predicate
from validator.model.standard import Severity
from validator.registry import LintFinding

Graph = Mapping[Node, set[Node]]


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    same, wider = _graphs(of.others)
    own_same, own_wider = _graphs((of.crosswalk,))
    for subject, target, row in pairs(of.crosswalk):
        if target is None or not row.resolves:
            continue
        if row.predicate is Predicate.EXACT:
            for node in sorted(_reached(target, same)):
                if node[0] == subject[0] and node != subject:
                    what = f"'{subject[1]}' is exactly '{target[1]}' of {target[0]}, which other "
                    what += f"crosswalks make exactly '{node[1]}' of {node[0]}."
                    yield LintFinding(row.origin, what, _CURE)
        elif row.predicate in {Predicate.BROAD, Predicate.NARROW}:
            low, high = subject, target
            if row.predicate is Predicate.NARROW:
                low, high = high, low
            both = _joined(same, wider, own_same, own_wider)
            if low in _reached(high, both):
                what = f"'{high[1]}' of {high[0]} is wider than '{low[1]}' of {low[0]}, and other "
                what += "rows make it the same or narrower."
                yield LintFinding(row.origin, what, _CURE)


_CURE = "One of the rows on the way is wrong: compare their sources."


def _graphs(crosswalks: Iterable[Crosswalk]) -> tuple[Graph, Graph]:
    """What is exactly the same (both ways), and what is wider than what."""
    same: dict[Node, set[Node]] = {}
    wider: dict[Node, set[Node]] = {}
    for crosswalk in crosswalks:
        for subject, target, row in pairs(crosswalk):
            if target is None or not row.resolves:
                continue
            match row.predicate:
                case Predicate.EXACT:
                    same.setdefault(subject, set()).add(target)
                    same.setdefault(target, set()).add(subject)
                case Predicate.BROAD:
                    wider.setdefault(subject, set()).add(target)
                case Predicate.NARROW:
                    wider.setdefault(target, set()).add(subject)
                case _:
                    pass
    return same, wider


def _joined(*graphs: Graph) -> Graph:
    joined: dict[Node, set[Node]] = {}
    for graph in graphs:
        for node, to in graph.items():
            joined.setdefault(node, set()).update(to)
    return joined


def _reached(start: Node, graph: Graph) -> set[Node]:
    seen, waiting = {start}, [start]
    while waiting:
        for node in graph.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


LINT = CrosswalkLint(
    code="crosswalk-cycle",
    severity=Severity.ERROR,
    title="Relations that go round in a circle",
    means=(
        "A code that is exactly the same as another becomes a different code of its own scheme "
        "when other crosswalks are followed; or a code becomes wider than itself."
    ),
    why="Two crosswalks that contradict each other give different data, depending on the way.",
    mend="Compare the sources of the rows on the way, and correct the one that is wrong.",
    run=_run,
)
