"""SQL: tables that refuse what a check would, for PostgreSQL and for SQLite."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.standard import CodeList, Field, Kind, Severity, Standard, Table
from validator.model.text import LANGUAGES
from validator.registry import Artefact, Loss, Target
from validator.targets._logic import broken, unspecified
from validator.targets._losses import of_the_standard, place, rule_place, stale
from validator.targets._sql_cells import Dialect, among, as_number, cells, name, text
from validator.targets._sql_rules import condition, refusal

LONGEST_NAME = 63
"""PostgreSQL cuts names off after this many bytes."""


def _comment(words: str) -> str:
    return f"-- {' '.join(words.split())}"


def _named(*parts: str) -> str:
    """A constraint's name: short enough for every server."""
    whole = "_".join(parts)
    return name(whole if len(whole.encode()) <= LONGEST_NAME else parts[-1][:LONGEST_NAME])


def _always(field: Field) -> bool:
    """Whether every record holds a value in the field."""
    return not field.optional and not field.missing


def _recorded(field: Field) -> str:
    column = name(field.name)
    if not field.missing:
        return f"{column} IS NOT NULL"
    return f"{column} NOT IN ({', '.join(map(text, field.missing))})"


class _Script:
    """One table after another in one dialect, and what that leaves out."""

    def __init__(self, standard: Standard, dialect: Dialect) -> None:
        self._standard = standard
        self._reasons = standard.missing_reasons
        self._dialect = dialect
        self.losses: list[Loss] = []

    def text(self) -> str:
        """The whole script."""
        title = "PostgreSQL" if self._dialect is Dialect.POSTGRESQL else "SQLite"
        standard = self._standard
        lines = [
            _comment(f"{standard.id} {standard.version} for {title}, {standard.digest}"),
            _comment("Every column is text, in the one spelling that the standard gives a value."),
            _comment("A blank is NULL. The views NAME_typed hold numbers and booleans as such,"),
            _comment("and NULL for a missing reason."),
        ]
        if self._dialect is Dialect.SQLITE:
            lines += ["", "PRAGMA foreign_keys = ON;"]
        lines += ["", *self._codes()]
        for table in self._in_order():
            lines += ["", *self._table(table), *self._indexes(table)]
            lines += ["", *self._typed(table), *self._advice(table)]
            self.losses += stale(table)
        return "\n".join(lines) + "\n"

    def _in_order(self) -> list[Table]:
        """The tables, each after those that it references."""
        found: list[Table] = []
        waiting = list(self._standard.tables)
        while waiting:
            known = {table.name for table in found}
            ready = [t for t in waiting if set(t.parents()) - {t.name} <= known] or waiting[:1]
            found += ready
            waiting = [table for table in waiting if table not in ready]
        return found

    def _codes(self) -> Iterator[str]:
        labels = [f"label_{language}" for language in LANGUAGES]
        columns = ["list", "code", "position", *labels, "retired_since", "retired_use"]
        yield _comment("Codes and missing reasons with their labels, to be joined with.")
        yield 'CREATE TABLE "accordant_codes" ('
        kinds = {"position": "integer NOT NULL", "list": "text NOT NULL", "code": "text NOT NULL"}
        yield from (f"  {name(column)} {kinds.get(column, 'text')}," for column in columns)
        yield '  PRIMARY KEY ("list", "code")'
        yield ");"
        lists = [*self._standard.codelists, self._reasons]
        rows = [row for codes in lists for row in self._code_rows(codes)]
        if rows:
            yield 'INSERT INTO "accordant_codes" VALUES'
            yield ",\n".join(f"  ({', '.join(row)})" for row in rows) + ";"

    def _code_rows(self, codes: CodeList) -> Iterator[list[str]]:
        for position, code in enumerate(codes.codes, start=1):
            labels = [code.label.by_language.get(language) for language in LANGUAGES]
            gone = code.retired
            rest = [*labels, gone.since if gone else None, gone.use if gone else None]
            said = ["NULL" if word is None else text(word) for word in rest]
            yield [text(codes.id), text(code.code), str(position), *said]

    def _table(self, table: Table) -> Iterator[str]:
        yield _comment(f"{table.title or table.name}. {table.description}")
        yield f"CREATE TABLE {name(table.name)} ("
        lines = [self._column(table, field) for field in table.fields]
        lines += [
            f"  CONSTRAINT {_named(table.name, field.name)} CHECK ({check})"
            for field in table.fields
            if (check := self._cells(table, field))
        ]
        lines += [*self._keys(table), *self._rules(table)]
        yield ",\n".join(lines)
        yield ");"

    def _column(self, table: Table, field: Field) -> str:
        del table
        return f"  {name(field.name)} text{'' if field.optional else ' NOT NULL'}"

    def _cells(self, table: Table, field: Field) -> str | None:
        made = cells(field, self._reasons, self._dialect)
        self.losses += [
            Loss(what, self._at(place(table, field.name)), why) for what, why in made.lost
        ]
        return made.check

    def _at(self, where: str) -> str:
        """Where a loss is, where only one of the dialects has it."""
        return f"{where} ({self._dialect.value})"

    def _keys(self, table: Table) -> Iterator[str]:
        keyed = [table.by_name[field] for field in table.key]
        if keyed and all(map(_always, keyed)):
            yield f"  PRIMARY KEY ({', '.join(name(field.name) for field in keyed)})"
        for field in table.fields:
            if field.unique and _always(field) and (field.name,) != table.key:
                yield f"  UNIQUE ({name(field.name)})"
        for field in table.fields:
            to = field.references
            if to is None:
                continue
            target = self._standard.by_name[to.table]
            found = target.by_name[to.field]
            if (
                field.missing
                or not _always(found)
                or not (target.key == (to.field,) or found.unique)
            ):
                why = (
                    f"Whether {to.table} holds the record is not said: a foreign key takes no "
                    "missing reasons, and names a whole key."
                )
                self.losses.append(Loss("reference", place(table, field.name), why))
                continue
            yield (
                f"  FOREIGN KEY ({name(field.name)}) REFERENCES {name(to.table)} ({name(to.field)})"
            )

    def _indexes(self, table: Table) -> Iterator[str]:
        """Keys and unique fields that may be missing: unique where they hold values."""
        keyed = [table.by_name[field] for field in table.key]
        wanted = [] if all(map(_always, keyed)) else [keyed]
        wanted += [
            [field]
            for field in table.fields
            if field.unique and not _always(field) and (field.name,) != table.key
        ]
        for fields in wanted:
            names = [field.name for field in fields]
            where = " AND ".join(_recorded(field) for field in fields)
            yield (
                f"CREATE UNIQUE INDEX {_named(table.name, *names, 'once')} ON {name(table.name)} "
                f"({', '.join(map(name, names))}) WHERE {where};"
            )

    def _rules(self, table: Table) -> Iterator[str]:
        for field in table.fields:
            formula = unspecified(field, table, self._reasons)
            if formula:
                said = condition(formula, self._reasons, self._dialect)
                own = _named(table.name, field.name, "specified")
                yield f"  CONSTRAINT {own} CHECK (NOT {said})"
        yield from (
            f"  CONSTRAINT {name(rule[:LONGEST_NAME])} CHECK (NOT {said})"
            for rule, said, _ in self._said(table, refuses=True)
        )

    def _said(self, table: Table, *, refuses: bool) -> Iterator[tuple[str, str, str]]:
        """The rules that refuse, or those that warn: name, where it is broken, and title."""
        for rule in self._standard.rules_of(table.name):
            if (rule.severity is Severity.ERROR) is not refuses:
                continue
            found = broken(rule, table, self._reasons, refusal(self._dialect))
            if found.beyond:
                self.losses.append(
                    Loss(found.extent, self._at(rule_place(rule)), " ".join(found.beyond))
                )
            if found.formula is None:
                continue
            said = condition(found.formula, self._reasons, self._dialect)
            yield rule.id, said if said.startswith("(") else f"({said})", str(rule.title)

    def _typed(self, table: Table) -> Iterator[str]:
        columns = ",\n".join(f"  {self._as_type(f)} AS {name(f.name)}" for f in table.fields)
        yield f"CREATE VIEW {name(table.name + '_typed')} AS SELECT\n{columns}"
        yield f"FROM {name(table.name)};"

    def _as_type(self, field: Field) -> str:
        column = name(field.name)
        if field.kind in {Kind.INTEGER, Kind.NUMBER}:
            return as_number(field, self._dialect)
        if field.kind is Kind.BOOLEAN:
            return f"CASE {column} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        if not field.missing:
            return column
        return f"CASE WHEN NOT ({among(column, field.missing)}) THEN {column} END"

    def _advice(self, table: Table) -> Iterator[str]:
        """A view of the records that a rule warns of."""
        warned = [*self._said(table, refuses=False)]
        if not warned:
            return
        for rule, _, _ in warned:
            why = f"A constraint cannot warn: the view {table.name}_advice lists the records."
            self.losses.append(Loss("rule that warns", f"{table.name}: {rule}", why))
        selected = ", ".join(name(field) for field in table.key) or "NULL AS nothing"
        parts = [
            "\n".join(
                [
                    f'  SELECT {selected}, {text(rule)} AS "accordant_rule",',
                    f'    {text(title)} AS "accordant_says"',
                    f"  FROM {name(table.name)} WHERE {said}",
                ]
            )
            for rule, said, title in warned
        ]
        yield f"CREATE VIEW {name(table.name + '_advice')} AS"
        yield "\n  UNION ALL\n".join(parts) + ";"


def _compile(standard: Standard) -> Artefact:
    scripts = {dialect: _Script(standard, dialect) for dialect in Dialect}
    files = {f"{d.value}.sql": script.text().encode() for d, script in scripts.items()}
    found = [loss for script in scripts.values() for loss in script.losses]
    # a loss of both dialects may stand in the list twice, once for each
    return Artefact(files, (*_merged(found), *of_the_standard(standard)))


def _merged(losses: list[Loss]) -> Iterator[Loss]:
    """Each loss once; without a dialect's name where both have it for the same reason."""
    plain: dict[Loss, set[str]] = {}
    for loss in losses:
        where, _, dialect = loss.where.partition(" (")
        plain.setdefault(Loss(loss.what, where, loss.why), set()).add(dialect.rstrip(")"))
    for loss, dialects in plain.items():
        (one, *others) = sorted(dialects)
        yield loss if others or not one else Loss(loss.what, f"{loss.where} ({one})", loss.why)


TARGET = Target(
    name="sql",
    title="SQL (PostgreSQL and SQLite)",
    describes=(
        "One script for PostgreSQL and one for SQLite: tables of text columns with constraints "
        "for values, missing reasons, keys, references and the rules of one record, a table of "
        "the codes with their labels, typed views, and a view of what rules warn of."
    ),
    compile=_compile,
)
