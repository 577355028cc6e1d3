"""What a delimited file's reading says: its cells, its rows, and its faults."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from validator.model.reading import ROW, Reading
from validator.readers.delimited import read
from validator.readers.source import Source

Rows = list[tuple[str, ...]]


def reading(data: bytes, name: str = "series.csv", known: frozenset[str] = frozenset()) -> Reading:
    return read(Source(name, Path(name), data), known)


def cells(of: Reading) -> Rows:
    return [row[:-1] for frame in of.frames(1000) for row in frame.rows()]


def row_numbers(of: Reading) -> list[int]:
    return [row for frame in of.frames(1000) for row in frame[ROW]]


def faults(of: Reading) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.row) for fault in of.faults]


def test_a_sound_file_is_read_as_it_stands() -> None:
    found = reading(b'a,b\n1,"x,y"\n2,"say ""so"""\n3,"two\nlines"\n')
    assert found.columns == ("a", "b")
    assert cells(found) == [("1", "x,y"), ("2", 'say "so"'), ("3", "two\nlines")]
    assert row_numbers(found) == [2, 3, 4]
    assert (found.records, found.faults) == (3, ())


def test_a_short_row_is_filled_and_a_long_row_is_cut_and_both_are_reported() -> None:
    found = reading(b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n")
    assert faults(found) == [("ragged-row", 3), ("ragged-row", 4)]
    assert [dict(fault.detail) for fault in found.faults] == [
        {"expected": "3", "got": "2"},
        {"expected": "3", "got": "4"},
    ]
    assert cells(found) == [("1", "2", "3"), ("4", "5", ""), ("6", "7", "8"), ("10", "11", "12")]


@pytest.mark.parametrize(
    ("line", "column", "second"),
    [
        (b'1,"x', 2, '"x'),
        (b'1,x"', 2, 'x"'),
        (b'1,"x"y', 2, '"x"y'),
        (b'1, "x"', 2, ' "x"'),
        (b'"1,"x"', 1, "x"),
    ],
)
def test_a_quote_out_of_place_is_literal_text_of_its_own_row(
    line: bytes, column: int, second: str
) -> None:
    found = reading(b"a,b\n0,0\n" + line + b"\n" + b"2,2\n" * 3)
    assert faults(found) == [("stray-quote", 3)]
    assert found.faults[0].column == column
    assert cells(found)[1][1] == second
    assert cells(found)[2:] == [("2", "2")] * 3


def test_an_unclosed_quote_does_not_swallow_the_records_after_it() -> None:
    rows = b"".join(b'%d,"",x\n' % number for number in range(100_000))
    found = reading(b'a,b,c\n0,"open,x\n' + rows)
    assert faults(found) == [("stray-quote", 2)]
    assert found.records == 100_001
    assert cells(found)[-1] == ("99999", "", "x")


def test_two_unclosed_quotes_are_two_faults_where_joining_them_would_make_a_ragged_row() -> None:
    found = reading(b'a,b,c\n1,"x,y\n2,x,y\n3,x,y"\n4,x,y\n')
    assert faults(found) == [("stray-quote", 2), ("stray-quote", 4)]
    assert found.records == 4


def test_a_well_formed_cell_that_holds_what_looks_like_records_is_kept() -> None:
    found = reading(b'a,b,c\n1,"x,y\n2,x,y\n3,x",y\n4,x,y\n')
    assert cells(found) == [("1", "x,y\n2,x,y\n3,x", "y"), ("4", "x", "y")]
    assert found.faults == ()


def test_a_quoted_cell_may_go_on_over_many_blocks() -> None:
    text = b"line, with a separator\n" * 100_000
    found = reading(b'a,b\n1,x\n2,"' + text + b'"\n3,z\n')
    assert found.records == 3
    assert found.faults == ()
    assert [len(b) for _, b in cells(found)] == [1, len(text), 1]


def test_a_blank_line_keeps_its_row() -> None:
    found = reading(b"a,b\n1,x\n\n , \n2,y\n")
    assert faults(found) == [("blank-row", 3), ("blank-row", 4)]
    assert cells(found) == [("1", "x"), ("", ""), ("", ""), ("2", "y")]
    assert row_numbers(found) == [2, 3, 4, 5]


def test_blank_lines_before_the_header_move_its_row() -> None:
    found = reading(b"\n\na,b\n1,x\n")
    assert faults(found) == [("blank-row", 1), ("blank-row", 2)]
    assert row_numbers(found) == [4]


@pytest.mark.parametrize(("end", "blank"), [(b"", 0), (b"\n", 0), (b"\n\n", 1), (b",\n,\n,", 1)])
def test_blank_lines_at_the_end_are_one_fault_at_most(end: bytes, blank: int) -> None:
    found = reading(b"a,b\n1,x\n" + end)
    assert found.records == 1
    assert cells(found) == [("1", "x")]
    assert dict(found.fault_counts).get("blank-row", 0) == blank


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_read(end: bytes) -> None:
    found = reading(end.join([b"a,b", b"1,x", b'2,"y' + end + b'z"', b""]))
    assert cells(found) == [("1", "x"), ("2", f"y{end.decode()}z")]
    assert found.faults == ()


def test_mixed_line_ends_are_noted() -> None:
    found = reading(b"a,b\r\n1,x\n2,y\r3,z\r\n")
    assert cells(found) == [("1", "x"), ("2", "y"), ("3", "z")]
    assert found.notes == ("Its line ends are mixed (LF, CR LF, CR).",)


@pytest.mark.parametrize("mark", [b",", b";", b"\t", b"|"])
def test_the_separator_is_found(mark: bytes) -> None:
    found = reading(b"a,b\n1,x\n".replace(b",", mark))
    assert (found.columns, cells(found)) == (("a", "b"), [("1", "x")])


def test_known_field_names_break_a_tie_of_separators() -> None:
    text = b"one;two,three;four\n1;2,3;4\n"
    assert reading(text, known=frozenset({"two,three"})).columns == ("one", "two,three", "four")
    assert reading(text, known=frozenset({"one;two"})).columns == ("one;two", "three;four")


def test_the_hint_of_a_spreadsheet_program_is_no_row() -> None:
    found = reading(b"sep=;\r\na;b\r\n1;x,y,z\r\n")
    assert (found.columns, cells(found), row_numbers(found)) == (("a", "b"), [("1", "x,y,z")], [2])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    found = reading("réf,b\n1,é\n2,أنثى\n".encode(encoding))
    assert (found.columns, cells(found)) == (("réf", "b"), [("1", "é"), ("2", "أنثى")])
    assert found.faults == ()


def test_windows_1252_is_read_and_is_one_fault() -> None:
    found = reading("réf,b\n1,é\n2,Féminin\n".encode("cp1252"))
    assert (found.columns, cells(found)) == (("réf", "b"), [("1", "é"), ("2", "Féminin")])
    assert [dict(fault.detail) for fault in found.faults] == [{"encoding": "windows-1252"}]


def test_damaged_utf8_is_reported_at_its_row() -> None:
    found = reading("a,b\n1,é\n2,é\n3,é\n".encode().replace(b"2,\xc3\xa9", b"2,\xc3"))
    assert faults(found) == [("encoding-fault", 3)]
    assert cells(found) == [("1", "é"), ("2", "\ufffd"), ("3", "é")]


def test_a_sequence_cut_by_the_end_of_the_file_is_reported_at_its_row() -> None:
    assert faults(reading("a,b\n1,é".encode()[:-1])) == [("encoding-fault", 2)]


def test_a_nul_is_reported_at_its_row() -> None:
    found = reading(b"a,b\n1,x\n2,\0\n3,z\n")
    assert faults(found) == [("encoding-fault", 3)]
    assert found.records == len(cells(found)) == 3


def test_a_repeated_column_is_reported_and_both_are_read() -> None:
    found = reading(b"a,b,a,,\n1,2,3,4,5\n")
    assert found.columns == ("a", "b", "a", "", "")
    assert [(f.code, f.column, f.name) for f in found.faults] == [("duplicate-column", 3, "a")]
    assert cells(found) == [("1", "2", "3", "4", "5")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b" ,\n,,\n", "empty"),
        (b"\0" * 5000, "binary file"),
        (bytes(range(256)) * 20, "binary file"),
        (b"PK\x03\x04rest", "workbook or zip archive"),
    ],
)
def test_a_file_that_is_no_table_is_a_fault_and_an_empty_reading(data: bytes, kind: str) -> None:
    found = reading(data)
    assert faults(found) == [("unreadable-file", None)]
    assert dict(found.faults[0].detail) == {"kind": kind}
    assert (found.columns, found.records, cells(found)) == ((), 0, [])


@pytest.mark.parametrize("data", [b"a", b"a,b", b"a,b\n", b"a,b\r\n"])
def test_a_header_alone_is_a_table_without_records(data: bytes) -> None:
    found = reading(data)
    assert (found.columns, found.records, cells(found), found.faults) == (
        tuple(data.decode().strip().split(",")),
        0,
        [],
        (),
    )


def test_a_header_with_an_unclosed_quote_keeps_the_records() -> None:
    found = reading(b'a,"b\n1,2\n3,4\n')
    assert faults(found) == [("stray-quote", 1)]
    assert cells(found) == [("1", "2"), ("3", "4")]


def test_a_very_wide_table_and_a_very_long_cell_are_read() -> None:
    wide = reading(
        b",".join(b"h%d" % i for i in range(20_000)) + b"\n" + b"1," * 19_999 + b"1\n1\n"
    )
    assert (len(wide.columns), wide.records, faults(wide)) == (20_000, 2, [("ragged-row", 3)])
    long = reading(b"a,b\n1," + b"x" * 10_000_000 + b"\n2,y\n")
    assert [len(b) for _, b in cells(long)] == [10_000_000, 1]


def test_a_row_that_is_too_long_by_a_whole_byte_of_cells_is_ragged() -> None:
    found = reading(b"a,b\n1,2\n" + b"x" + b",x" * 257 + b"\n3,4\n")
    assert faults(found) == [("ragged-row", 3)]
    assert cells(found) == [("1", "2"), ("x", "x"), ("3", "4")]


def test_faults_are_capped_in_memory_and_exact_in_number() -> None:
    found = reading(b"a,b\n" + b"1\n" * 3000)
    assert len(found.faults) == 1000
    assert found.fault_counts == (("ragged-row", 3000),)


def test_a_fault_among_many_blocks_is_found_at_its_row(tmp_path: Path) -> None:
    lines = [b"ref,text"] + [b'%d,"text, %d"' % (n, n) for n in range(100_000)]
    lines[70_000] = b"broken"
    path = tmp_path / "series.csv"
    path.write_bytes(b"\n".join(lines))
    found = read(Source("series.csv", path), frozenset())
    assert faults(found) == [("ragged-row", 70_001)]
    assert cells(found)[69_999:70_001] == [("broken", ""), ("70000", "text, 70000")]
    assert row_numbers(found) == list(range(2, 100_002))


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"a,b\n1\n\n\n", "a,é\n".encode("utf-16"), b""])
def test_the_digest_is_that_of_the_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(data)
    assert read(Source("x", path), frozenset()).sha256 == hashlib.sha256(data).hexdigest()
    assert reading(data).sha256 == hashlib.sha256(data).hexdigest()


def test_a_title_above_the_headings_is_a_fault_of_its_own_row_and_moves_no_other() -> None:
    known = frozenset({"ref", "place"})
    found = reading(b"Extract of May\n\nref;place\n1;x\n2\n", known=known)
    assert (found.columns, cells(found)) == (("ref", "place"), [("1", "x"), ("2", "")])
    assert (row_numbers(found), found.header) == ([4, 5], 3)
    assert sorted(faults(found)) == [("blank-row", 2), ("ragged-row", 1), ("ragged-row", 5)]
    assert found.notes == ("The headings stand in row 3; what is above was not read.",)


def test_without_known_names_the_first_row_is_the_header() -> None:
    assert reading(b"title\nref;place\n1;x\n").columns == ("title",)


def test_bytes_that_are_no_text_are_replaced_beside_a_nul_in_the_same_record() -> None:
    found = reading(b'a,b\n1,"\0\n\xc3"\n' + "2,\u00e9\u00e9\n".encode())
    assert faults(found) == [("encoding-fault", 2)]
    assert cells(found) == [("1", "\0\n\ufffd"), ("2", "\u00e9\u00e9")]


def test_one_line_end_that_differs_is_noted_wherever_it_stands() -> None:
    mixed = ("Its line ends are mixed (LF, CR LF, CR).",)
    assert reading(b"a,b\r\n1,x\n2,y\n").notes == mixed
    assert reading(b"a,b\n1,x\n2,y\r\n3,z").notes == mixed
    assert reading(b"a,b\n1,x\r\n2,y\r\n").notes == mixed
    assert reading(b"a,b\r\n1,x\r\n2,y").notes == ()


def test_a_mark_that_begins_a_record_is_a_cells_wherever_the_text_is_cut():
    data = b"a\n1,2\n\n\xef\xbb\xbf\n\xef\xbb\xbf"
    found = read(Source("x.csv", Path("x.csv"), data=data), frozenset())
    for rows in (1, 2, 100):
        cells = [cell for frame in found.frames(rows) for cell in frame["c0"]]
        assert cells == ["1", "", "\ufeff", "\ufeff"]


@pytest.mark.parametrize("first", ["x^2", "x\x01"])
def test_a_text_that_begins_like_a_packed_one_is_a_text(tmp_path, first):
    file = tmp_path / "x.csv"
    for text in (f"{first},b\n1,2\n", f"a,b\n{first},2\n", f"a,b\n{first},2\n1\n"):
        file.write_text(text, "utf-8")
        (found,) = [read(Source("x.csv", file), frozenset())]
        read_cells = [row[:-1] for frame in found.frames(100) for row in frame.rows()]
        assert read_cells[0] == tuple(text.splitlines()[1].split(","))


@pytest.mark.parametrize("name", ["a[1].csv", "a[x.csv", "a*.csv", "a?.csv", "{a,b}.csv"])
def test_signs_of_patterns_in_a_name_are_part_of_the_name(tmp_path, name):
    file = tmp_path / name
    for other in ("a1.csv", "ax.csv", "a.csv", "b.csv"):
        (tmp_path / other).write_text("h1,h2\n9,9\n", "utf-8")
    file.write_text("h1,h2\n1,2\n", "utf-8")
    (found,) = [read(Source(name, file), frozenset())]
    assert [frame["c0"].to_list() for frame in found.frames(100)] == [["1"]]
