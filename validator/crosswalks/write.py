"""CSV files written as they come, which appear under their names all together or not at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from validator.errors import UsageError
from validator.placing import Beside

if TYPE_CHECKING:
    import polars as pl


class Folder:
    """A folder that files are written into. Nothing of them is seen before all are on the disk.

    Raises UsageError where the place cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, CsvFile] = {}
        self._beside = Beside()

    def __enter__(self) -> Folder:
        return self

    def file(self, name: str) -> CsvFile:
        """The file of that name, open for more records."""
        if name not in self.files:
            with _told(self.folder):
                target = self.folder / name
                self.files[name] = CsvFile(target, self._beside.part(target))
        return self.files[name]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _told(self.folder):
            try:
                for file in self.files.values():
                    file.close()
                if kind is None:
                    self._beside.place()
            finally:
                self._beside.drop()


class CsvFile:
    """UTF-8, LF, comma, quotes where they must be, blank cells as nothing."""

    def __init__(self, target: Path, part: Path) -> None:
        self.target, self.part = target, part
        self._stream: IO[bytes] = part.open("wb")
        self.columns: tuple[str, ...] | None = None
        self.rows = 0

    def append(self, frame: pl.DataFrame) -> None:
        """Write the records of a frame of text columns; the first one gives the headings."""
        import polars as pl

        first = self.columns is None
        self.columns = self.columns or tuple(frame.columns)
        self.rows += frame.height
        # Polars writes "" for an empty text, and nothing for what is not there
        texts = frame.select(self.columns)
        plain = texts.with_columns(pl.when(pl.all() != "").then(pl.all()))
        with _told(self.target.parent):
            plain.write_csv(self._stream, include_header=first, quote_style="necessary")

    def close(self) -> None:
        """Have all of it written."""
        self._stream.close()

    def digest(self) -> str:
        """The SHA-256 of what was written, after it was closed."""
        digest = hashlib.sha256()
        with self.part.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest()


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = error.strerror or "the system refuses"
        message = f"Cannot write in '{folder}': {what}. Choose another place with --output."
        raise UsageError(message) from None
