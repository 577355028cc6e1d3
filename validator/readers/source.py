"""A thing to read: a file, bytes that are already here, or a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from validator.errors import UnreadableInput


@dataclass(frozen=True)
class Source:
    """What to read, under the name that reports show.

    ``path`` or ``data`` is given, or both: then the path only tells the kind of the data. Bytes
    are read as they stand at the time of the call: no handle is kept open between calls, so that
    every method is safe in any thread. A database has a ``url`` alone, which may hold a password.
    ``notes`` say what was passed over to come to it.
    """

    name: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    url: str | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """What picks the reader: the suffix in lower case, or the scheme of a URL (``sqlite:``).

        Standard input is delimited text.
        """
        if self.url is not None:
            return self.url.partition(":")[0].lower() + ":"
        return self.path.suffix.lower() if self.path else ".csv"

    @property
    def size(self) -> int:
        """The number of bytes."""
        if self.data is not None:
            return len(self.data)
        try:
            return self._file.stat().st_size
        except OSError as error:
            raise unreadable(self.name, error) from None

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` up to ``stop``, or up to the end where that comes first."""
        if self.data is not None:
            return self.data[start:stop]
        try:
            with self._file.open("rb") as file:
                file.seek(start)
                return file.read(max(stop - start, 0))
        except OSError as error:
            raise unreadable(self.name, error) from None

    def stream(self, start: int, size: int) -> Iterator[bytes]:
        """The bytes from ``start`` to the end, in pieces of ``size`` (the last may be shorter)."""
        if self.data is not None:
            for at in range(start, len(self.data), size):
                yield self.data[at : at + size]
            return
        try:
            with self._file.open("rb", buffering=0) as file:
                file.seek(start)
                while piece := file.read(size):
                    yield piece
        except OSError as error:
            raise unreadable(self.name, error) from None

    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for piece in self.stream(0, 1 << 20):
            digest.update(piece)
        return digest.hexdigest()

    @property
    def _file(self) -> Path:
        assert self.path is not None, "a source has a path or data"  # noqa: S101 - a programming error
        return self.path


def unreadable(name: str, error: OSError) -> UnreadableInput:
    """The one clear sentence for a file that the operating system will not give."""
    match error:
        case FileNotFoundError():
            return UnreadableInput(f"{name}: no such file or folder. Check the path for a slip.")
        case PermissionError():
            return UnreadableInput(
                f"{name}: permission to read it is refused."
                " Close it in other programs, or ask its owner for access."
            )
        case IsADirectoryError():
            return UnreadableInput(f"{name}: this is a folder. Name the file in it.")
        case _:
            reason = (error.strerror or type(error).__name__).lower()
            return UnreadableInput(f"{name}: cannot be read ({reason}). Copy it to a local disk.")
