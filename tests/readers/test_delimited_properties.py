"""What holds for every delimited file: no cell is changed, no record lost, no row mistaken."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.readers.test_delimited import cells, faults, reading
from validator.readers import records
from validator.readers.discovery import read
from validator.readers.source import Source

MARKS = st.sampled_from([",", ";", "\t", "|"])
TEXT = st.text(
    st.one_of(
        st.sampled_from(list('",;\t|\n\r aé')),
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
    ),
    max_size=8,
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header of plain names, and rows of which none is blank."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(TEXT, min_size=width, max_size=width), max_size=12))
    solid = [[f"x{row[0]}", *row[1:]] for row in rows]
    return [[f"h{i}" for i in range(width)], *solid]


def written(table: list[list[str]], mark: str, end: str, quoting: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting).writerows(table)
    return text.getvalue().encode()


@given(
    table=tables(),
    mark=MARKS,
    end=st.sampled_from(["\n", "\r\n"]),
    everything=st.booleans(),
)
def test_a_well_formed_table_is_read_as_csv_reads_it(
    table: list[list[str]], mark: str, end: str, everything: bool
) -> None:
    # with LF line ends the writer leaves a bare CR unquoted, which would end the line
    quoting = csv.QUOTE_ALL if everything or end == "\n" else csv.QUOTE_MINIMAL
    data = written(table, mark, end, quoting)
    expected = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=mark))
    found = reading(data, known=frozenset(table[0]))
    assert list(found.columns) == expected[0]
    assert cells(found) == [tuple(row) for row in expected[1:]]
    assert found.records == len(expected) - 1
    assert found.faults == ()


@given(
    width=st.integers(2, 6),
    height=st.integers(1, 20),
    data=st.data(),
)
def test_a_damaged_row_is_found_and_the_others_are_unchanged(
    width: int, height: int, data: st.DataObject
) -> None:
    rows = [[f"r{row}c{column}" for column in range(width)] for row in range(height)]
    lines = [",".join(row) for row in ([f"h{i}" for i in range(width)], *rows)]
    bad = data.draw(st.integers(1, height))
    damage = data.draw(st.sampled_from(["add a separator", "drop a separator", "add a quote"]))
    line = lines[bad]
    at = data.draw(st.integers(0, len(line)))
    match damage:
        case "add a separator":
            lines[bad] = line[:at] + "," + line[at:]
        case "drop a separator":
            lines[bad] = line.replace(",", "", 1)
        case _:
            lines[bad] = line[:at] + '"' + line[at:]
    found = reading("\n".join(lines).encode(), known=frozenset(lines[0].split(",")))
    code = "stray-quote" if damage == "add a quote" else "ragged-row"
    assert faults(found) == [(code, bad + 1)]
    others = [tuple(row) for number, row in enumerate(rows, 1) if number != bad]
    read_cells = cells(found)
    assert found.records == len(read_cells) == height
    assert [row for number, row in enumerate(read_cells, 1) if number != bad] == others


@given(
    data=st.lists(st.sampled_from(list(b'a,;"\n\r \0\xc3\xa9\xff')), max_size=60).map(bytes),
    block=st.sampled_from([1, 5, 1 << 19]),
)
def test_no_bytes_whatever_lose_a_record(data: bytes, block: int) -> None:
    """The scan's count is what the parser finds, however the file is cut into blocks."""
    before, records.BLOCK = records.BLOCK, block
    try:
        (found,) = read(Source("x.csv", Path("x.csv"), b"h1,h2\n" + data))
        read_cells = cells(found)
    finally:
        records.BLOCK = before
    (whole,) = read(Source("x.csv", Path("x.csv"), b"h1,h2\n" + data))
    assert len(read_cells) == found.records
    assert (read_cells, found.faults) == (cells(whole), whole.faults)
