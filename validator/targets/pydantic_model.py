"""Pydantic: a Python module with a model of each table's records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from validator.expressions.values import matches
from validator.model.lexical import DATES, INTEGER, NUMBER, pattern_of
from validator.model.standard import Field, Kind, Rule, Severity, Standard, Table
from validator.registry import Artefact, Loss, Target
from validator.targets import _patterns as patterns
from validator.targets._logic import broken, unspecified
from validator.targets._losses import of_the_standard, place, rule_place, stale
from validator.targets._python_rules import attribute, condition, refusal
from validator.targets._writing import label

WIDTH = 96
LARGEST = 10**18 - 1
"""The largest integer that the engine takes (18 digits)."""


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[^0-9A-Za-z]+", name) if part)


def _literal(values: tuple[str, ...]) -> str:
    return f"Literal[{', '.join(map(repr, values))}]"


class _Module:
    """The text of the module, and what it leaves out."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._reasons = standard.missing_reasons
        self._lists = {codes.id: f"{_class_name(codes.id)}Code" for codes in standard.codelists}
        self.losses: list[Loss] = []

    def text(self) -> str:
        """The whole module."""
        standard = self._standard
        about = f'"""Records of {standard.id} {standard.version}, as pydantic models.'
        lines = [about, "", standard.digest, '"""', ""]
        lines.append(files(__package__).joinpath("_python_preamble.txt").read_text("utf-8"))
        lines += ["", f"_VISIBLE = {patterns.visible()!r}"]
        lines += [f"_PLACEHOLDER = {patterns.placeholder()!r}", ""]
        for codes in standard.codelists:
            lines += [f"{self._lists[codes.id]} = Literal["]
            lines += [f"    {code!r}," for code in codes.current if code not in self._missing]
            lines += ["]"]
        lines += ["", "LABELS = {"]
        for codes in [self._reasons, *standard.codelists]:
            lines += [f"    {codes.id!r}: {{"]
            lines += [f"        {code.code!r}: {label(code)!r}," for code in codes.codes]
            lines += ["    },"]
        lines += ["}", '"""The codes of each list with their labels in English."""']
        for table in standard.tables:
            lines += ["", "", *self._table(table)]
        lines += ["", "", "TABLES: dict[str, type[Record]] = {"]
        lines += [f"    {t.name!r}: {_class_name(t.name)}," for t in standard.tables]
        lines += ["}", '"""The model of each table."""']
        return "\n".join(lines) + "\n"

    @property
    def _missing(self) -> tuple[str, ...]:
        return tuple(self._reasons.by_code)

    def _table(self, table: Table) -> Iterator[str]:
        yield f"class {_class_name(table.name)}(Record):"
        yield f"    {_docstring(str(table.description) or str(table.title) or table.name)}"
        yield ""
        for field in table.fields:
            name = attribute(field)
            kind = self._kind(table, field)
            reasons = f" | {_literal(field.missing)}" if field.missing else ""
            blank = " | None" if field.optional else ""
            default = " = None" if field.optional else ""
            if name != field.name:
                none = "default=None, " if field.optional else ""
                default = f" = Field({none}alias={field.name!r})"
            yield f"    {name}: {kind}{reasons}{blank}{default}"
            said = str(field.description) or str(field.title)
            if said:
                yield f"    {_docstring(said)}"
        rules = [*self._rules(table)]
        if rules:
            yield ""
            yield "    rules: ClassVar[tuple[Rule, ...]] = ("
            yield from rules
            yield "    )"
        if table.key:
            why = f"Whether the key ({', '.join(table.key)}) is there twice takes more records."
            self.losses.append(Loss("key", place(table), why))
        for field in table.fields:
            if field.unique and (field.name,) != table.key:
                why = "Whether a value is there twice takes more than one record."
                self.losses.append(Loss("unique value", place(table, field.name), why))
            if field.references:
                why = f"Whether {field.references.table} holds the record takes another table."
                self.losses.append(Loss("reference", place(table, field.name), why))
        self.losses += stale(table)

    def _kind(self, table: Table, field: Field) -> str:
        match field.kind:
            case Kind.CODES if field.codelist and field.many:
                several = f"Annotated[list[{self._lists[field.codelist.id]}]"
                return f"{several}, _several({field.separator!r}), Field(min_length=1)]"
            case Kind.CODES if field.codelist:
                return self._lists[field.codelist.id]
            case Kind.BOOLEAN:
                return "Annotated[bool, Strict(), BeforeValidator(_boolean)]"
            case Kind.INTEGER:
                low, high = field.minimum or -LARGEST, field.maximum or LARGEST
                span = f"Field(ge={low}, le={high})"
                return f"Annotated[int, Strict(), {span}, _number({INTEGER!r}, int)]"
            case Kind.NUMBER:
                limits = [
                    f"{sign}={bound}"
                    for sign, bound in (("ge", field.minimum), ("le", field.maximum))
                    if bound is not None
                ]
                span = f"Field({', '.join(limits)}), " if limits else ""
                finite = "Field(allow_inf_nan=False), "
                return f"Annotated[float, {finite}{span}_number({NUMBER!r}, float)]"
            case Kind.DATE:
                span = ""
                if field.minimum or field.maximum:
                    span = f", _span({field.minimum or ''!r}, {field.maximum or ''!r})"
                return f"Annotated[str, {self._form(field, DATES[field.precision])}{span}]"
            case _:
                return self._string(table, field)

    def _form(self, field: Field, form: str, silent: str = "") -> str:
        pattern = pattern_of(field)
        alike = tuple(r for r in self._missing if pattern is None or matches(pattern, r))
        refuse = f", refuse={alike!r}" if alike else ""
        return f"_text({form!r}{refuse}{silent})"

    def _string(self, table: Table, field: Field) -> str:
        found = patterns.portable(field.pattern) if field.pattern else None
        if field.pattern and found is None:
            why = "The pattern has signs that engines read differently; it is left out."
            self.losses.append(Loss("pattern", place(table, field.name), why))
        silent = "" if field.pattern or field.free_text else ", silent=_PLACEHOLDER"
        lengths = [
            f"{name}={length}"
            for name, length in (("min_length", field.min_length), ("max_length", field.max_length))
            if length is not None
        ]
        limits = f", Field({', '.join(lengths)})" if lengths else ""
        return f"Annotated[str, {self._form(field, found.text if found else '', silent)}{limits}]"

    def _rules(self, table: Table) -> Iterator[str]:
        for field in table.fields:
            formula = unspecified(field, table, self._reasons)
            if formula:
                title = f"Where {field.name} is other, {field.specify} says which"
                said = condition(formula, self._reasons)
                yield from _rule(f"{field.name}-specified", Severity.ERROR, title, said)
        for rule in self._standard.rules_of(table.name):
            found = broken(rule, table, self._reasons, refusal)
            if found.beyond:
                self.losses.append(Loss(found.extent, rule_place(rule), " ".join(found.beyond)))
            if found.formula is None:
                continue
            if rule.severity is not Severity.ERROR:
                self._warns(rule)
            said = condition(found.formula, self._reasons)
            yield from _rule(rule.id, rule.severity, str(rule.title), said)

    def _warns(self, rule: Rule) -> None:
        why = "A model cannot warn: the method advice() of a record names the rule."
        self.losses.append(Loss("rule that warns", rule_place(rule), why))


def _rule(name: str, severity: Severity, title: str, said: str) -> Iterator[str]:
    yield "        Rule("
    yield f"            {name!r},"
    yield f"            {str(severity)!r},"
    yield f"            {title!r},"
    yield f"            lambda r: {said},"
    yield "        ),"


def _docstring(words: str) -> str:
    safe = " ".join(words.split()).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{safe}"""' if not safe.endswith('"') else f'"""{safe} """'


def _compile(standard: Standard) -> Artefact:
    module = _Module(standard)
    name = f"{standard.id.replace('-', '_')}.py"
    made = {name: module.text().encode()}
    return Artefact(made, (*module.losses, *of_the_standard(standard)))


TARGET = Target(
    name="pydantic",
    title="Pydantic models (Python)",
    describes=(
        "A Python module with a pydantic 2 model of each table's records, which reads text as a "
        "CSV file has it: codes and missing reasons as literals, patterns, limits, and the rules "
        "of one record. It needs pydantic and nothing of accordant."
    ),
    compile=_compile,
)
