"""The code 'other' and the field that explains it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.places import within
from validator.model.standard import CodeList, Field, Kind, Severity, Standard, Table
from validator.model.words import listed
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for codelist in standard.codelists:
        yield from _twice(codelist)
    for table in standard.tables:
        for field in table.fields:
            yield from _field(table, field)


def _twice(codelist: CodeList) -> Iterator[LintFinding]:
    others = [code for code in codelist.codes if code.other]
    for code in others[1:]:
        what = f"'{codelist.id}' has a second code with 'other: true': '{code.code}' beside "
        what += f"'{others[0].code}'."
        yield LintFinding(code.origin, what, "Keep it on the one code that needs words.")


def _field(table: Table, field: Field) -> Iterator[LintFinding]:
    name = f"{table.name}.{field.name}"
    if field.specify is None:
        if field.others:
            quoted = listed(f"'{code}'" for code in field.others)
            what = f"'{name}' may hold {quoted} ('other: true'), "
            what += "but no field says what that is."
            yield LintFinding(field.origin, what, "Name a text field under 'specify'.")
        return
    at = within(field.origin, "specify")
    if not field.others:
        what = f"'{name}' has 'specify', but none of its codes has 'other: true'."
        cure = "Mark the code that needs words with 'other: true', or remove 'specify'."
        yield LintFinding(at, what, cure)
        return
    words = table.by_name[field.specify]
    if words.kind is not Kind.STRING or words.required:
        what = f"'{words.name}' explains a code of '{name}', but is not text that may be blank."
        yield LintFinding(words.origin, what, "Make it 'type: string' and 'optional: true'.")


LINT = Lint(
    code="other-and-specify",
    severity=Severity.WARNING,
    title="A code 'other' without its words, or words without their code",
    means=(
        "A list has a code with `other: true` and the field names no `specify`, or the reverse; "
        "the field that `specify` names is no text that may be blank; or two codes of a list are "
        "`other: true`."
    ),
    why="What hides behind 'other' is lost, or a field is asked for that no code needs.",
    mend="Let one code be `other: true`, and name the text field that explains it.",
    run=_run,
)
