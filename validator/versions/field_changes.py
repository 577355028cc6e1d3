"""How one field differs between two versions, its codes apart.

One row of ``ASPECTS`` is one thing that a field says: what it is called, how it is read from a
field, and what a difference does to records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from validator.expressions.values import PLACEHOLDERS, matches
from validator.model.lexical import bare
from validator.model.standard import Field, Identifies, Kind
from validator.versions.change import Change, Effect, both

Judge = Callable[[Field, Field], Effect | None]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that a field says. ``judge`` is asked only where ``of`` differs."""

    kind: str
    name: str
    of: Callable[[Field], Any]
    judge: Judge


def compare(where: str, old: Field, new: Field) -> Iterator[Change]:
    """Every difference of two fields of one name."""
    if old.kind is not new.kind:
        # the other aspects of two kinds have nothing to do with each other
        what = f"It held {_KINDS[old.kind]}, and holds {_KINDS[new.kind]}."
        yield Change("field-type", where, what, Effect.CHANGED)
        return
    # days are not compared with months
    apart = {"field-minimum", "field-maximum"} if old.precision is not new.precision else set()
    for aspect in ASPECTS:
        before, after = aspect.of(old), aspect.of(new)
        if before == after or aspect.kind in apart:
            continue
        effect = aspect.judge(old, new)
        if effect is not None:
            what = f"{aspect.name}: {_shown(before)} before, {_shown(after)} now."
            yield Change(aspect.kind, where, what, effect)
    yield from _words(where, old, new)


def _words(where: str, old: Field, new: Field) -> Iterator[Change]:
    told = ("title", "description")
    parts = [name for name in told if getattr(old, name) != getattr(new, name)]
    if parts:
        what = f"Its {' and '.join(parts)} changed."
        # a first description only says what was meant all along
        english = [(str(getattr(old, name)), str(getattr(new, name))) for name in parts]
        review = any(before and before != after for before, after in english)
        yield Change("field-words", where, what, Effect.WORDED, review)
    notes = [n for n in ("source", "status", "published") if getattr(old, n) != getattr(new, n)]
    if notes:
        yield Change("field-notes", where, f"Its {' and '.join(notes)} changed.", Effect.WORDED)


_KINDS = {
    Kind.STRING: "text",
    Kind.INTEGER: "whole numbers",
    Kind.NUMBER: "numbers",
    Kind.DATE: "dates",
    Kind.BOOLEAN: "true or false",
    Kind.CODES: "codes",
}


def _shown(value: Any) -> str:
    match value:
        case None | "" | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _presence(field: Field) -> str:
    if field.required:
        return "required"
    return "optional" if field.optional else "a value or a reason"


def _amount(field: Field, limit: str | None) -> Any:
    """A limit as it is compared: dates sort as text, and 1.0 is 1."""
    if limit is None:
        return None
    return limit if field.kind is Kind.DATE else Decimal(limit)


def _limits(of: Callable[[Field], Any], *, low: bool) -> Judge:
    """A limit that moves inwards shuts values out; one that moves outwards lets values in."""

    def judge(old: Field, new: Field) -> Effect:
        before, after = of(old), of(new)
        if before is None or after is None:
            return Effect.NARROWED if before is None else Effect.WIDENED
        return Effect.NARROWED if (after > before) is low else Effect.WIDENED

    return judge


def _demand(of: Callable[[Field], Any]) -> Judge:
    """Something that is asked of records now, or asked no longer."""

    def judge(old: Field, new: Field) -> Effect:
        if of(old) and of(new):
            return Effect.CHANGED
        return Effect.NARROWED if of(new) else Effect.WIDENED

    return judge


def _freedom(of: Callable[[Field], Any]) -> Judge:
    return lambda _old, new: Effect.WIDENED if of(new) else Effect.NARROWED


def _always(effect: Effect) -> Judge:
    return lambda _old, _new: effect


def _absence(old: Field, new: Field) -> Effect:
    blank = both(old.optional and not new.optional, new.optional and not old.optional)
    return blank or Effect.WORDED


def _reasons(old: Field, new: Field) -> Effect:
    before, after = set(old.missing), set(new.missing)
    return both(bool(before - after), bool(after - before)) or Effect.WORDED


def _pattern(old: Field, new: Field) -> Effect:
    if old.pattern is None:
        return Effect.NARROWED
    if new.pattern is not None:
        # two patterns cannot be compared, only two languages could
        return Effect.CHANGED
    # what a pattern allowed is taken as it is; without one, texts such as "x" say nothing
    fillers = {form for text in PLACEHOLDERS for form in (text, text.upper(), text.title())}
    said = any(matches(old.pattern, text) for text in fillers)
    return Effect.CHANGED if said and not new.free_text else Effect.WIDENED


def _identifies(old: Field, new: Field) -> Effect:
    """A pseudonym is not searched for what identifies somebody; any other text is."""
    was, is_ = (field.identifies is Identifies.PSEUDONYM for field in (old, new))
    return both(was and not is_, is_ and not was) or Effect.MEANING


def _quasi(field: Field) -> bool:
    return field.quasi_identifier


def _sensitive(field: Field) -> bool:
    return field.sensitive


def _minimum(field: Field) -> Any:
    return _amount(field, field.minimum)


def _maximum(field: Field) -> Any:
    return _amount(field, field.maximum)


def _shortest(field: Field) -> int | None:
    # a cell that holds nothing is no text: no limit below 2 shuts anything out
    return field.min_length if field.min_length and field.min_length > 1 else None


def _longest(field: Field) -> int | None:
    return field.max_length


def _unique(field: Field) -> bool:
    return field.unique


def _references(field: Field) -> str | None:
    to = field.references
    return f"{to.table}.{to.field}" if to else None


def _free(field: Field) -> bool:
    return field.free_text


ASPECTS = (
    Aspect("field-precision", "Precision", lambda f: f.precision, _always(Effect.CHANGED)),
    Aspect("field-many", "Several codes", lambda f: f.many, _always(Effect.CHANGED)),
    Aspect(
        "field-separator",
        "Separator",
        lambda f: f.separator if f.many else None,
        lambda old, new: Effect.CHANGED if old.many and new.many else None,
    ),
    Aspect("field-presence", "A cell is", _presence, _absence),
    Aspect("field-reasons", "Missing reasons", lambda f: tuple(sorted(f.missing)), _reasons),
    Aspect("field-minimum", "Minimum", _minimum, _limits(_minimum, low=True)),
    Aspect("field-maximum", "Maximum", _maximum, _limits(_maximum, low=False)),
    Aspect("field-min-length", "Shortest text", _shortest, _limits(_shortest, low=True)),
    Aspect("field-max-length", "Longest text", _longest, _limits(_longest, low=False)),
    Aspect("field-pattern", "Pattern", lambda f: f.pattern and bare(f.pattern), _pattern),
    Aspect("field-unique", "Each value once", _unique, _demand(_unique)),
    Aspect("field-references", "References", _references, _demand(_references)),
    Aspect("field-free-text", "Free text", _free, _freedom(_free)),
    Aspect(
        "field-specify",
        "Explains 'other'",
        lambda f: f.specify,
        lambda old, new: Effect.CHANGED if old.others or new.others else Effect.QUIET,
    ),
    Aspect("field-identifies", "Identifies", lambda f: f.identifies, _identifies),
    Aspect("field-quasi-identifier", "Quasi-identifier", _quasi, _demand(_quasi)),
    Aspect("field-sensitive", "Sensitive", _sensitive, _demand(_sensitive)),
    # what a text seems to say is only ever a warning
    Aspect(
        "field-speaks-for",
        "Speaks for",
        lambda f: tuple((s.field, s.role, s.wording, s.several) for s in f.speaks_for),
        _always(Effect.QUIET),
    ),
)
