"""What is made of the files that were dropped: reports, mended copies, annotated workbooks."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from validator import api
from validator.errors import AccordantError
from validator.mending.mend import Mended
from validator.model.disclosure import AUDIENCES
from validator.model.report import Report, Verdict
from validator.registry import Rendering, annotators, checks, formats, targets
from validator.reports import answer

WORKBOOKS = (".xlsx", ".xlsm")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}


@dataclass(frozen=True)
class Product:
    """One thing to download."""

    name: str
    title: str
    about: str
    data: bytes

    @property
    def media_type(self) -> str:
        """What its bytes are."""
        return TYPES.get(Path(self.name).suffix.lower(), "application/octet-stream")


@dataclass(frozen=True)
class Copy:
    """A mended copy: its files by name, the cells changed, and what must be mended by hand.

    ``by_hand`` are files that are not in it, ``stayed`` the rows in it that are as they were, in
    words. ``likely`` tells that it also holds what is only likely.
    """

    likely: bool
    files: Mapping[str, bytes]
    cells: int
    by_hand: Sequence[str]
    stayed: Sequence[str]
    product: Product


@dataclass(frozen=True)
class Question:
    """What is asked: files in a folder of their own, a standard (None: the one that fits)."""

    folder: Path
    names: Sequence[str]
    standard: str | None
    audience: str | None

    @property
    def paths(self) -> list[Path]:
        """The files, where they can be opened."""
        return [self.folder / name for name in self.names]

    def shown(self, text: str) -> str:
        """A text that may name the files by path, with their names alone."""
        for at in (f"{self.folder}/", f"{self.folder}\\"):
            text = text.replace(at, "")
        return text


def make_ready() -> None:
    """Import what every check needs, so that the first one does not wait for it."""
    importlib.import_module("validator.engine.run")
    for find in (checks, formats, annotators, targets):
        find()


def check(question: Question, progress: Callable[[int], None]) -> Report:
    """Check the files. Raises AccordantError."""
    audience = AUDIENCES[question.audience] if question.audience else None
    return api.check(question.standard, question.paths, audience=audience, progress=progress)


def verdict(report: Report) -> tuple[str, str, Verdict]:
    """The verdict in a few words, what stands behind it, and its kind."""
    word, why = answer.verdict(report)
    return word, why, report.verdict


def relabelled(question: Question, report: Report) -> Report:
    """The report with the files under the names they came with."""

    def name(path: str | None) -> str | None:
        return None if path is None else question.shown(path)

    return replace(
        report,
        inputs=tuple(replace(i, path=question.shown(i.path)) for i in report.inputs),
        findings=tuple(replace(f, file=name(f.file)) for f in report.findings),
        checks=tuple(replace(c, reason=name(c.reason)) for c in report.checks),
        notes=tuple(map(question.shown, report.notes)),
        standard_found_by=question.shown(report.standard_found_by),
    )


def reports(report: Report) -> Iterator[Product]:
    """The reports of a relabelled report."""
    abouts = {
        "html": ("Report", "the page below, in one file"),
        "json": ("Report for programs", "the same findings as JSON"),
    }
    for form, (title, about) in abouts.items():
        if form in formats():
            data = formats()[form].render(report, Rendering())
            yield Product(f"report.{form}", title, about, data)


def annotated(report: Report) -> Iterator[Product]:
    """The data with the findings marked in them: each workbook, and the other files together.

    ``report`` names the files by the paths under which they can be opened.
    """
    annotator = annotators().get("xlsx")
    if annotator is None:
        return
    paths = dict.fromkeys(item.path for item in report.inputs)
    books = [path for path in paths if Path(path).suffix.lower() in WORKBOOKS]
    others = [path for path in paths if path not in books]
    for group in [*([book] for book in books), others]:
        if not group:
            continue
        try:
            data = annotator.annotate(_part(report, group), Rendering())
        except AccordantError:
            continue  # a file of a kind that cannot be marked; the reports have its findings
        own = Path(group[0])
        is_book = group[0] in books
        name = f"{own.stem}-findings{own.suffix}" if is_book else "findings.xlsx"
        about = f"{own.name} with coloured cells" if is_book else "the tables with coloured cells"
        yield Product(name, "Annotated workbook", f"{about}, comments, and a list", data)


def copies(question: Question) -> Iterator[Copy]:
    """The mended copies: certain mends, and where there are more, likely ones too."""
    certain = _copy(question, likely=False)
    yield certain
    likely = _copy(question, likely=True)
    if likely.cells > certain.cells:
        yield likely


def _copy(question: Question, *, likely: bool) -> Copy:
    from validator.mending.carried import told
    from validator.mending.log import LOG, as_csv

    mended: Mended = api.mend(question.standard, question.paths, unsafe=likely)
    files = {Path(path).name: data for path, data in mended.files.items()}
    by_hand = [Path(path).name for path in (*mended.left_out, *mended.unwritten)]
    stayed = [
        f"{told(rows)} of {f'{Path(path).name}, sheet {sheet}' if sheet else Path(path).name}"
        for (path, sheet), rows in mended.carried.items()
    ]
    name = "mended-with-likely.zip" if likely else "mended.zip"
    title = "Mended copy, likely mends too" if likely else "Mended copy"
    about = (
        "also what is only likely: look it over" if likely else "what leaves no doubt, and a list"
    )
    packed = zipped({**files, LOG: as_csv(mended.changes, values=False)})
    product = Product(name, title, about, packed)
    return Copy(likely, files, len(mended.changes), by_hand, stayed, product)


def document(standard: str, target: str) -> Product:
    """A standard in another form: its one file, or all of them in an archive."""
    model = api.load(standard)
    files = api.compile(model, target).files
    if len(files) == 1:
        ((name, data),) = files.items()
        return Product(Path(name).name, target, "", data)
    return Product(f"{model.id}-{target}.zip", target, "", zipped(files))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of those files."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return to.getvalue()


def _part(report: Report, paths: Sequence[str]) -> Report:
    """The report of some of its files."""
    return replace(
        report,
        inputs=tuple(item for item in report.inputs if item.path in paths),
        findings=tuple(item for item in report.findings if item.file in paths),
    )
