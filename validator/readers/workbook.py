"""Workbooks: XLSX, XLSM and ODS. A sheet is a table; cells are read as the steward sees them.

calamine reads the cells. An empty row or column before the table does not shift its numbers.
Real dates become ISO text as exact as their field, numbers lose the ``.0`` of whole ones, text
keeps its leading zeros, and hidden rows, columns and sheets are read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Table
from validator.readers import _typed
from validator.readers.apart import Broken, apart
from validator.readers.archive import opened
from validator.readers.faults import FaultLog, unusable
from validator.readers.source import Source

if TYPE_CHECKING:
    import zipfile

    import polars as pl

    from validator.readers._sheet_facts import Facts

SUFFIXES = (".xlsx", ".xlsm", ".ods")

OWN_SHEETS = frozenset({"How to", "Codes", "Rules", "Lists", "Findings"})
"""Sheets that accordant itself writes into templates and annotated copies; they are no tables."""

_HEADINGS_WITHIN = 20
"""The headings stand in one of so many first rows; a title may stand above them."""
_MIDNIGHT = " 00:00:00"
_DAY = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
_LONG = r"\A-?[0-9]+\.[0-9]{14,}\z"
"""A number with more digits than a spreadsheet shows (15), which only arithmetic leaves."""


def parse(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """Every sheet of the workbook that holds something."""
    import fastexcel

    archive = opened(source)
    try:
        book = fastexcel.read_excel(source.data if source.data is not None else str(source.path))
    except fastexcel.FastExcelError:
        raise Broken(reason="damaged") from None
    wanted = {table.name for table in tables}
    own = [name for name in book.sheet_names if name in OWN_SHEETS - wanted]
    notes = list(_of_the_whole(archive))
    if own:
        notes.append(f"Left out what accordant writes itself: {', '.join(own)}.")
    found = False
    for name in book.sheet_names:
        if name in own:
            continue
        reading = _sheet(source, archive, book, name, tables, notes if not found else [])
        if reading is not None:
            found = True
            yield reading
    if not found:
        yield unusable(source, {"kind": "empty"})


read = apart(parse)


def _of_the_whole(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield "The workbook refers to other files. They were not opened; the saved values count."
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "The workbook holds macros. They were not run."


def _sheet(
    source: Source,
    archive: zipfile.ZipFile,
    book: Any,
    name: str,
    tables: Sequence[Table],
    notes: Sequence[str],
) -> Reading | None:
    """The table of one sheet, or None where there is nothing on it."""
    import fastexcel
    import polars as pl

    from validator.readers._sheet_facts import facts_of

    with ThreadPoolExecutor(max_workers=1) as beside:
        facts_come = beside.submit(facts_of, archive, name)
        try:
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            cells: pl.DataFrame = sheet.to_polars()
        except fastexcel.FastExcelError:
            raise Broken(reason="damaged") from None
        facts = facts_come.result()
    if cells.is_empty():
        return None
    first = sheet.available_columns()[0]
    bare = "content.xml" in archive.namelist()
    grid = _Grid(cells, first.absolute_index + 1, facts, bare=bare)
    fields = _typed.agreed(tables, name)
    header = grid.header(fields)
    log = FaultLog()
    above = cells.head(header - 1).filter(pl.any_horizontal(pl.all().is_not_null())).height
    if above:
        notes = [*notes, f"The headings stand in row {header}; what is above was not read."]
    else:
        for row in range(1, header):
            log.add("blank-row", row)
    left, columns = grid.columns(header)
    table = grid.table(header, left, columns, fields)
    _log(log, facts, header, left, len(columns), cells.height)

    def frames(rows: int) -> Iterator[pl.DataFrame]:
        yield from table.iter_slices(rows)

    return _typed.reading(
        source.name,
        columns,
        frames,
        log,
        notes=(*notes, *_hidden(facts, hidden=sheet.visible != "visible")),
        sheet=name,
        cells=True,
        left=left,
        header=header,
    )


def _hidden(facts: Facts, *, hidden: bool) -> Iterator[str]:
    told = "were read like any other."
    if hidden:
        yield "The sheet is hidden. Its rows were read all the same."
    if facts.hidden_rows:
        yield f"Hidden rows {told}"
    if facts.hidden_columns:
        yield f"Hidden columns {told}"


def _log(log: FaultLog, facts: Facts, header: int, left: int, width: int, height: int) -> None:
    """The faults that only the sheet's XML shows, where they touch the table."""
    inside = range(left, left + width)
    for top, first, bottom, last in facts.merged:
        if bottom >= header and top <= height and first < inside.stop and last >= left:
            log.add("ragged-row", top, column=max(first, left), kind="merged")
    unsaved = [(row, column) for row, column in facts.unsaved if row >= header and column in inside]
    if unsaved:
        row, column = unsaved[0]
        log.add(
            "unreadable-file",
            row,
            column=column,
            reason="formulas",
            cells=len(unsaved),
        )


class _Grid:
    """The cells of a sheet from row 1 on, and from column ``left`` on."""

    def __init__(self, cells: pl.DataFrame, left: int, facts: Facts, *, bare: bool) -> None:
        import polars as pl

        self.left, self.bare = left, bare
        self.cells = cells.select(
            pl.col(name).fill_null("").alias(f"c{i}") for i, name in enumerate(cells.columns)
        )
        by_column: dict[int, list[tuple[int, str]]] = {}
        for row, column, text in facts.errors:
            if 0 <= column - left < cells.width and row <= cells.height:
                by_column.setdefault(column - left, []).append((row - 1, text))
        for index, places in by_column.items():
            rows, texts = zip(*places, strict=True)
            changed = self.cells[f"c{index}"].scatter(list(rows), list(texts))
            self.cells = self.cells.with_columns(changed)

    def header(self, fields: Mapping[str, Field]) -> int:
        """The row of the headings: that with the most field names, or the first with anything."""
        rows = list(enumerate(self.cells.head(_HEADINGS_WITHIN).iter_rows(), 1))
        known = [(len(fields.keys() & set(cells)), -row) for row, cells in rows]
        most, row = max(known, default=(0, -1))
        if most:
            return -row
        filled = (row for row, cells in enumerate(self.cells.iter_rows(), 1) if any(cells))
        return next(filled, 1)

    def columns(self, header: int) -> tuple[int, tuple[str, ...]]:
        """The sheet's column of the first heading, and the headings.

        Empty columns at either side are no part of the table.
        """
        headings = self.cells.row(header - 1)
        below = self.cells.slice(header)
        used = [
            index
            for index, heading in enumerate(headings)
            if heading.strip() or (below[f"c{index}"] != "").any()
        ]
        first, last = (used[0], used[-1]) if used else (0, -1)
        return self.left + first, headings[first : last + 1]

    def table(
        self, header: int, left: int, columns: Sequence[str], fields: Mapping[str, Field]
    ) -> pl.DataFrame:
        """The records below the headings, with the row that each stands in."""
        import polars as pl

        shift = left - self.left
        records = self.cells.slice(header)
        rows = pl.int_range(header + 1, header + 1 + records.height, dtype=pl.Int64)
        names = [f"c{i + shift}" for i in range(len(columns))]
        special = self._special(records.select(names))
        return records.select(
            *(
                (
                    _seen(name, fields.get(heading), bare=self.bare)
                    if special[name]
                    else pl.col(name)
                ).alias(f"c{i}")
                for i, (name, heading) in enumerate(zip(names, columns, strict=True))
            ),
            rows.alias(ROW),
        )

    def _special(self, records: pl.DataFrame) -> Mapping[str, bool]:
        """Whether a column may hold dates, or more digits than are shown: few do."""
        import polars as pl

        if self.bare or records.is_empty():
            return dict.fromkeys(records.columns, True)
        cell = pl.all()
        may = cell.str.ends_with(_MIDNIGHT).any() | cell.str.contains(".", literal=True).any()
        return records.select(may).row(0, named=True)


def _seen(name: str, field: Field | None, *, bare: bool) -> pl.Expr:
    """A cell as its spreadsheet shows it, with dates as the field writes them.

    ``bare`` tells that dates come without a time.
    """
    import polars as pl

    cell = pl.col(name)
    # calamine gives the dates of XLSX with a time, those of ODS without: there a text of that
    # shape is taken for a date too
    day = cell.str.strip_suffix(_MIDNIGHT)
    date = day.str.contains(_DAY) & ((day != cell) | bare)
    # 15 digits, as spreadsheets show: 0.1 + 0.2 is 0.3
    number = cell.str.contains(_LONG)
    rounded = cell.cast(pl.Float64, strict=False).round_sig_figs(15).cast(pl.String)
    return (
        pl.when(date)
        .then(_typed.day(day, field))
        .when(number)
        .then(rounded.str.strip_suffix(".0"))
        .otherwise(cell)
    )
