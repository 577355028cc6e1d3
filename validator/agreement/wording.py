"""The words in which a comparison of coders is told to people, whatever the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.agreement.matching import CHECK_FIRST
from validator.agreement.report import (
    RELIABLE,
    TENTATIVE,
    Agreement,
    Coder,
    Difference,
    Missing,
    Record,
    Verdict,
)
from validator.measures.agreement import Level
from validator.measures.agreement_intervals import FEWEST_UNITS
from validator.model.words import listed, many

FIRST_FIELDS = 6
WORDS = {
    Verdict.RELIABLE: "reliable",
    Verdict.TENTATIVE: "tentative",
    Verdict.NOT_RELIABLE: "not reliable",
    Verdict.NOT_JUDGED: "not judged",
}
COEFFICIENTS = {
    "percent_agreement": ("Agreed", "Percent agreement: how often two coders gave the same code."),
    "cohen_kappa": ("Cohen", "Cohen's kappa; of more than two coders the mean over their pairs."),
    "fleiss_kappa": ("Fleiss", "Fleiss' kappa."),
    "gwet_ac1": ("AC1", "Gwet's AC1, which holds where one code is by far the commonest."),
    "gwet_ac2": ("AC2", "Gwet's AC2 with ordinal weights, of ordered codes alone."),
    "krippendorff_alpha": ("Alpha", "Krippendorff's alpha at the field's level."),
}
"""Each coefficient's short name, and what it is, in the order in which they are shown."""
LEVELS = {
    Level.NOMINAL: "codes agree or differ",
    Level.ORDINAL: "codes that stand close in the order differ less",
    Level.INTERVAL: "numbers and dates that are close differ less",
}
BOUNDS = (
    f"Reliable: alpha is {RELIABLE:.3f} or more. Tentative: {TENTATIVE:.3f} or more. Else not "
    "reliable (Krippendorff)."
)
CHANCE = (
    "Kappa, AC1 and alpha are 1 where coders always agree, and 0 where they agree no more often "
    "than by chance."
)
ABSENT = "–"
"""Stands where a coder gave no code."""


def headline(agreement: Agreement) -> tuple[str, str]:
    """The verdict, and the sentence that says why."""
    word = WORDS[agreement.verdict]
    fields = agreement.fields
    if agreement.verdict is Verdict.NOT_JUDGED:
        return word, "No field could be judged: there is none on which alpha can be computed."
    worst = agreement.of(agreement.verdict)
    # a verdict on a handful of records is read as one on the standard unless it says so itself
    few = all(field.units < FEWEST_UNITS for field in worst)
    but = f" Too few records to rely on that: fewer than {FEWEST_UNITS}." if few else ""
    if len(worst) == len(fields):
        each = "The one field is" if len(fields) == 1 else f"All {len(fields)} fields are"
        return word, f"{each} {word}.{but}"
    names = named([field.field for field in worst])
    verb = "is" if len(worst) == 1 else "are"
    return word, f"{len(worst)} of {many(len(fields), 'field')} {verb} {word}: {names}.{but}"


def named(fields: Sequence[str]) -> str:
    """The first of some fields by their names, and how many there are besides."""
    names = list(fields[:FIRST_FIELDS])
    if more := len(fields) - len(names):
        names.append(f"{more} more")
    return listed(names)


def totals(agreement: Agreement) -> list[tuple[Verdict, int]]:
    """How many fields have each verdict, the best first."""
    return [(verdict, len(agreement.of(verdict))) for verdict in Verdict]


def coder(item: Coder) -> str:
    """What became of one coder's records."""
    parts = [many(item.records, "record"), f"{item.compared:,} compared"]
    for number, what in (
        (item.alone, "in no other file"),
        (item.repeated, "left out, their key is there twice"),
        (item.keyless, "left out, without a valid key"),
    ):
        if number:
            parts.append(f"{number:,} {what}")
    return ", ".join(parts)


def records(agreement: Agreement) -> str:
    """How many records are compared."""
    told = f"{many(agreement.matched, 'record')} in two files or more"
    if len(agreement.coders) > 2:
        told += f", {agreement.everywhere:,} of them in all {len(agreement.coders)}"
    return told


def method(agreement: Agreement) -> str:
    """How missing reasons were taken, and how the intervals were made."""
    how = agreement.options
    reasons = "no code" if how.missing is Missing.AS_MISSING else "codes of their own"
    told = f"missing reasons are {reasons}; "
    if len(agreement.coders) > 2:
        told += "Cohen's kappa is the mean over pairs of coders; "
    if not how.bootstrap.samples:
        return f"{told}no intervals"
    percent = f"{100 * how.bootstrap.confidence:g}%"
    return (
        f"{told}{percent} intervals from {how.bootstrap.samples:,} bootstrap samples of the "
        f"records, seed {how.bootstrap.seed}"
    )


def cautions(agreement: Agreement) -> Iterator[str]:
    """What a reader must know before the figures are used."""
    if same := _copies(agreement.coders):
        yield (
            f"{listed(same)} are the same file, byte for byte: a copy agrees with what it was "
            "copied from. Name each coder's own file."
        )
    open_ = [
        f"{field.field} ({field.alpha.low:.3f})"
        for field in agreement.fields
        if field.alpha.low is not None and field.at_worst is not field.verdict
    ]
    if open_:
        yield (
            "The lower bound of the interval has a less favourable verdict for "
            f"{named(open_)}: compare more records before you rely on it."
        )
    if agreement.under:
        yield f"Below --fail-under {agreement.options.fail_under:g}: {named(agreement.under)}."
    invalid = sum(field.invalid for field in agreement.fields)
    if invalid:
        told = "1 cell holds" if invalid == 1 else f"{invalid:,} cells hold"
        places = named([field.field for field in agreement.fields if field.invalid])
        yield f"{told} no valid code and counted as no code ({places}). {CHECK_FIRST}"
    if left := sum(item.repeated + item.keyless for item in agreement.coders):
        yield (
            f"{many(left, 'record')} could not be matched for sure, and "
            f"{'was' if left == 1 else 'were'} left out. {CHECK_FIRST}"
        )
    if broken := [item.name for item in agreement.coders if item.faults]:
        yield f"The structure of {listed(broken)} is at fault. {CHECK_FIRST}"


def _copies(coders: Sequence[Coder]) -> list[str]:
    """The names of files that hold what another holds, byte for byte."""
    often = Counter((item.sha256, item.sheet) for item in coders)
    return [item.name for item in coders if item.sha256 and often[item.sha256, item.sheet] > 1]


def steps(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """What to do, in order."""
    if agreement.adjudicate:
        number = many(agreement.adjudicate, "record")
        yield "Discuss", f"look together at the {number} on which coders differ"
    confused = [
        f"{field.field} ({one} and {other})"
        for field in agreement.fields
        if field.verdict in {Verdict.NOT_RELIABLE, Verdict.TENTATIVE}
        and field.confusion is not None
        for one, other, _ in field.confusion.worst[:1]
    ]
    if confused:
        yield (
            "Sharpen",
            f"say in the standard how to tell apart what is confused: {named(confused)}",
        )
    yield "Repeat", "code a fresh sample of records, and compare again"


def record(item: Record, agreement: Agreement) -> str:
    """Which record it is: its key, or its row in each file."""
    if item.key is not None:
        return item.key
    found = zip(agreement.coders, item.rows, strict=True)
    return ", ".join(f"row {row} of {coder.name}" for coder, row in found if row is not None)


def difference(item: Difference) -> str:
    """A field, and what each coder gave, in the order of the files."""
    if item.codes is None:
        return item.field
    return f"{item.field}: {', '.join(code or ABSENT for code in item.codes)}"


def figure(value: float | None) -> str:
    """A coefficient with three digits."""
    return ABSENT if value is None else f"{value:.3f}"
