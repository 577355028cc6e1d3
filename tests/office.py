"""``python -m tests.office``: LibreOffice opens what accordant writes, and saves it again.

Not a test: LibreOffice is no small thing to install, and so no part of CI. Whatever it loses or
repairs would show in what it saves: each file is compared with its copy, and checked again. Where
there is no LibreOffice nothing was tried, and the exit code is 2.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

from validator import api
from validator.registry import Rendering, annotators

EXAMPLES = Path(__file__).parents[1] / "examples"
FAULTY = EXAMPLES / "workbook-with-faults.xlsx"
STANDARD, AS_OF = "global-indicator", "2026-01-31"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def saved(path: Path, form: str = "xlsx") -> Path:
    """The file as LibreOffice saves it."""
    to = path.parent / f"as-{form}"
    home = path.parent / "profile"
    command = [str(OFFICE), f"-env:UserInstallation={home.as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(to), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return to / f"{path.stem}.{form}"


def found(path: Path) -> Counter[tuple[str, str | None, int | None, str | None]]:
    """Code, sheet, row and field of each finding."""
    report = api.check(STANDARD, path, as_of=AS_OF, max_rows=10**6)
    return Counter((f.code, f.sheet, f.row, f.field) for f in report.findings)


def content(path: Path) -> Counter[str]:
    """How many of each thing a workbook has."""
    counts: Counter[str] = Counter()
    for sheet in openpyxl.load_workbook(path):
        counts["sheets"] += 1
        counts["protected"] += sheet.protection.sheet
        counts["lists and limits"] += len(sheet.data_validations.dataValidation)
        counts["conditional colours"] += len(list(sheet.conditional_formatting))
        counts["charts"] += len(sheet._charts)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            counts["cells"] += cell.value not in {None, ""}
            counts["comments"] += cell.comment is not None
            counts["links"] += cell.hyperlink is not None
    return counts


def annotated(source: Path, to: Path) -> Path:
    """The annotated workbook of a submission."""
    report = api.check(STANDARD, source, as_of=AS_OF)
    to.write_bytes(annotators()["xlsx"].annotate(report, Rendering()))
    return to


def the_shipped_workbook(folder: Path) -> Iterator[tuple[str, object, object]]:
    """What is tried: its name, what was before, and what is after."""
    path = Path(shutil.copy(FAULTY, folder / "book.xlsx"))
    yield "the same findings at the same cells", found(path), found(saved(path))
    yield "the same in ODS", found(path), found(saved(path, "ods"))


def the_mended_copy(folder: Path) -> Iterator[tuple[str, object, object]]:
    """The same for the workbook that fix writes."""
    path = folder / "mended.xlsx"
    (path_data,) = api.mend(STANDARD, FAULTY, unsafe=True).files.values()
    path.write_bytes(path_data)
    yield "as many cells", content(FAULTY), content(path)
    yield "clean once it is saved", Counter(), found(saved(path))


def the_annotated_workbook(folder: Path) -> Iterator[tuple[str, object, object]]:
    """The same for the steward's own workbook with the findings in it."""
    path = annotated(FAULTY, folder / "marked.xlsx")
    again = saved(path)
    yield "comments, links and sheets stay", content(path), content(again)
    yield "the same findings", found(path), found(again)


def the_new_workbook(folder: Path) -> Iterator[tuple[str, object, object]]:
    """The same for the workbook that is made of other files."""
    path = annotated(EXAMPLES / "submission-with-faults", folder / "new.xlsx")
    again = saved(path)
    yield "comments, links and sheets stay", content(path), content(again)
    yield "the same findings", found(path), found(again)


def the_template(folder: Path) -> Iterator[tuple[str, object, object]]:
    """The same for the template: empty, and filled in by the records without faults."""
    path = folder / "template.xlsx"
    (data,) = api.compile(STANDARD, "xlsx-template").files.values()
    path.write_bytes(data)
    yield "lists, colours and protection stay", content(path), content(saved(path))
    book = openpyxl.load_workbook(saved(path))
    for sheet in openpyxl.load_workbook(folder / "mended.xlsx"):
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                own = book[sheet.title].cell(cell.row, cell.column)
                own.value = cell.value
    filled = folder / "filled.xlsx"
    book.save(filled)
    yield "filled in, it checks clean", Counter(), found(filled)
    yield "and clean once it is saved", Counter(), found(saved(filled))


PARTS: tuple[Callable[[Path], Iterator[tuple[str, object, object]]], ...] = (
    the_shipped_workbook,
    the_mended_copy,
    the_annotated_workbook,
    the_new_workbook,
    the_template,
)


def main() -> int:
    """Try all, and say what differs."""
    if OFFICE is None:
        print("NO LIBREOFFICE: nothing was tried. Install it: apt install libreoffice-calc")  # noqa: T201 - this is what it says
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            for name, before, after in part(Path(folder)):
                same = before == after
                wrong += not same
                print(f"{'ok  ' if same else 'LOST'} {part.__name__}: {name}")  # noqa: T201 - this is what it says
                if not same:
                    print(f"     before {before}\n     after  {after}")  # noqa: T201 - the same
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
