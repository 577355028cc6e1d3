"""Workbooks with macros (XLSM): read like any other, never run, and kept in every copy."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.readers.books import cells, readings, replaced, xlsx, zipped
from validator import api
from validator.registry import Rendering, annotators

PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
VBA = bytes(range(256)) * 3
ROWS = [["series_ref", "victim_gender"], ["FRA-0A1B2C", "Female"], ["FRA-0A1B2D", "male"]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook as Excel saves it with macros, with a label where a code belongs."""
    data = replaced(xlsx({"series": ROWS}), "[Content_Types].xml", PLAIN, MACROS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / "book.xlsm"
    path.write_bytes(zipped({**parts, "xl/vbaProject.bin": VBA}))
    return path


def macros(data: bytes) -> tuple[bytes, bool]:
    """The macros of a workbook, and whether it says that it has them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/vbaProject.bin"), MACROS in archive.read("[Content_Types].xml")


def test_it_is_read_and_the_macros_are_noted(book: Path) -> None:
    (found,) = readings(book)
    assert cells(found) == [("FRA-0A1B2C", "Female"), ("FRA-0A1B2D", "male")]
    assert "The workbook holds macros. They were not run." in found.notes


def test_the_mended_copy_keeps_them(book: Path) -> None:
    (data,) = api.mend("global-indicator", book).files.values()
    assert macros(data) == (VBA, True)
    assert openpyxl.load_workbook(io.BytesIO(data))["series"]["B2"].value == "female"


def test_the_annotated_copy_keeps_them(book: Path) -> None:
    report = api.check("global-indicator", book, as_of="2026-01-31")
    data = annotators()["xlsx"].annotate(report, Rendering())
    assert macros(data) == (VBA, True)
    said = openpyxl.load_workbook(io.BytesIO(data))["series"]["B2"].comment
    assert said is not None
    assert "Type the code: female." in said.text
