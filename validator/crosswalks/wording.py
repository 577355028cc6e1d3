"""The words of a translation's report: what was kept, what was lost, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from validator.crosswalks.as_json import UNKNOWN
from validator.crosswalks.judge import Outcome
from validator.crosswalks.report import FieldLoss, LossFinding, Translation
from validator.model.crosswalk import How
from validator.model.words import listed, many
from validator.reports.wording import share

MEANS: Mapping[Outcome, str] = {
    Outcome.EXACT: "says the same",
    Outcome.CLOSE: "says nearly the same",
    Outcome.WIDENED: "says less: the code is wider",
    Outcome.NARROWED: "says more: the code is narrower",
    Outcome.PREFERRED: "ambiguous, written by a choice",
    Outcome.AMBIGUOUS: "a missing reason is written: which code is open",
    Outcome.DROPPED: "no counterpart: a missing reason is written",
    Outcome.UNMAPPED: "in no row: a missing reason is written",
    Outcome.ABSENT: "there was no value",
}

BITS = (
    "Bits are Shannon entropies over the records: what a value told before, what is told now, and "
    "what is left open. A field that could be read back has lost none."
)


def headline(translation: Translation) -> tuple[str, str]:
    """The answer in a word, and why."""
    lost = [
        f"{translation.outcomes[outcome]:,} {outcome.value}"
        for outcome in Outcome
        if outcome not in {Outcome.EXACT, Outcome.ABSENT} and translation.outcomes[outcome]
    ]
    values = many(translation.recorded, "value")
    records = many(translation.records, "record")
    if not translation.records:
        return "Nothing to translate", "the files hold no record"
    if translation.lacking:
        lost.append(f"{many(translation.lacking, 'field')} without a column in the files")
    if not translation.recorded and not lost:
        return "Translated", f"{records}, and no value in them: missing reasons stand there"
    if not lost:
        return "Translated", f"{records}, {values}, each exactly"
    word = "Translated with gaps" if translation.has_gaps else "Translated with losses"
    return word, f"{records}, {values}: {listed(lost)}"


def changed(translation: Translation) -> tuple[FieldLoss, ...]:
    """The fields whose cells were judged: those that were copied, or filled, cannot lose."""
    return tuple(item for item in translation.fields if item.how in {How.CODES, How.DATE})


def plain(translation: Translation) -> tuple[tuple[str, str], ...]:
    """Label and fields of those that were copied, or filled with one text."""
    told = {
        How.COPY: "Copied as they are",
        How.CONSTANT: "One value everywhere",
        How.MISSING: "Not in the files",
    }
    found = []
    for how, label in told.items():
        names = [f"{item.table}.{item.field}" for item in translation.fields if item.how is how]
        if names:
            found.append((label, listed(list(dict.fromkeys(names)))))
    return tuple(found)


def left_out(translation: Translation) -> Iterator[tuple[str, str]]:
    """Headings of the files that were not carried over. Unknown ones are counted, not named."""
    for _, heading, why in translation.left_out:
        if why != UNKNOWN:
            yield heading, why
    if number := sum(why == UNKNOWN for _, _, why in translation.left_out):
        is_ = "is" if number == 1 else "are"
        yield many(number, "other column"), f"{is_} in no field of the crosswalk, and not carried"


def steps(translation: Translation) -> Iterator[tuple[str, str]]:
    """What to do next."""
    parts = translation.crosswalk.parts
    choices = sorted({choice.name for part in parts for choice in part.choices})
    open_ = [name for name in choices if name not in translation.prefer]
    if translation.outcomes[Outcome.AMBIGUOUS] and open_:
        named = listed([f"--prefer {name}" for name in open_], "or")
        yield "Ambiguous", f"A documented choice resolves some of it: {named}."
    if translation.outcomes[Outcome.UNMAPPED]:
        yield (
            "In no row",
            "Look at those rows in the original: a slip there is mended with 'accordant "
            "fix' or by hand; a code that the scheme does not have belongs in the crosswalk.",
        )
    if translation.crosswalk.standard:
        yield "Check", "Check what was written: accordant check FOLDER."
    yield "Keep", "Keep the originals: a translation that has lost something cannot be undone."


def rows(finding: LossFinding) -> str:
    """Where it is: ``2 rows: 7 and 19``."""
    told = [str(row) for row in finding.rows[:6]]
    if finding.count > len(told):
        told.append(f"{finding.count - len(told):,} more")
    return f"{many(finding.count, 'row')}" + (f": {listed(told)}" if finding.rows else "")


def bits(values: Sequence[float]) -> tuple[str, ...]:
    """Bits with two digits; what is lost is never rounded to nothing."""
    return tuple(f"{v:.2f}" if v >= 0.005 or v == 0 else "<0.01" for v in values)


def back(item: FieldLoss) -> str:
    """The share of its values that can be read back."""
    return share(item.reversible, item.recorded) if item.recorded else ""
