"""Rules as formulas over the cells of one record, for targets that have a language of formulas.

The same pairs as in ``expressions.conditions`` (where a condition certainly holds, and where it
certainly fails), for records whose cells are each already known to be a value, a missing reason
or a blank. What a target cannot say is "never" in both halves: its rule then speaks less often
than the engine's, and never more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from validator.expressions.conditions import satisfies
from validator.model.condition import All, AnyOf, Condition, FieldRef, Not, Op, Test, Today
from validator.model.lexical import domain
from validator.model.standard import CodeList, Field, Kind, Rule, Table
from validator.targets._losses import unlike_rule


class Constant(Enum):
    """What needs no cell."""

    ALWAYS = True
    NEVER = False


@dataclass(frozen=True)
class Among:
    """The cell's text is one of ``texts``: values or missing reasons."""

    field: Field
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Recorded:
    """The cell holds a value: it is neither blank nor a missing reason."""

    field: Field


@dataclass(frozen=True)
class Blank:
    """There is nothing in the cell."""

    field: Field


class Measure(Enum):
    """What two values are compared by."""

    TEXT = "text"
    NUMBER = "number"
    POSITION = "position"


@dataclass(frozen=True)
class Compare:
    """A recorded value against a literal, another recorded value, or the day of the check."""

    op: Op
    field: Field
    other: str | Field | Today

    @property
    def measure(self) -> Measure:
        """Numbers, places in an ordered list, or texts."""
        if self.field.kind in {Kind.INTEGER, Kind.NUMBER}:
            return Measure.NUMBER
        ordered = self.field.codelist and self.field.codelist.ordered
        return Measure.POSITION if ordered and self.op not in {Op.EQ, Op.NE} else Measure.TEXT


@dataclass(frozen=True)
class Matches:
    """A recorded value has the form of a pattern, as a whole."""

    field: Field
    pattern: str


@dataclass(frozen=True)
class Begins:
    """A recorded value begins with a text, or with another recorded value of ``length``."""

    field: Field
    start: str | Field
    length: int


@dataclass(frozen=True)
class Holds:
    """A recorded cell of several codes holds one of these."""

    field: Field
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Joined:
    """Every part holds (``every``), or one or more of them."""

    every: bool
    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Opposite:
    """The leaf does not hold. It only ever stands beside ``Recorded`` of the same fields."""

    leaf: Leaf


Leaf = Among | Recorded | Blank | Compare | Matches | Begins | Holds
Formula = Leaf | Joined | Opposite | Constant
Refusal = Callable[[Leaf], str | None]
"""Why a target cannot say a leaf; None where it can."""


@dataclass(frozen=True)
class Broken:
    """Where a rule is certainly broken (None: never), and what of the rule that leaves out."""

    formula: Formula | None
    beyond: tuple[str, ...] = ()

    @property
    def extent(self) -> str:
        """The kind of the loss."""
        return "rule" if self.formula is None else "rule in part"


@dataclass(frozen=True)
class Words:
    """A language of formulas: how it writes a leaf, and how it joins what is written."""

    leaf: Callable[[Leaf], str]
    every: Callable[[Sequence[str]], str]
    some: Callable[[Sequence[str]], str]
    opposite: Callable[[str], str]
    always: str
    never: str


def written(formula: Formula, words: Words) -> str:
    """The formula in a language."""
    match formula:
        case Constant():
            return words.always if formula.value else words.never
        case Joined(every, parts):
            said = [written(part, words) for part in parts]
            return words.every(said) if every else words.some(said)
        case Opposite(leaf):
            return words.opposite(words.leaf(leaf))
        case _:
            return words.leaf(formula)


def broken(rule: Rule, table: Table, reasons: CodeList, refusal: Refusal) -> Broken:
    """A rule of one record as the formula of the records that break it."""
    unlike = unlike_rule(rule)
    if unlike or rule.then is None:
        return Broken(None, (unlike,) if unlike else ())
    lower = _Lowering(table, reasons, refusal)
    when = lower.truth(rule.when) if rule.when else _Truth(Constant.ALWAYS, Constant.NEVER)
    then = lower.truth(rule.then)
    formula = _joined(every=True, parts=(when.holds, then.fails))
    beyond = tuple(dict.fromkeys(lower.beyond))
    return Broken(None if formula is Constant.NEVER else formula, beyond)


def unspecified(field: Field, table: Table, reasons: CodeList) -> Formula | None:
    """Where the code for "other" is given and not explained; None without such a code."""
    if not field.others or not field.specify:
        return None
    says = table.by_name[field.specify]
    silent: tuple[Formula, ...] = (Blank(says),)
    if reasons.codes:
        silent = (*silent, Among(says, tuple(reasons.by_code)))
    unsaid = _joined(every=False, parts=silent)
    return _joined(every=True, parts=(Among(field, field.others), unsaid))


def fields_in(formula: Formula) -> tuple[Field, ...]:
    """The fields that a formula reads, once each."""
    match formula:
        case Constant():
            return ()
        case Joined(_, parts):
            found = [field for part in parts for field in fields_in(part)]
        case Opposite(leaf):
            found = [*fields_in(leaf)]
        case Compare(_, field, other) | Begins(field, other, _):
            found = [field, *([other] if isinstance(other, Field) else [])]
        case _:
            found = [formula.field]
    return tuple({field.name: field for field in found}.values())


def _joined(*, every: bool, parts: Iterable[Formula]) -> Formula:
    neutral, final = Constant(every), Constant(not every)
    kept: list[Formula] = []
    for part in parts:
        if part is final:
            return final
        if part is neutral:
            continue
        inner = part.parts if isinstance(part, Joined) and part.every is every else (part,)
        kept += [item for item in inner if item not in kept]
    return Joined(every, tuple(kept)) if len(kept) > 1 else kept[0] if kept else neutral


@dataclass(frozen=True)
class _Truth:
    holds: Formula
    fails: Formula


_UNKNOWN = _Truth(Constant.NEVER, Constant.NEVER)


class _Lowering:
    """Turns the conditions of one table into formulas; collects what cannot be said."""

    def __init__(self, table: Table, reasons: CodeList, refusal: Refusal) -> None:
        self._table = table
        self._reasons = reasons
        self._telling = tuple(code.code for code in reasons.codes if not code.withholds)
        self._refusal = refusal
        self.beyond: list[str] = []

    def truth(self, condition: Condition) -> _Truth:
        match condition:
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All)
                truths = [self.truth(part) for part in parts]
                return _Truth(
                    _joined(every=every, parts=(t.holds for t in truths)),
                    _joined(every=not every, parts=(t.fails for t in truths)),
                )
            case Not(part):
                truth = self.truth(part)
                return _Truth(truth.fails, truth.holds)
            case Test():
                return self._test(condition)

    def _field(self, ref: FieldRef) -> Field | None:
        if ref.table not in {None, self._table.name}:
            self.beyond.append(f"It reads the table {ref.table}.")
            return None
        return self._table.by_name[ref.field]

    def _among(self, field: Field, texts: Iterable[str]) -> Formula:
        found = tuple(dict.fromkeys(texts))
        return Among(field, found) if found else Constant.NEVER

    def _test(self, test: Test) -> _Truth:
        field = self._field(test.field)
        others = {id(x): self._field(x) if isinstance(x, FieldRef) else x for x in test.operands}
        operands = [others[id(operand)] for operand in test.operands]
        if field is None or None in operands:
            return _UNKNOWN
        if test.op is Op.RECORDED:
            silent = (Blank(field), self._among(field, self._telling))
            present, absent = Recorded(field), _joined(every=False, parts=silent)
            return _Truth(present, absent) if operands == ["true"] else _Truth(absent, present)
        texts = [operand for operand in operands if isinstance(operand, str)]
        if test.op is Op.MISSING:
            asked = texts or self._telling
            rest = self._among(field, (r for r in self._telling if r not in asked))
            held = _joined(every=False, parts=(Recorded(field), rest))
            return _Truth(self._among(field, asked), held)
        if len(texts) < len(operands) > 1:
            # a list that mixes values and fields: one of them
            each = tuple(Test(test.field, Op.EQ, (x,), test.origin) for x in test.operands)
            either: Condition = AnyOf(each)
            return self.truth(Not(either) if test.op is Op.NOT_IN else either)
        return self._against(test.op, field, operands, texts)

    def _against(
        self, op: Op, field: Field, operands: Sequence[str | Field | Today | None], texts: list[str]
    ) -> _Truth:
        listed = domain(field)
        # a comparison says it shorter than a list of numbers or dates
        spans = field.kind in {Kind.INTEGER, Kind.DATE}
        whole = spans and op not in {Op.MATCHES, Op.STARTS_WITH}
        if texts and listed is not None and not whole:
            values = [value for value in listed if value not in self._reasons.by_code]
            true = [value for value in values if satisfies(op, field, value, texts)]
            false = [value for value in values if value not in true]
            return _Truth(self._among(field, true), self._among(field, false))
        first = operands[0]
        if op is Op.STARTS_WITH and not isinstance(first, Today) and first is not None:
            length = len(first) if isinstance(first, str) else len((domain(first) or ("",))[0])
            return self._guarded(Begins(field, first, length), same=True)
        if op is Op.MATCHES:
            return self._guarded(Matches(field, texts[0]), same=True)
        same = op not in {Op.NE, Op.NOT_IN}
        if field.many:
            return self._guarded(Holds(field, tuple(texts)), same=same)
        if op in {Op.EQ, Op.NE, Op.IN, Op.NOT_IN} and texts and not whole_number(field):
            return self._guarded(Among(field, tuple(texts)), same=same)
        if op in {Op.IN, Op.NOT_IN, Op.NE} or len(operands) > 1:
            either = [self._guarded(Compare(Op.EQ, field, x), same=True) for x in operands if x]
            holds = _joined(every=False, parts=(t.holds for t in either))
            fails = _joined(every=True, parts=(t.fails for t in either))
            return _Truth(holds, fails) if same else _Truth(fails, holds)
        return self._guarded(Compare(op, field, first or ""), same=True)

    def _guarded(self, leaf: Leaf, *, same: bool) -> _Truth:
        refused = self._refusal(leaf)
        if refused:
            self.beyond.append(refused)
            return _UNKNOWN
        known = tuple(Recorded(field) for field in fields_in(leaf))
        does = _joined(every=True, parts=(*known, leaf))
        does_not = _joined(every=True, parts=(*known, Opposite(leaf)))
        return _Truth(does, does_not) if same else _Truth(does_not, does)


def whole_number(field: Field) -> bool:
    """Whether equal values may stand in unequal texts, or are numbers."""
    return field.kind in {Kind.INTEGER, Kind.NUMBER}
