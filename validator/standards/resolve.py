"""What the parts of a standard say of each other: every name must lead somewhere.

These faults make a standard unusable. What is merely unwise is for ``accordant lint``.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator

import re2

from validator.errors import Problem
from validator.expressions.values import is_value, whole
from validator.model.condition import Condition, FieldRef, Op, Test, Today, fields_of, tests_of
from validator.model.lexical import domain, is_ordered, pattern_of
from validator.model.standard import Field, Kind, Rule, Speaks, Standard, Table
from validator.model.text import Origin
from validator.standards.portable import faults

ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)


def resolve(standard: Standard) -> list[Problem]:
    """Every fault, in the order of the files."""
    found = [*_names(standard), *_reasons(standard)]
    for table in standard.tables:
        found += _table(standard, table)
    if not found:
        # conditions on fields that are themselves at fault would only repeat it
        for rule in standard.rules:
            found += _rule(standard, rule)
    return found


def _problem(at: Origin, what: str, cure: str = "", lint: str = "unresolved") -> Problem:
    return Problem(at.file, at.line, at.column, what, cure, lint)


def _near(name: str, known: Iterable[str]) -> str:
    known = sorted(known)
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return f"Did you mean '{near[0]}'?"
    shown = ", ".join(known[:12])
    return f"There are: {shown}{', ...' if len(known) > 12 else ''}." if known else ""


def _names(standard: Standard) -> Iterator[Problem]:
    for kind, items in (
        ("table", [(t.name, t.origin) for t in standard.tables]),
        ("rule", [(r.id, r.origin) for r in standard.rules]),
    ):
        counts = Counter(name for name, _ in items)
        for name, origin in {name: origin for name, origin in items if counts[name] > 1}.items():
            yield _problem(origin, f"The {kind} '{name}' is here twice.", "Rename one of them.")


def _reasons(standard: Standard) -> Iterator[Problem]:
    for table in standard.tables:
        for field in table.fields:
            for reason in field.missing:
                if reason not in standard.missing_reasons.by_code:
                    what = f"'{reason}' is not a missing reason of this standard."
                    known = standard.missing_reasons.by_code
                    yield _problem(field.origin, what, _near(reason, known))
            yield from _lookalikes(standard, field)
            clash = set(field.codelist.by_code if field.codelist else ()).intersection(
                standard.missing_reasons.by_code
            )
            for code in sorted(clash):
                what = f"'{code}' is a code of '{field.name}' and a missing reason as well."
                yield _problem(field.origin, what, "A missing reason belongs under 'missing' only.")


def _lookalikes(standard: Standard, field: Field) -> Iterator[Problem]:
    """Missing reasons that could be read as a value, such as 99 in a count."""
    pattern = None if field.kind is Kind.STRING else pattern_of(field)
    for reason in standard.missing_reasons.by_code if pattern else ():
        if whole(pattern or "").search(reason):
            what = f"The missing reason '{reason}' could be a value of '{field.name}'."
            yield _problem(field.origin, what, "Give the reason a code in words.")


def _table(standard: Standard, table: Table) -> Iterator[Problem]:
    for name in table.key:
        if name not in table.by_name:
            what = f"The key '{name}' is not a field of '{table.name}'."
            yield _problem(table.origin, what, _near(name, table.by_name))
    for stale in table.stale:
        yield from _stale(table, stale.field, stale.reviewed, stale.codes, stale.origin)
    for field in table.fields:
        yield from _field(table, field)
        yield from _reference(standard, field)


def _stale(
    table: Table, coded: str, reviewed: str, codes: tuple[str, ...], at: Origin
) -> Iterator[Problem]:
    for name in (coded, reviewed):
        if name not in table.by_name:
            what = f"'{name}' is not a field of '{table.name}'."
            yield _problem(at, what, _near(name, table.by_name))
    field = table.by_name.get(coded)
    for code in codes:
        if field and code not in (field.codelist.by_code if field.codelist else ()):
            yield _problem(at, f"'{code}' is not a code of '{coded}'.", "Name one of its codes.")
    if table.by_name.get(reviewed) and table.by_name[reviewed].kind is not Kind.DATE:
        yield _problem(at, f"'{reviewed}' is not a date.", "Name a field of type date.")


def _field(table: Table, field: Field) -> Iterator[Problem]:
    at = field.origin
    if field.required and (field.optional or field.missing):
        also = "'optional'" if field.optional else "'missing'"
        what = f"'{field.name}' is 'required', yet has {also}."
        yield _problem(at, what, "A required field holds a value, always: keep one of the two.")
    if field.many and field.kind is not Kind.CODES:
        yield _problem(at, f"'{field.name}' has 'many' but no 'codes'.", "Only codes can be many.")
    if field.many and field.codelist:
        for code in field.codelist.by_code:
            if field.separator in code:
                what = f"The code '{code}' holds the separator '{field.separator}'."
                yield _problem(at, what, "Choose another separator.")
    if field.specify and field.specify not in table.by_name:
        what = f"'specify' names '{field.specify}', which is not a field of '{table.name}'."
        yield _problem(at, what, _near(field.specify, table.by_name))
    for speaks in field.speaks_for:
        yield from _speaks(table, field, speaks)
    yield from _limits(field)
    if field.pattern is not None:
        yield from _pattern(field.pattern, f"The pattern of '{table.name}.{field.name}'", at)


def _speaks(table: Table, field: Field, speaks: Speaks) -> Iterator[Problem]:
    at, about = speaks.origin, table.by_name.get(speaks.field)
    if field.kind is not Kind.STRING:
        yield _problem(at, f"'{field.name}' has 'speaks_for', but is no text.", "Remove it.")
    if about is None:
        what = f"'speaks_for' names '{speaks.field}', which is not a field of '{table.name}'."
        yield _problem(at, what, _near(speaks.field, table.by_name))
        return
    codes = about.codelist.by_code if about.codelist else {}
    if about.kind not in {Kind.CODES, Kind.INTEGER}:
        what = f"'speaks_for' names '{about.name}', which holds neither codes nor whole numbers."
        yield _problem(at, what, "Name a field with 'codes', or an integer.")
    elif speaks.several is not None and speaks.several not in codes:
        what = f"'{speaks.several}' is not a code of '{about.name}'."
        yield _problem(at, what, _near(speaks.several, codes))


def _limits(field: Field) -> Iterator[Problem]:
    at = field.origin
    ranged = field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}
    for word, limit in (("minimum", field.minimum), ("maximum", field.maximum)):
        if limit is None:
            continue
        if not ranged:
            what = f"'{field.name}' has a '{word}', but nothing to compare with it."
            yield _problem(at, what, "Only integers, numbers and dates have limits.")
        elif whole(pattern_of(field) or "").search(limit) is None:
            what = f"The {word} '{limit}' is not a value of the field."
            yield _problem(at, what, f"Write it as the field's values are ({field.kind}).")
    if ranged and not any(p for p in (field.minimum, field.maximum) if p is None):
        low, high = _sortable(field, field.minimum), _sortable(field, field.maximum)
        if low is not None and high is not None and low > high:  # type: ignore[operator]  # because both are of the field's kind
            yield _problem(at, "The minimum is above the maximum.", "Exchange them.")
    if (field.min_length or 0) > (field.max_length if field.max_length is not None else 10**9):
        yield _problem(at, "min_length is above max_length.", "Exchange them.")
    if field.kind is not Kind.STRING and (field.pattern or field.min_length or field.max_length):
        what = f"'{field.name}' has a pattern or a length, but is no string."
        yield _problem(at, what, "Remove it, or make the field a string.")


def _sortable(field: Field, limit: str | None) -> object:
    if limit is None or whole(pattern_of(field) or "").search(limit) is None:
        return None
    return limit if field.kind is Kind.DATE else float(limit)


def _pattern(pattern: str, name: str, at: Origin) -> Iterator[Problem]:
    """What in a pattern not every engine has, or reads in the same way."""
    found = list(faults(pattern))
    for what, cure in found:
        yield _problem(at, f"{name} has {what}.", cure, "unportable-pattern")
    if found:
        return
    try:
        whole(pattern)
    except re2.error:
        cure = "Use the portable subset: no look-around, no back-references, balanced brackets."
        yield _problem(at, f"{name} cannot be used.", cure, "unportable-pattern")


def _reference(standard: Standard, field: Field) -> Iterator[Problem]:
    if field.references is None:
        return
    table = standard.by_name.get(field.references.table)
    if table is None:
        what = f"'{field.name}' references the table '{field.references.table}', which is nowhere."
        yield _problem(field.origin, what, _near(field.references.table, standard.by_name))
    elif table.key != (field.references.field,):
        what = f"'{field.references.field}' is not the key of '{table.name}'."
        yield _problem(field.origin, what, "Reference the table's key.")


def _rule(standard: Standard, rule: Rule) -> Iterator[Problem]:
    table = standard.by_name.get(rule.table)
    if table is None:
        what = f"The rule '{rule.id}' is on the table '{rule.table}', which is nowhere."
        yield _problem(rule.origin, what, _near(rule.table, standard.by_name))
        return
    for condition in (rule.when, rule.then):
        yield from _condition(standard, table, condition)
    if rule.count and isinstance(rule.count.number, FieldRef):
        found = find(standard, table, rule.count.number)
        if found is None or found.kind is not Kind.INTEGER:
            what = f"The count is compared with '{rule.count.number}', which is no integer field."
            yield _problem(rule.origin, what, f"Name an integer field of '{table.name}'.")
    for counted in (rule.count, rule.exists):
        if counted is None:
            continue
        other = standard.by_name.get(counted.table)
        if other is None:
            what = f"The rule '{rule.id}' looks at the table '{counted.table}', which is nowhere."
            yield _problem(rule.origin, what, _near(counted.table, standard.by_name))
            continue
        for where in (table, other):
            if counted.on not in where.by_name:
                what = f"'{counted.on}' is not a field of '{where.name}'."
                yield _problem(rule.origin, what, _near(counted.on, where.by_name))
        if rule.table == other.name or table.key != (counted.on,):
            what = f"The rule '{rule.id}' must join on the key of '{table.name}'."
            yield _problem(rule.origin, what, "Put the rule on the parent table.")
        yield from _condition(standard, other, counted.where)
    yield from _examples(standard, rule)


def find(standard: Standard, table: Table, ref: FieldRef) -> Field | None:
    """The field that a reference names, seen from ``table``; None where it leads nowhere."""
    if ref.table is None or ref.table == table.name:
        return table.by_name.get(ref.field)
    if ref.table in table.parents() and ref.table in standard.by_name:
        return standard.by_name[ref.table].by_name.get(ref.field)
    return None


def _condition(standard: Standard, table: Table, condition: Condition | None) -> Iterator[Problem]:
    for test in tests_of(condition):
        unknown = False
        for ref in fields_of(test):
            if find(standard, table, ref) is None:
                unknown = True
                known = [*table.by_name, *(f"{name}.*" for name in table.parents())]
                what = f"'{ref}' is not a field that a rule on '{table.name}' can read."
                yield _problem(test.origin, what, _near(str(ref), known))
        if not unknown:
            field = find(standard, table, test.field)
            if field is not None:
                yield from _test(standard, table, test, field)


def _test(standard: Standard, table: Table, test: Test, field: Field) -> Iterator[Problem]:
    at, reasons = test.origin, standard.missing_reasons
    if test.op is Op.RECORDED:
        return
    if test.op is Op.MISSING:
        for reason in test.operands:
            if reason not in reasons.by_code:
                what = f"'{reason}' is not a missing reason of this standard."
                yield _problem(at, what, _near(str(reason), reasons.by_code))
        return
    if test.op in ORDER and not is_ordered(field):
        what = f"'{test.field}' has no order, so '{test.op}' means nothing."
        yield _problem(at, what, "Use a list of codes, or mark the code list 'ordered: true'.")
    if test.op is Op.MATCHES:
        yield from _pattern(str(test.operands[0]), f"The pattern for '{test.field}'", at)
        return
    for operand in test.operands:
        if isinstance(operand, Today):
            if field.kind is not Kind.DATE:
                yield _problem(at, f"'{test.field}' is no date.", "'today' goes with dates only.")
        elif isinstance(operand, FieldRef):
            yield from _pair(standard, table, test, operand)
        elif test.op is not Op.STARTS_WITH and not _is_operand(field, operand, standard):
            what = f"'{operand}' is not a value of '{test.field}'."
            listed = domain(field) or (field.codelist.current if field.codelist else ())
            cure = _near(operand, listed) if listed else "Write it as the field's values are."
            if operand in reasons.by_code:
                cure = f"To test a missing reason, write {{missing: [{operand}]}}."
            yield _problem(at, what, cure)


def _is_operand(field: Field, text: str, standard: Standard) -> bool:
    if field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}:
        return whole(pattern_of(field) or "").search(text) is not None
    if field.kind is Kind.STRING:
        return True
    if field.codelist:
        return text in field.codelist.by_code
    # of a code list that is nowhere its field tells
    return domain(field) is None or is_value(field, text, standard.missing_reasons)


def _pair(standard: Standard, table: Table, test: Test, other: FieldRef) -> Iterator[Problem]:
    left, right = find(standard, table, test.field), find(standard, table, other)
    if left is None or right is None:
        return
    if test.op is Op.STARTS_WITH:
        lengths = {len(value) for value in domain(right) or ("", "x")}
        if len(lengths) != 1:
            what = f"The values of '{other}' are not all of one length."
            yield _problem(test.origin, what, "A prefix must be a code of fixed length.")
        return
    numeric = {Kind.INTEGER, Kind.NUMBER}
    alike = left.kind is right.kind or {left.kind, right.kind} <= numeric
    if left.many or right.many or not alike or left.precision is not right.precision:
        what = f"'{test.field}' and '{other}' cannot be compared."
        yield _problem(test.origin, what, "They must be of one kind, precision and single value.")
    elif test.op in ORDER and left.codelist and left.codelist is not right.codelist:
        what = f"'{test.field}' and '{other}' have code lists of their own."
        yield _problem(test.origin, what, "Codes can be ordered within one list only.")


def _examples(standard: Standard, rule: Rule) -> Iterator[Problem]:
    for example in (*rule.passing, *rule.failing):
        for name, records in example.items():
            table = standard.by_name.get(name)
            if table is None:
                what = f"An example of '{rule.id}' names the table '{name}', which is nowhere."
                yield _problem(rule.origin, what, _near(name, standard.by_name))
                continue
            for unknown in sorted({n for r in records for n in r if n not in table.by_name}):
                what = f"An example of '{rule.id}' names '{unknown}', no field of '{name}'."
                yield _problem(rule.origin, what, _near(unknown, table.by_name))
