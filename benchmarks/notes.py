"""``python -m benchmarks.notes``: how well the free-text and identifier checks read notes.

Runs ``accordant check`` over the labelled notes of ``tests/notes`` and prints precision and recall
per code, per identifier kind and per language, and the misses by note id, never by text.
``--write`` puts the tables into ``docs/`` between their marks.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import yaml

from benchmarks import presidio
from validator import api
from validator.model.report import CheckStatus, Finding

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "tests" / "notes"
HALVES = {
    "build": "The half to build on.",
    "report": "The half to report on.",
    "fresh": "The second half to report on, written without a look at the checks.",
    "unseen": "A half that was written without a look at the checks, and has served since.",
    "blind": "The half to report on, written last and without a look at the checks.",
}
"""The sets of notes, and how a page introduces them."""
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}
READING = ("code-in-text", "text-contradicts-code")
IDENTIFIER = "direct-identifier"
CODES = (*READING, IDENTIFIER)
FIELDS = (
    *("victim_count", "victim_gender", "victim_age_group", "victim_ethnicity", "victim_status"),
    *("offender_count", "offender_gender", "offender_ethnicity", "offender_status"),
    *("suspected_country", "confirmed_country", "image_count", "video_count"),
)
"""The coded fields for which remarks may speak."""
KINDS = (
    *("email", "phone", "ip-address", "url", "username", "hash", "file-name", "coordinates"),
    *("national-id", "date-of-birth", "person-name", "case-number", "address"),
)
PAGE = ROOT / "docs" / "notes.md"
PARTS = {READING: "What notes state", (IDENTIFIER,): "Direct identifiers in notes"}
MADE = (CheckStatus.PASSED, CheckStatus.FOUND)
NEUTRAL = {
    "received_period": "2024-Q1",
    "last_reviewed": "2024-02",
    "victim_ethnicity_other": "",
    "offender_ethnicity_other": "",
}
"""Fields that a note says nothing about, where ``not_recorded`` would be no valid value."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is found in a note: of a code, ``about`` a field or, for an identifier, a kind."""

    code: str
    about: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One labelled note; without labels it is a decoy."""

    id: str
    language: str
    text: str
    record: Mapping[str, str]
    labels: frozenset[Label]


@dataclass(frozen=True, slots=True)
class Score:
    """How many labels were found, how many findings were wrong, how many labels were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the findings that are right; None where there is no finding."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of the labels that were found; None where there is no label."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


Found = Mapping[str, frozenset[Label]]
"""What was found, by note id."""


def load(half: str) -> list[Note]:
    """The notes of one half, in all languages."""
    notes = []
    for language in LANGUAGES:
        path = NOTES / half / f"{language}.yaml"
        for item in yaml.load(path.read_text("utf-8"), yaml.BaseLoader):  # noqa: S506 - text only
            labels = frozenset(map(_label, item["expect"]))
            notes.append(Note(item["id"], item["language"], item["text"], item["record"], labels))
    return notes


def _label(item: Mapping[str, str]) -> Label:
    if item["code"] == IDENTIFIER:
        return Label(IDENTIFIER, item["kind"])
    suggestion = item["suggestion"]
    return Label(item["code"], item["field"], None if suggestion == "null" else suggestion)


def record(note: Note, number: int, fields: Iterable[str]) -> dict[str, str]:
    """The note as a whole ``series`` record that says nothing else."""
    row = dict.fromkeys(fields, "not_recorded") | NEUTRAL | dict(note.record)
    return row | {"series_ref": f"{row['contributor']}-{number:06d}", "remarks": note.text}


def found(notes: Sequence[Note]) -> Found:
    """What our checks find in the notes."""
    standard = api.load("global-indicator")
    fields = standard.by_name["series"].by_name
    frame = pl.DataFrame([record(note, number, fields) for number, note in enumerate(notes)])
    report = api.check(standard, frame, table="series", as_of="2026-01-31", max_rows=10**6)
    was_made = {check.code for check in report.checks if check.status in MADE}
    if absent := set(CODES) - was_made:
        print(f"not made: {', '.join(sorted(absent))}", file=sys.stderr)
    made: dict[str, set[Label]] = {note.id: set() for note in notes}
    for finding in report.findings:
        if finding.code in CODES and finding.row is not None:
            made[notes[finding.row - 2].id].add(_found(finding))
    return {id_: frozenset(labels) for id_, labels in made.items()}


def _found(finding: Finding) -> Label:
    if finding.code == IDENTIFIER:
        return Label(IDENTIFIER, kind_of(finding.message))
    return Label(finding.code, finding.field or "", finding.suggestion)


def score(notes: Iterable[Note], made: Found, keep: Callable[[Label], bool]) -> Score:
    """Findings against labels, over those labels that ``keep`` takes."""
    right = wrong = missed = 0
    for note in notes:
        wanted, got = set(filter(keep, note.labels)), set(filter(keep, made[note.id]))
        right += len(wanted & got)
        wrong += len(got - wanted)
        missed += len(wanted - got)
    return Score(right, wrong, missed)


def kind_of(message: str) -> str:
    """The kind of identifier that a message names. Raises ValueError where it names none."""
    for kind in KINDS:
        if f"({kind})" in message:
            return kind
    told = f"the message names no kind of identifier: {message}"
    raise ValueError(told)


def row(*cells: object) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def share(value: float | None) -> str:
    """A share as people read it; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"


def cells(result: Score) -> tuple[object, ...]:
    """A score as cells: labels, precision, recall."""
    return result.right + result.missed, share(result.precision), share(result.recall)


def reading(notes: Sequence[Note], made: Found) -> Iterator[str]:
    """What the free-text checks read: by code and language, and by field."""
    yield row("code", "language", "labels", "precision", "recall")
    yield row("---", "---", "--:", "--:", "--:")
    for code in READING:
        for language, group in by_language(notes):
            result = score(group, made, of_codes(code))
            yield row(f"`{code}`", language, *cells(result))
    both = score(notes, made, of_codes(*READING))
    yield row("both", "all", *cells(both))
    yield ""
    yield row("field", "labels", "precision", "recall")
    yield row("---", "--:", "--:", "--:")
    for name in FIELDS:
        result = score(notes, made, of_field(name))
        yield row(f"`{name}`", *cells(result))


def identifiers(notes: Sequence[Note], made: Found) -> Iterator[str]:
    """What is found of direct identifiers: by kind and by language, beside Presidio."""
    yield row("kind", "labels", "precision", "recall")
    yield row("---", "--:", "--:", "--:")
    for kind in KINDS:
        yield row(kind, *cells(score(notes, made, of_kinds(kind))))
    yield row("**all**", *cells(score(notes, made, of_kinds(*KINDS))))
    yield ""
    yield row("language", "labels", "precision", "recall")
    yield row("---", "--:", "--:", "--:")
    for language, group in by_language(notes):
        yield row(language, *cells(score(group, made, of_kinds(*KINDS))))
    yield ""
    yield from beside_presidio(notes, made)


def beside_presidio(notes: Sequence[Note], made: Found) -> Iterator[str]:
    """The same notes under Presidio's pattern recognisers, in the languages that both read."""
    if not presidio.installed():
        yield "Presidio is not installed: the comparison is left out."
        return
    group = [note for note in notes if note.language in presidio.LANGUAGES]
    theirs = {
        note.id: frozenset(Label(IDENTIFIER, kind) for kind in kinds)
        for note, kinds in zip(group, presidio.kinds_in(group), strict=True)
    }
    names = ", ".join(LANGUAGES[language] for language in presidio.LANGUAGES)
    yield f"Beside {presidio.version()}, on the notes in {names}:"
    yield ""
    yield row("kind", "labels", "precision", "recall", "precision, Presidio", "recall, Presidio")
    yield row("---", *["--:"] * 5)
    for kind in KINDS:
        ours, other = (score(group, each, of_kinds(kind)) for each in (made, theirs))
        known = cells(other)[1:] if kind in presidio.KINDS else ("no recogniser", "")
        yield row(kind, *cells(ours), *known)
    for name, kinds in (("kinds of both", presidio.KINDS), ("all", KINDS)):
        ours, other = (score(group, each, of_kinds(*kinds)) for each in (made, theirs))
        yield row(f"**{name}**", *cells(ours), *cells(other)[1:])


def by_language(notes: Iterable[Note]) -> Iterator[tuple[str, list[Note]]]:
    """The notes of each language, and of all of them."""
    notes = list(notes)
    for code, name in LANGUAGES.items():
        yield name, [note for note in notes if note.language == code]
    yield "all", notes


def of_codes(*codes: str) -> Callable[[Label], bool]:
    """Keeps what some checks found."""
    return lambda label: label.code in codes


def of_field(name: str) -> Callable[[Label], bool]:
    """Keeps what was read for one coded field."""
    return lambda label: label.code in READING and label.about == name


def of_kinds(*kinds: str) -> Callable[[Label], bool]:
    """Keeps the identifiers of some kinds."""
    return lambda label: label.code == IDENTIFIER and label.about in kinds


def misses(notes: Iterable[Note], made: Found, codes: Sequence[str]) -> Iterator[str]:
    """Labels not found and findings not labelled, by note id; texts stay where they are."""
    lines = {"Missed": Counter[str](), "Found, and not labelled": Counter[str]()}
    places: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        got = made[note.id]
        for name, labels in zip(lines, (note.labels - got, got - note.labels), strict=True):
            for label in labels:
                if label.code in codes:
                    what = f"{label.about} ({label.code})" if label.code in READING else label.about
                    places.setdefault((name, what), []).append(note.id)
    for name in lines:
        ours = {what: ids for (heading, what), ids in sorted(places.items()) if heading == name}
        yield ""
        yield (
            f"{name}: "
            + (
                "; ".join(f"{what}: {', '.join(sorted(ids))}" for what, ids in ours.items())
                or "none"
            )
            + "."
        )


def tables(notes: Sequence[Note], made: Found, codes: Sequence[str]) -> str:
    """All there is to say about some codes, as Markdown."""
    decoys = sum(not note.labels for note in notes)
    lines = [f"{len(notes)} notes, {decoys} of them decoys.", ""]
    lines += reading(notes, made) if codes == READING else identifiers(notes, made)
    return "\n".join([*lines, *misses(notes, made, codes)])


def put(half: str, text: str) -> None:
    """Put the tables of a half between its marks in the page."""
    begin, end = (f"<!-- {half}: {side} -->" for side in ("begin", "end"))
    marked = re.compile(rf"{begin}.*{end}", re.DOTALL)
    page = PAGE.read_text("utf-8")
    PAGE.write_text(marked.sub(lambda _: f"{begin}\n{text}\n{end}", page), "utf-8")


def main() -> None:
    """Print the tables, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, default="build")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/")
    options = parser.parse_args()
    notes = load(options.half)
    made = found(notes)
    texts = [f"### {title}\n\n{tables(notes, made, codes)}" for codes, title in PARTS.items()]
    print("\n\n".join(texts))
    if options.write:
        put(options.half, "\n\n".join([HALVES[options.half], *texts]))


if __name__ == "__main__":
    main()
