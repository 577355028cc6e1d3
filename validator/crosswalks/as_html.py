"""The report of a translation as a web page, with a picture of how codes flow."""

from __future__ import annotations

from dataclasses import dataclass

from validator.crosswalks import wording
from validator.crosswalks.flow import NOWHERE, Flow, flow
from validator.crosswalks.report import CodeLoss, FieldLoss, LossFinding, Translation
from validator.model.crosswalk import How
from validator.model.words import many
from validator.pages.document import template

CODES_SHOWN = 100
"""Rows of one field's table; the page says how many more there are."""
FINDINGS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a field's table."""

    source: str
    target: str
    outcome: str
    relation: str
    status: str
    records: str
    back: str


@dataclass(frozen=True, slots=True)
class Part:
    """One field: its figures, its picture, and its table."""

    name: str
    anchor: str
    ends: str
    columns: str
    outcomes: tuple[tuple[str, str], ...]
    bits: tuple[str, ...]
    shared: str
    back: str
    sources: str
    flow: Flow | None
    rows: tuple[Row, ...]
    more: str


def as_html(translation: Translation) -> bytes:
    """The report as one page, which asks nobody for anything. It never shows cells."""
    word, why = wording.headline(translation)
    page = template("validator.crosswalks", "translation").render(
        translation=translation,
        crosswalk=translation.crosswalk,
        word=word,
        why=why,
        verdict="empty" if translation.has_gaps else "pass",
        totals=[
            (outcome.value, f"{count:,}", wording.MEANS[outcome])
            for outcome, count in translation.outcomes.items()
            if count
        ],
        parts=[_part(item, number) for number, item in enumerate(wording.changed(translation))],
        findings=[_found(item) for item in translation.findings[:FINDINGS_SHOWN]],
        more_findings=_more(len(translation.findings), FINDINGS_SHOWN, "more finding"),
        plain=wording.plain(translation),
        left_out=list(wording.left_out(translation)),
        steps=list(wording.steps(translation)),
        bits=wording.BITS,
        lost=f"{translation.bits_lost:.2f}",
        back=f"{translation.reversible:,} of {many(translation.recorded, 'value')}",
    )
    return page.encode()


def _more(number: int, shown: int, noun: str) -> str:
    return f"and {many(number - shown, noun)}" if number > shown else ""


def _part(item: FieldLoss, number: int) -> Part:
    mean = item.sources_per_code
    others = [name for name in item.shared if name != item.field]
    codes = sorted(item.codes, key=lambda code: -code.records)
    return Part(
        name=f"{item.table}.{item.field}",
        anchor=f"field-{number}",
        ends=f"{item.subject} to {item.object}" if item.object else f"dates as {item.subject}",
        columns=", ".join(item.columns),
        outcomes=tuple(
            (outcome.value, f"{count:,}") for outcome, count in item.outcomes.items() if count
        ),
        bits=wording.bits(item.bits),
        shared=", ".join(others),
        back=wording.back(item),
        sources="" if mean is None else f"{mean:.2f}",
        flow=flow(codes) if item.how is How.CODES else None,
        rows=tuple(_row(code) for code in codes[:CODES_SHOWN] if item.how is How.CODES),
        more=_more(len(codes), CODES_SHOWN, "more code"),
    )


def _row(code: CodeLoss) -> Row:
    return Row(
        ", ".join(code.codes) or f"values of {NOWHERE}",
        code.text or "blank",
        code.outcome.value,
        code.predicate or "",
        code.status or "",
        f"{code.records:,}",
        "yes" if code.reversible else "no",
    )


def _found(item: LossFinding) -> tuple[str, str, str, str, str]:
    place = f"{item.table}.{item.field}"
    return item.severity.value, place, wording.rows(item), item.message, item.code
