"""Makes ``workbook-with-faults.xlsx`` from ``submission``, the same file each time.

The records are those without faults, as somebody might keep them in Excel: dates are dates, counts
are numbers. ``PLANTED`` are the cells at fault. All of them are such as ``fix`` can mend, the last
ones only with ``--unsafe``, so that a first walk from the faulty workbook to a clean one needs
nobody who knows the records.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
MADE = dt.datetime(2026, 1, 31)  # noqa: DTZ001 - a fixed day, so that the same script makes the same file
TABLES = ("series", "media", "victims", "offenders")
COUNTS = {"victim_count", "offender_count", "image_count", "video_count"}
PLANTED = {
    ("series", 4, "victim_gender"): "Female",
    ("series", 7, "contributor"): "France",
    ("series", 9, "victim_gender"): "garçons",
    ("series", 11, "copine_min"): " 7",
    ("series", 13, "last_reviewed"): "11/2025",
    ("series", 15, "victim_status"): "Identified",
    ("media", 3, "media_type"): "Image",
    ("victims", 5, "age_basis"): "Visual estimate",
    ("offenders", 2, "gender"): "Male",
    # only likely
    ("series", 6, "victim_age_group"): "pubescnt",
    ("victims", 8, "status"): "unidentifed",
}
"""Sheet, row and heading of each cell at fault, and what stands in it instead."""


def main(path: Path = HERE / "workbook-with-faults.xlsx") -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "A submission with faults (made up)", "created": MADE})
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE6F1"})
        month = book.add_format({"num_format": "yyyy-mm", "align": "left"})
        for table in TABLES:
            sheet = book.add_worksheet(table)
            with (HERE / "submission" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                headings, *records = csv.reader(file)
            sheet.write_row(0, 0, headings, bold)
            sheet.freeze_panes(1, 1)
            for row, record in enumerate(records, 1):
                for column, (heading, cell) in enumerate(zip(headings, record, strict=True)):
                    text = PLANTED.get((table, row + 1, heading))
                    if text is not None:
                        sheet.write_string(row, column, text)
                    elif heading == "last_reviewed":
                        sheet.write_datetime(
                            row, column, dt.date.fromisoformat(f"{cell}-01"), month
                        )
                    elif heading in COUNTS and cell.isdecimal():
                        sheet.write_number(row, column, int(cell))
                    elif cell:
                        sheet.write_string(row, column, cell)
            sheet.autofit()


if __name__ == "__main__":
    main()
