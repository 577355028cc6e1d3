"""Words that lead to two codes of one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from validator.expressions.values import fold
from validator.lint.places import within
from validator.model.standard import Code, CodeList, Severity, Standard
from validator.registry import Lint, LintFinding


@dataclass(frozen=True)
class _Word:
    """One text that leads to a code, and what it is there."""

    text: str
    code: Code
    kind: str
    steps: tuple[str | int, ...] = ()


def _run(standard: Standard) -> Iterator[LintFinding]:
    taken: dict[str, _Word] = {}
    yield from _clashes(taken, standard.missing_reasons)
    for codelist in standard.codelists:
        yield from _clashes(dict(taken), codelist)


def _clashes(taken: dict[str, _Word], codelist: CodeList) -> Iterator[LintFinding]:
    """Adds every word of a list to those taken; reports each that leads elsewhere already."""
    for code in codelist.codes:
        # two codes that look alike have a lint of their own
        taken.setdefault(fold(code.code), _Word(code.code, code, "the code"))
    for code in codelist.codes:
        words = {fold(word.text): word for word in _words(code)}
        for folded, word in words.items():
            other = taken.setdefault(folded, word)
            if folded not in {"", fold(code.code)} and other.code is not code:
                what = f"'{word.text}', {word.kind} of '{code.code}' in '{codelist.id}', is also "
                what += other.kind if other.kind == "the code" else f"{other.kind} of"
                what += f" '{other.code.code}' (line {other.code.origin.line}"
                same = other.code.origin.file == code.origin.file
                what += ")." if same else f" of {Path(other.code.origin.file).name})."
                cure = "Leave it where it fits best, or nowhere."
                yield LintFinding(within(code.origin, *word.steps), what, cure)


def _words(code: Code) -> Iterator[_Word]:
    for language, label in code.label.by_language.items():
        yield _Word(label, code, "a label", ("label", language))
    for language, terms in code.terms.items():
        for index, term in enumerate(terms):
            yield _Word(term, code, "a term", ("terms", language, index))


LINT = Lint(
    code="ambiguous-terms",
    severity=Severity.WARNING,
    title="A word that leads to two codes",
    means=(
        "A label or term of one code is, but for case and accents, also the code, a label or a "
        "term of another code of the list or of a missing reason, in any language."
    ),
    why="A cell that holds the word cannot be answered with the code that was meant.",
    mend="Leave the word with one code only, or with none.",
    run=_run,
)
