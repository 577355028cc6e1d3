"""Codes and titles that one of the standard's languages lacks."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.words import language, languages, shortened, titles
from validator.model.standard import Code, CodeList, Severity, Standard
from validator.model.text import DEFAULT_LANGUAGE
from validator.model.words import listed, many
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    lists = {c.id: c for c in (standard.missing_reasons, *standard.codelists) if c.codes}
    texts = titles(standard)
    gaps: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for tongue in languages(standard):
        without = {name: _without(codelist, tongue) for name, codelist in lists.items()}
        bare = tuple(name for name in lists if len(without[name]) == len(lists[name].codes))
        for name, codes in without.items():
            if codes and name not in bare:
                yield _partly(lists[name], codes, tongue)
        untitled = sum(tongue not in title.by_language for title in texts)
        gaps.setdefault((bare, untitled), []).append(tongue)
    for (bare, untitled), tongues in gaps.items():
        if bare or untitled:
            yield _wholly(standard, [lists[name] for name in bare], untitled, tongues)


def _without(codelist: CodeList, tongue: str) -> list[Code]:
    return [code for code in codelist.codes if tongue not in code.label.by_language]


def _partly(codelist: CodeList, without: list[Code], tongue: str) -> LintFinding:
    named = shortened(code.code for code in without)
    what = f"{len(without):,} of the {many(len(codelist.codes), 'code')} of '{codelist.id}' "
    what += f"without a label in {language(tongue)}: {named}."
    cure = "Write it beside the labels in other languages."
    return LintFinding(without[0].origin, what, cure, len(without))


def _wholly(
    standard: Standard, bare: list[CodeList], untitled: int, tongues: list[str]
) -> LintFinding:
    """One finding for what is translated in one go, or not: whole lists, and titles."""
    parts = []
    if bare:
        named = shortened(codelist.id for codelist in bare)
        parts.append(f"the codes of {many(len(bare), 'code list')} ({named})")
    if untitled:
        parts.append(f"{untitled:,} of {many(len(titles(standard)), 'title')}")
    what = f"Nothing in {listed(map(language, tongues), 'or')} for {listed(parts)}."
    cure = "Write it beside the English; until then English is shown."
    if DEFAULT_LANGUAGE in tongues:
        cure = "Write a label for each code; until then the code itself is shown."
    at = bare[0].origin if bare else standard.origin
    return LintFinding(at, what, cure, sum(len(c.codes) for c in bare) + untitled)


LINT = Lint(
    code="missing-labels",
    severity=Severity.NOTE,
    title="Labels that a language lacks",
    means=(
        "Codes have no label in English, or in another language that some label or title of the "
        "standard has. A list that is only partly labelled is named by itself; lists and titles "
        "that a language lacks altogether are counted in one finding."
    ),
    why="People are shown the English label, or the bare code, instead of their own language.",
    mend="Write the label in the missing language.",
    run=_run,
)
