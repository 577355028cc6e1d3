"""How a code list, or the list of missing reasons, differs between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.model.standard import Code, CodeList
from validator.versions.change import Change, Effect

Becomes = Mapping[str, str]
"""What a migration writes for an old code."""


def compare(
    where: str, old: CodeList, new: CodeList, *, explained: bool, becomes: Becomes
) -> Iterator[Change]:
    """Every difference of two lists. ``explained``: a field says in words what 'other' stands for.

    Where it does, a code more is more than that: what was recorded as 'other' has a code now. A
    code less, or a word, likewise changes what may be said beside 'other'.
    """
    more, less, words = _PLAIN if not explained else (Effect.CHANGED,) * 3
    for code in old.codes:
        if code.code not in new.by_code:
            to = becomes.get(code.code)
            cure = f" The migration writes {to}." if to else ""
            yield Change("code-removed", where, f"{code.code} is gone.{cure}", less)
    for code in new.codes:
        before = old.by_code.get(code.code)
        if before is None:
            if code.retired is None:
                yield Change("code-added", where, f"{_named(code)} is new.", more)
        else:
            yield from _code(where, before, code, more, less, words)
    yield from _order(where, old, new)
    if old.title != new.title or (old.source, old.status) != (new.source, new.status):
        yield Change("list-words", where, "Its title, source or status changed.", Effect.WORDED)


_PLAIN = (Effect.WIDENED, Effect.NARROWED, Effect.WORDED)
"""What a code more, a code less, and another word do to records."""


def _code(
    where: str, old: Code, new: Code, more: Effect, less: Effect, words: Effect
) -> Iterator[Change]:
    if old.retired is None and new.retired is not None:
        use = f", in favour of {new.retired.use}" if new.retired.use else ""
        yield Change("code-retired", where, f"{new.code} is retired{use}.", less)
    elif old.retired is not None and new.retired is None:
        yield Change("code-restored", where, f"{new.code} may be used again.", more)
    elif old.retired != new.retired:
        what = f"What replaces the retired {new.code} changed."
        yield Change("code-words", where, what, Effect.WORDED)
    flags = ("other", "inapplicable", "withholds")
    for flag in flags:
        if getattr(old, flag) != getattr(new, flag):
            said = "is" if getattr(new, flag) else "is no longer"
            what = f"{new.code} {said} marked as '{flag}'."
            yield Change("code-marks", where, what, Effect.CHANGED)
    if old.label != new.label or old.description != new.description:
        english = [(str(o), str(n)) for o, n in _texts(old, new)]
        review = any(before and before != after for before, after in english)
        what = f"The label or description of {new.code} changed."
        yield Change("code-words", where, what, words, review)
    if old.terms != new.terms:
        what = f"The synonyms of {new.code} changed."
        yield Change("code-terms", where, what, words)
    if (old.source, old.status) != (new.source, new.status):
        what = f"The source or status of {new.code} changed."
        yield Change("code-words", where, what, Effect.WORDED)


def _texts(old: Code, new: Code) -> Iterator[tuple[object, object]]:
    yield old.label, new.label
    yield old.description, new.description


def _order(where: str, old: CodeList, new: CodeList) -> Iterator[Change]:
    if old.ordered != new.ordered:
        effect = Effect.QUIET if new.ordered else Effect.MEANING
        what = f"Its order {'means' if new.ordered else 'no longer means'} more or less."
        yield Change("list-order", where, what, effect)
    before = [code.code for code in old.codes if code.code in new.by_code]
    after = [code.code for code in new.codes if code.code in old.by_code]
    if before != after:
        scale = old.ordered and new.ordered
        what = "Codes stand in another order."
        yield Change("list-order", where, what, Effect.CHANGED if scale else Effect.WORDED)


def reasons(old: CodeList, new: CodeList) -> Iterator[Change]:
    """The list of missing reasons. Which of them a field allows is the field's to say."""
    where = "missing reasons"
    for name in old.by_code:
        if name not in new.by_code:
            yield Change("reason-removed", where, f"{name} is gone.", Effect.QUIET)
    for code in new.codes:
        before = old.by_code.get(code.code)
        if before is None:
            yield Change("reason-added", where, f"{_named(code)} is new.", Effect.QUIET)
        else:
            # no field explains a missing reason in words
            for change in _code(where, before, code, *_PLAIN):
                kind = change.kind.replace("code-", "reason-")
                yield Change(kind, where, change.what, change.effect, change.review)


def _named(code: Code) -> str:
    return f"{code.code} ({code.label})" if code.label else code.code
