"""Turns of the writers: no standard output, and nobody who reads it any more."""

from __future__ import annotations

import os
import sys

import pytest

from validator.cli._output import print_bytes
from validator.errors import UsageError


def test_without_a_standard_output_a_file_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(UsageError, match="--output"):
        print_bytes(b"a result")


def test_a_reader_that_has_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        print_bytes(b"a result")
        print_bytes(b"what follows goes nowhere, and is no error either")
