"""Examples that do not do what they are there to show."""

from __future__ import annotations

from collections.abc import Iterator

from validator.expressions.values import is_reason, is_value
from validator.lint.places import within
from validator.model.standard import Example, Field, Rule, Severity, Standard
from validator.model.text import Origin
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for rule in standard.rules:
        for word, examples in (("pass", rule.passing), ("fail", rule.failing)):
            for index, example in enumerate(examples):
                at = within(rule.origin, "examples", word, index)
                invalid = list(_invalid(standard, rule, example, at))
                # an invalid value keeps a rule silent, so that what follows would only repeat it
                yield from invalid or _misbehaving(standard, rule, example, word, at)


def _invalid(standard: Standard, rule: Rule, example: Example, at: Origin) -> Iterator[LintFinding]:
    for name, records in example.items():
        for record in records:
            for field, text in record.items():
                if not _allowed(standard.by_name[name].by_name[field], text, standard):
                    what = f"An example of '{rule.id}' holds a value that '{name}.{field}' does "
                    what += "not allow, so that it shows nothing."
                    cure = "Write a value of the field, a missing reason that it allows, or ''."
                    yield LintFinding(at, what, cure)


def _allowed(field: Field, text: str, standard: Standard) -> bool:
    if text == "" or is_value(field, text, standard.missing_reasons):
        return True
    return is_reason(standard.missing_reasons, text) and text in field.missing


def _misbehaving(
    standard: Standard, rule: Rule, example: Example, word: str, at: Origin
) -> Iterator[LintFinding]:
    from validator.engine.examples import fires

    fired = fires(standard, rule, example)
    if word == "pass" and fired:
        what = f"An example of '{rule.id}' that should pass breaks the rule."
        yield LintFinding(at, what, "Mend the example or the rule, or move it under 'fail'.")
    elif word == "fail" and not fired:
        what = f"An example of '{rule.id}' that should fail keeps the rule."
        yield LintFinding(at, what, "Mend the example or the rule, or move it under 'pass'.")


LINT = Lint(
    code="example-misbehaves",
    severity=Severity.ERROR,
    title="An example that does not behave",
    means=(
        "An example under `pass` breaks its rule, one under `fail` keeps it, or it holds a value "
        "that its field does not allow. A field that an example leaves out is blank."
    ),
    why="The rule does not do what its author meant, or its readers are shown the wrong thing.",
    mend="Mend whichever of the two is wrong: the rule or the example.",
    run=_run,
)
