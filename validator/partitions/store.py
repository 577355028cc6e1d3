"""The states of a submission in a folder: taken where a file has not changed, kept where it has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.errors import UnreadableInput, UsageError
from validator.model.reading import Reading
from validator.model.standard import Identifies, Table
from validator.placing import Beside
from validator.readers import discovery, package
from validator.readers.source import Source

if TYPE_CHECKING:
    from validator.engine.passing import Asked, Passed
    from validator.partitions import form

_NAMED = re.compile(r"[0-9a-f]{64}\.state")
_Stat = tuple[int, int, int, int]


@dataclass
class _Partition:
    """One file of the submission.

    ``known`` is what its state says of each reading, until that is taken; ``passes`` are what has
    come of them in this check, with what each depends on.
    """

    path: Path
    depends: str
    readings: Sequence[Reading]
    stat: _Stat | None
    known: dict[int, form.Table]
    read: bool
    passes: dict[int, tuple[str, Passed]] = field(default_factory=dict)
    lasting: bool = True
    """Whether what has come of it may be kept."""


class States:
    """The states in one folder, for one check of a submission.

    Raises UsageError where the folder is a file. Whatever else is wrong with it only means that
    files are read again: a state that is not there, not whole or not ours is not taken.
    """

    def __init__(self, folder: str | Path) -> None:
        if not str(folder):
            # an empty variable of a script, rather than the folder in which it runs
            raise UsageError("States are kept in a folder, and '' is none. Name a folder.")
        self.folder = Path(folder)
        with suppress(OSError):  # what may not even be looked at is told of in the end
            if self.folder.exists() and not self.folder.is_dir():
                message = f"States are kept in a folder, and {folder} is a file. Name a folder."
                raise UsageError(message)
        self._files = 0
        self._partitions: list[_Partition] = []
        self._places: dict[int, tuple[_Partition, int]] = {}
        self._depends: dict[str, str] = {}

    def read(self, source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
        """The readings of a source, as ``readers.discovery.read`` gives them.

        Those of a file that has not changed come from its state, and their ``frames`` read the
        file anew.
        """
        self._files += 1
        if not _stands_alone(source):
            return discovery.read(source, tables)
        from validator.partitions import identity

        name = hashlib.sha256(source.name.encode("utf-8", "surrogatepass")).hexdigest()
        path, depends = self.folder / f"{name}.state", identity.of_reading(source.name, tables)
        stat, known = _stat(source), _known(path, depends, source)
        if known is None:
            readings, old = discovery.read(source, tables), {}
        else:
            readings, old = _readings(known, source, tables), dict(enumerate(known.tables))
        partition = _Partition(path, depends, readings, stat, old, read=known is None)
        self._partitions.append(partition)
        for number, reading in enumerate(readings):
            self._places[id(reading)] = partition, number
        return readings

    def passed(self, asked: Asked, make: Callable[[], Passed]) -> Passed:
        """What the pass over a reading leaves behind: as its state has it, or else as it is made.

        Either way no finding of it has a cell's value.
        """
        partition, number = self._places.get(id(asked.reading), (None, 0))
        if partition is None:
            return make()
        from validator.partitions import form, identity

        # the same for every file of a table
        depends = self._depends.get(asked.table.name) or identity.of_pass(asked)
        self._depends[asked.table.name] = depends
        known = partition.known.pop(number, None)
        if known is not None and known.passed is not None and known.depends == depends:
            found = form.passed(known.passed, known.records, asked)
        else:
            found = _without_values(make())
            partition.read = True
            partition.lasting &= _may_be_kept(asked, found)
        partition.passes[number] = depends, found
        return found

    def finish(self) -> tuple[str, ...]:
        """Keep what is new, and drop the states of files that are gone.

        What a report has to say of it.
        """
        if not self._partitions:
            return ()
        unchanged = sum(not partition.read for partition in self._partitions)
        notes = [_told(unchanged, self._files)] if unchanged else []
        failed: OSError | None = None
        for partition in self._partitions:
            try:
                partition.lasting = not partition.read or self._keep(partition)
            except OSError as error:
                partition.lasting, failed = False, error
        if failed is not None:
            why = (failed.strerror or type(failed).__name__).lower()
            notes.append(
                f"What was found could not be kept in {self.folder} ({why}): the next check reads "
                "these files again."
            )
        self._drop({partition.path for partition in self._partitions if partition.lasting})
        return tuple(notes)

    def _keep(self, partition: _Partition) -> bool:
        """Write the state of a file; whether there is one, and of the file as it still is."""
        from validator.partitions import form

        digests = {reading.sha256 for reading in partition.readings}
        unread = any(f.code == "unreadable-file" for r in partition.readings for f in r.faults)
        stat = partition.stat
        if not partition.lasting or unread or stat is None or len(digests) != 1 or None in digests:
            return False
        tables = []
        for number, reading in enumerate(partition.readings):
            depends, made = partition.passes.get(number, (None, None))
            passed, records = form.of_pass(made) if made else (None, b"")
            tables.append(form.Table(form.of_reading(reading), depends, passed, records))
        if _stat_of(Path(partition.readings[0].path)) != stat:
            return False
        state = form.as_bytes(form.State(stat[0], str(digests.pop()), tables), partition.depends)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Beside() as files:
            files.part(partition.path, private=True).write_bytes(state)
        return True

    def _drop(self, kept: set[Path]) -> None:
        with suppress(OSError):
            for path in self.folder.iterdir():
                if _NAMED.fullmatch(path.name) and path not in kept:
                    path.unlink()


def _stands_alone(source: Source) -> bool:
    """Whether the bytes of the one file are all that is read, and all of them are."""
    if source.path is None or source.data is not None or source.url is not None:
        return False
    return source.path.name != package.DESCRIPTOR and source.suffix not in package.SUFFIXES


def _stat(source: Source) -> _Stat | None:
    return None if source.path is None else _stat_of(source.path)


def _stat_of(path: Path) -> _Stat | None:
    """What changes where a file does, while it is looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _known(path: Path, depends: str, source: Source) -> form.State | None:
    """The state of a source that has not changed since, if there is one."""
    from validator.partitions import form

    state = None
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                state = form.of_file(file, depends)
    if state is None or state.size != source.size:
        return None
    return state if state.sha256 == source.digest() else None


def _readings(state: form.State, source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """The readings of a state, whose records are read anew where they are wanted."""
    from validator.partitions import form

    @cache
    def again() -> Sequence[Reading]:
        found = discovery.read(source, tables)
        if len(found) != len(state.tables) or {r.sha256 for r in found} != {state.sha256}:
            message = f"{source.name}: changed while it was read. Run the check again."
            raise UnreadableInput(message)
        return found

    def frames(number: int, rows: int) -> Iterator[Any]:
        yield from again()[number].frames(rows)

    return [
        form.reading(table.reading, partial(frames, number))
        for number, table in enumerate(state.tables)
    ]


def _may_be_kept(asked: Asked, passed: Passed) -> bool:
    """Whether nothing broke down, and no kept column holds what is never kept."""
    for name in asked.columns:
        own = asked.table.by_name[name]
        to = own.references
        for held in (own, asked.standard.by_name[to.table].by_name[to.field] if to else own):
            if held.free_text or held.identifies is Identifies.DIRECT:
                return False
    return all(tally.failed is None for tally in passed.tallies.by_place.values())


def _without_values(passed: Passed) -> Passed:
    for tally in passed.tallies.by_place.values():
        tally.hits = [replace(hit, value=None) for hit in tally.hits]
    return passed


def _told(unchanged: int, files: int) -> str:
    if files == 1:
        return "The file has not changed since the last check, and was not checked again."
    have, were = ("has", "was") if unchanged == 1 else ("have", "were")
    of = f"{unchanged:,} of {files:,} files {have}"
    return f"{of} not changed since the last check, and {were} not checked again."
