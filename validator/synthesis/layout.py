"""How a standard's tables hang together, and who decides each of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from validator.errors import UsageError
from validator.expressions.relations import needs
from validator.model.condition import FieldRef, Op, tests_of
from validator.model.lexical import domain
from validator.model.standard import Field, Kind, Table
from validator.synthesis.setting import Setting


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a key begins with: a column of its own record (``column``), or of the parent's.

    ``length`` characters of it.
    """

    column: str
    length: int
    of_parent: bool = False


@dataclass(frozen=True)
class Node:
    """A table under the table that it belongs to (None for a root).

    ``link`` is the field that names the parent's record. ``numbered`` fields hold a value of
    each record's own, ``blank`` ones nothing (references past the first), ``dangling`` ones the
    key of a table that is not made. ``coupled`` fields are tied to others by rules, ``single``
    ones are free.
    """

    table: Table
    parent: Node | None
    link: Field | None
    numbered: tuple[str, ...]
    blank: tuple[str, ...]
    dangling: tuple[str, ...]
    coupled: tuple[Field, ...]
    single: tuple[Field, ...]
    prefix: Prefix | None
    children: list[Node] = attribute(default_factory=list)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def echoes(child: Table, parent: Table) -> tuple[str, ...]:
    """Coded fields that child and parent share: what is true of the one is often true of both."""
    return tuple(
        field.name
        for field in child.fields
        if field.kind is Kind.CODES
        and field.name in parent.by_name
        and parent.by_name[field.name].codelist is field.codelist
        and not (field.many or field.references)
    )


def layout(setting: Setting) -> tuple[Node, ...]:
    """The trees of the setting's tables, each from its root.

    Raises UsageError where the tables reference each other in a circle.
    """
    chosen = frozenset(table.name for table in setting.tables)
    tied = _tied(setting, chosen)
    made: dict[str, Node] = {}
    roots: list[Node] = []
    waiting = list(setting.tables)
    while waiting:
        ready = [t for t in waiting if (p := _parent(t, chosen)) is None or p in made]
        if not ready:
            names = ", ".join(table.name for table in waiting)
            message = f"The tables {names} reference each other in a circle; leave one out."
            raise UsageError(message)
        for table in ready:
            waiting.remove(table)
            parent = made.get(_parent(table, chosen) or "")
            node = _node(setting, table, parent, tied)
            made[table.name] = node
            (parent.children if parent else roots).append(node)
    return tuple(roots)


def _references(table: Table) -> list[Field]:
    return [field for field in table.fields if field.references]


def _parent(table: Table, chosen: frozenset[str]) -> str | None:
    """The table that the records of this one belong to."""
    link = _link(table, chosen)
    return link.references.table if link and link.references else None


def _link(table: Table, chosen: frozenset[str]) -> Field | None:
    """The reference that is followed: the first that must be there, else the first."""
    usable = [
        field
        for field in _references(table)
        if field.references and field.references.table in chosen - {table.name}
    ]
    return next((f for f in usable if not f.optional), usable[0] if usable else None)


def _tied(setting: Setting, chosen: frozenset[str]) -> set[tuple[str, str]]:
    """Fields that cannot be drawn by themselves, with their tables."""
    found: set[tuple[str, str]] = set()
    for rule in setting.rules:
        columns = needs(setting.standard, rule)
        if sum(map(len, columns.values())) > 1:
            found |= {(table, column) for table, names in columns.items() for column in names}
    for table in setting.tables:
        for stale in table.stale:
            found |= {(table.name, stale.field), (table.name, stale.reviewed)}
        for field in table.fields:
            if field.specify:
                found |= {(table.name, field.name), (table.name, field.specify)}
        belongs_to = _parent(table, chosen)
        if belongs_to:
            parent = setting.standard.by_name[belongs_to]
            for name in echoes(table, parent):
                found |= {(table.name, name), (parent.name, name)}
    return found


def _node(setting: Setting, table: Table, parent: Node | None, tied: set[tuple[str, str]]) -> Node:
    chosen = frozenset({parent.name}) if parent else frozenset[str]()
    link = _link(table, chosen)
    others = [field for field in _references(table) if field is not link]
    blank = tuple(f.name for f in others if f.optional)
    dangling = tuple(f.name for f in others if not f.optional)
    made = {item.name for item in setting.tables}
    for field in others:
        if field.name in dangling and field.references and field.references.table in made:
            message = (
                f"'{table.name}.{field.name}' is a second reference that every record must hold. "
                "Only one reference to a table is followed here; leave out one of the tables."
            )
            raise UsageError(message)
    held = {*blank, *dangling, *([link.name] if link else [])}
    numbered = _numbered(table, held)
    held |= set(numbered)
    rest = [field for field in table.fields if field.name not in held]
    return Node(
        table,
        parent,
        link,
        numbered,
        blank,
        dangling,
        tuple(f for f in rest if (table.name, f.name) in tied),
        tuple(f for f in rest if (table.name, f.name) not in tied),
        _prefix(setting, table, parent, numbered),
    )


def _numbered(table: Table, held: set[str]) -> tuple[str, ...]:
    """The fields that tell records apart: the unique ones, and one of the key's."""
    unique = [f.name for f in table.fields if f.unique and f.name not in held]
    key = [table.by_name[name] for name in table.key if name not in held]
    if key and not any(field.name in unique for field in key):
        roomy = [field for field in key if domain(field) is None and field.kind is not Kind.DATE]
        unique.append((roomy or key)[0].name)
    return tuple(unique)


def _prefix(
    setting: Setting, table: Table, parent: Node | None, numbered: tuple[str, ...]
) -> Prefix | None:
    """What the rules say that the key begins with; else what the parent's key begins with."""
    for rule in setting.rules:
        if rule.table != table.name or rule.when is not None:
            continue
        for test in tests_of(rule.then):
            operand = test.operands[0]
            if test.op is Op.STARTS_WITH and test.field.field in numbered[:1]:
                if not isinstance(operand, FieldRef):
                    continue
                if operand.table is None:
                    return Prefix(operand.field, _length(table.by_name[operand.field]))
                if parent and operand.table == parent.name:
                    field = parent.table.by_name[operand.field]
                    return Prefix(operand.field, _length(field), of_parent=True)
    if parent and parent.prefix and numbered and parent.numbered:
        mine = table.by_name[numbered[0]].pattern
        if mine is not None and mine == parent.table.by_name[parent.numbered[0]].pattern:
            return Prefix(parent.numbered[0], parent.prefix.length, of_parent=True)
    return None


def _length(field: Field) -> int:
    return len((domain(field) or ("",))[0])
