"""A row with too many or too few cells goes into the copy byte for byte; the others are mended."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mending.test_mend import HEAD, STANDARD
from validator import api
from validator.mending.carried import told
from validator.mending.mend import Mended
from validator.model.disclosure import AUDIENCES


@pytest.fixture(scope="module")
def standard(tmp_path_factory):
    path = tmp_path_factory.mktemp("standard") / "standard.yaml"
    path.write_text(STANDARD, "utf-8")
    return api.load(path)


def mended(standard, path: Path, content: bytes) -> tuple[Mended, bytes]:
    path.write_bytes(content)
    result = api.mend(standard, path)
    (data,) = result.files.values()
    return result, data


def stayed(result: Mended) -> list[int]:
    (numbers,) = result.carried.values()
    return list(numbers)


RAGGED = {
    "too few": b"R002,Red",
    "too many": b"R002,Red,,,, a, b ,",
    "quoted": b'R002,"Red",",",',
    "a line break in a cell": b'R002,Red,"one\r\ntwo"',
    "one cell": b"Red",
    "spaces": b"  Red  , ",
    "no UTF-8": b"R002,Red,\xe9\xff",
    "other letters": "R002,Rouge,né".encode(),
}


@pytest.mark.parametrize("row", RAGGED.values(), ids=RAGGED)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_its_bytes_stay_and_the_rows_around_it_are_mended(standard, tmp_path, row, end):
    lines = [HEAD.encode(), b"R001,Red,,,,", row, b"R003,Rouge,,2024-5,,", row]
    # that the text is UTF-8 must not hang on the row at hand
    lines.append("R004,red,,,,ça à né déjà vu à Zürich".encode())
    result, data = mended(standard, tmp_path / "records.csv", end.join([*lines, b""]))
    wanted = [lines[0], b"R001,red,,,,", row, b"R003,red,,2024-05,,", row, lines[5], b""]
    assert data == b"\n".join(wanted)
    assert stayed(result) == [3, 5]
    assert {change.row for change in result.changes} == {2, 4}
    assert result.left_out == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_of_a_file_in_another_encoding_its_text_stays(standard, tmp_path, encoding):
    text = f"{HEAD}\nR001,Red,,,,né à Zürich\nR002,Red,naïve\nR003,red,,,,Élysée\n"
    result, data = mended(standard, tmp_path / "records.csv", text.encode(encoding))
    assert data.decode() == text.replace("R001,Red", "R001,red")
    assert stayed(result) == [3]


def test_blank_rows_and_a_separator_hint_do_not_shift_it(standard, tmp_path):
    head = HEAD.replace(",", ";")
    text = f"sep=;\n\n{head}\n\nR001;Red;;;;\n;;\nR002;Red\n;;;;;\n\n"
    result, data = mended(standard, tmp_path / "records.csv", text.encode())
    assert stayed(result) == [6]
    assert b"\nR002;Red\n" in data
    assert b"R001;red;;;;" in data


def test_more_of_them_than_are_listed_are_all_carried(standard, tmp_path):
    sound, ragged = b"R001,Red,,,,", b"R002,Red"
    lines = [HEAD.encode(), *[sound, ragged] * 1500, b""]
    result, data = mended(standard, tmp_path / "records.csv", b"\n".join(lines))
    assert stayed(result) == list(range(3, 3003, 2))
    assert data == b"\n".join(lines).replace(sound, b"R001,red,,,,")


def test_mending_twice_changes_nothing_more_and_the_rows_are_found_again(standard, tmp_path):
    text = f"{HEAD}\nR001,Red,,,,\nR002\nR003,red,,,,,,\n".encode()
    _, once = mended(standard, tmp_path / "records.csv", text)
    again, twice = mended(standard, tmp_path / "records.csv", once)
    assert (again.changes, twice) == ([], once)
    found = api.check(standard, tmp_path / "records.csv", as_of="2026-01-31").findings
    assert [f.row for f in found if f.code == "ragged-row"] == [3, 4]


CELLS = st.sampled_from(["Red", "red", "", "a,b", 'say ""so""', "é", "one\ntwo", "R001", " "])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=8)


@settings(max_examples=60)
@given(ROWS)
def test_whatever_the_rows_those_of_another_width_stay(made):
    lines = [",".join(f'"{cell}"' for cell in row).encode() for row in made]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.csv"
        (path.parent / "standard.yaml").write_text(STANDARD, "utf-8")
        path.write_bytes(b"\n".join([HEAD.encode(), *lines, b""]))
        result = api.mend(path.parent / "standard.yaml", path)
    if result.left_out:
        # the reader takes some of the quotes for stray ones: then nobody knows
        assert any(b"\n" in line for line in lines)
        return
    (data,) = result.files.values()
    filled = [(n, r) for n, r in enumerate(made, 2) if any(cell.strip() for cell in r)]
    ragged = [number for number, row in filled if len(row) != 6]
    assert (stayed(result) if result.carried else []) == ragged
    at = 0
    for number in ragged:
        at = data.index(b"\n" + lines[number - 2] + b"\n", at) + 1


def test_nothing_is_withheld_from_a_file_that_has_them(standard, tmp_path):
    path = tmp_path / "records.csv"
    path.write_text(f"{HEAD}\nR001,Red,,,,\nR002\n", "utf-8")
    result = api.mend(standard, path, audience=AUDIENCES["public"])
    assert (result.files, result.left_out, result.carried) == ({}, [str(path)], {})


def test_in_a_workbook_merged_rows_stay_and_the_others_are_mended(standard, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "records"
    for row in (
        HEAD.split(","),
        ["R001", "Red"],
        ["R002", "Red"],
        ["R003", "Red"],
        ["R004", "Red"],
    ):
        sheet.append(row)
    sheet.merge_cells("D3:E4")
    path = tmp_path / "records.xlsx"
    book.save(path)
    result = api.mend(standard, path)
    assert result.carried == {(str(path), "records"): [3, 4]}
    (data,) = result.files.values()
    after = openpyxl.load_workbook(io.BytesIO(data))["records"]
    assert [cell.value for cell in after["B"]] == ["colour", "red", "Red", "Red", "red"]
    assert [str(area) for area in after.merged_cells.ranges] == ["D3:E4"]


def test_rows_are_named_and_many_are_counted():
    assert told([3]) == "row 3"
    assert told([3, 7, 1009]) == "rows 3, 7 and 1,009"
    assert told(range(2, 15)) == "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more"
