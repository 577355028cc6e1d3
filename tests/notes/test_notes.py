"""The labelled notes are well formed, and the checks read the half to build on."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import notes as measured
from validator import api
from validator.model.standard import Kind
from validator.registry import checks

NOTES = {half: measured.load(half) for half in measured.HALVES}
ALL = [note for half in NOTES.values() for note in half]
SERIES = api.load("global-indicator").by_name["series"].by_name
PRESENT = {check.code for check in checks()}
once_there = pytest.mark.skipif(
    not PRESENT.issuperset(measured.CODES), reason="the checks that read notes are not there yet"
)


def test_there_are_enough_notes_in_every_language():
    languages = Counter(note.language for note in ALL)
    assert len(ALL) >= 400
    assert set(languages) == set(measured.LANGUAGES)
    assert min(languages.values()) >= 100


@pytest.mark.parametrize("half", measured.HALVES)
@pytest.mark.parametrize("language", measured.LANGUAGES)
def test_about_half_of_the_notes_are_decoys(half: str, language: str):
    group = [note for note in NOTES[half] if note.language == language]
    decoys = sum(not note.labels for note in group)
    assert 0.4 <= decoys / len(group) <= 0.6


def test_no_note_is_there_twice():
    assert max(Counter(note.id for note in ALL).values()) == 1
    # two authors who do not know of each other may write the same few words
    assert max(Counter((half, n.text) for half in NOTES for n in NOTES[half]).values()) == 1


def test_the_notes_speak_the_words_of_the_standard():
    assert [note.id for note in ALL if not note.id.startswith(f"{note.language}-")] == []
    assert max(len(note.text) for note in ALL) <= (SERIES["remarks"].max_length or 0)
    cells = {(note.id, *cell) for note in ALL for cell in note.record.items()}
    assert {cell for cell in cells if cell[2] and not valid(*cell[1:])} == set()


def test_the_labels_speak_the_words_of_the_standard():
    labels = {label for note in ALL for label in note.labels}
    read = {label for label in labels if label.code in measured.READING}
    assert {label.about for label in read} == set(measured.FIELDS)
    assert {label for label in read if label.suggestion and not said(label)} == set()
    identifiers = labels - read
    assert {label.code for label in identifiers} == {measured.IDENTIFIER}
    assert {label.about for label in identifiers} == set(measured.KINDS)


def test_a_label_fits_the_record():
    unsaid = {"", "not_recorded", "not_determinable", "not_visible"}
    reasons = {*unsaid, "not_applicable", "withheld"}
    for note in ALL:
        for label in note.labels:
            coded = note.record.get(label.about, "not_recorded")
            if label.code == "code-in-text":
                assert coded in unsaid, note.id
            if label.code == "text-contradicts-code":
                assert coded not in {*reasons, label.suggestion}, note.id


@pytest.mark.parametrize("language", measured.LANGUAGES)
def test_every_field_and_kind_is_covered_in_every_language(language: str):
    group = [note for note in ALL if note.language == language]
    found = Counter(label.about for note in group for label in note.labels)
    touched = Counter(
        name for note in group for name in {*note.record, *(label.about for label in note.labels)}
    )
    assert [kind for kind in measured.KINDS if found[kind] < 6] == []
    assert [name for name in measured.FIELDS if touched[name] < 8] == []


@once_there
@pytest.mark.parametrize("code", measured.CODES)
def test_the_checks_read_the_half_to_build_on(code: str):
    notes = NOTES["build"]
    result = measured.score(notes, measured.found(notes), lambda label: label.code == code)
    assert (result.precision or 0) > 0.9
    assert (result.recall or 0) > 0.9


def test_a_score_counts_a_wrong_suggestion_as_wrong_and_as_missed():
    label = measured.Label("code-in-text", "victim_count", "2")
    other = measured.Label("code-in-text", "victim_count", "3")
    note = measured.Note("en-000", "en", "", {}, frozenset({label}))
    result = measured.score([note], {"en-000": frozenset({other})}, lambda _: True)
    assert (result.right, result.wrong, result.missed) == (0, 1, 1)
    assert (result.precision, result.recall) == (0.0, 0.0)


def said(label: measured.Label) -> bool:
    """Whether the suggestion is a value, and no missing reason."""
    reasons = SERIES[label.about].missing
    return label.suggestion not in reasons and valid(label.about, label.suggestion or "")


def valid(name: str, value: str) -> bool:
    """Whether a value is one that a field of ``series`` may hold."""
    field = SERIES[name]
    if value in field.missing:
        return True
    if field.codelist is not None:
        return value in {code.code for code in field.codelist.codes}
    return field.kind is Kind.INTEGER and value.isdigit()
