"""The common ways to state each coded field, and to state none: ``constructions.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from validator.standards.load import load
from validator.texts.speaker import Speaker

SERIES = load("global-indicator").by_name["series"]
SPEAKER = Speaker(SERIES, SERIES.by_name["remarks"])
TABLE = yaml.safe_load((Path(__file__).parent / "constructions.yaml").read_text("utf-8"))
LANGUAGES = ("en", "fr", "es", "ar")


def each() -> Iterator[object]:
    for heading, rows in TABLE.items():
        for number, row in enumerate(rows):
            for language in LANGUAGES:
                name = f"{heading}-{number}-{language}"
                yield pytest.param(row["states"], row[language], id=name)


@pytest.mark.parametrize(("states", "text"), list(each()))
def test_a_construction_is_read(states: dict[str, str | None], text: str):
    said = {field: stated.value for field, stated in SPEAKER.says(text).items()}
    if states:
        # a noun such as girl says more than the row is about
        said = {field: said.get(field, "nothing") for field in states}
    assert said == states


def test_every_field_that_remarks_speak_for_has_constructions():
    stated = {field for rows in TABLE.values() for row in rows for field in row["states"]}
    assert stated == {speaks.field for speaks in SERIES.by_name["remarks"].speaks_for}
