"""Faults of form: what a standard's YAML may hold."""

from __future__ import annotations

from validator.model.standard import Severity
from validator.registry import Lint

LINT = Lint(
    code="form",
    severity=Severity.ERROR,
    title="YAML that is not in the form of a standard",
    means=(
        "The YAML cannot be read, or a key is unknown, missing, twice there, or of the wrong kind. "
        "Nothing else is looked at until this is mended."
    ),
    why="What cannot be read with certainty would mean different things to different readers.",
    mend="Follow the message. With `schemas/meta/standard.schema.json` an editor completes keys.",
)
