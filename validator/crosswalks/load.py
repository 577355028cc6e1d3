"""Reads a crosswalk with all that it names, and keeps the place of every fault."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from validator.crosswalks import build, tables
from validator.crosswalks.find import SSSOM, beside, folder, locate, scheme_file, versions_of
from validator.errors import (
    AccordantError,
    BrokenStandard,
    Problem,
    UnreadableInput,
    UsageError,
)
from validator.model.crosswalk import Crosswalk, Scheme
from validator.model.standard import CodeList, Standard
from validator.standards.form import faults, validator
from validator.standards.load import load as load_standard
from validator.standards.locate import shipped
from validator.standards.strict_yaml import Document, parse
from validator.standards.strict_yaml import Path as Place

UNRESOLVED = "unresolved"
"""The lint under which a name that leads nowhere is reported."""


def load(crosswalk: str | Path) -> Crosswalk:
    """The crosswalk at a path (YAML, or SSSOM where it ends in .tsv), or the shipped one.

    Raises UsageError where there is none, and BrokenStandard with every fault found (file,
    line, column, what is wrong, what would be right) where it cannot be used.
    """
    library = Library()
    result = library.load(locate(crosswalk))
    return replace(result, digest=library.digest())


class Library:
    """What has been read: a scheme that two crosswalks name is read once, and is one object."""

    def __init__(self) -> None:
        self._schemes: dict[tuple[str, str], Scheme | None] = {}
        self._standards: dict[str, Standard | None] = {}
        self._open: list[Path] = []
        self.read: dict[Path, Crosswalk] = {}
        self._digests: dict[Path, str] = {}

    def digest(self) -> str:
        """``sha256:`` over every crosswalk and scheme that had a part in what was read."""
        whole = hashlib.sha256()
        for path, digest in sorted(self._digests.items(), key=lambda item: item[0].name):
            whole.update(f"{digest}  {path.name}\n".encode())
        return f"sha256:{whole.hexdigest()}"

    def content(self, path: Path) -> bytes:
        """The bytes of a file, which its digest is kept of. Raises UnreadableInput."""
        try:
            content = path.read_bytes()
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror}. Check its permissions."
            raise UnreadableInput(message) from None
        self._digests[path] = hashlib.sha256(content).hexdigest()
        return content

    def load(self, path: Path) -> Crosswalk:
        """The crosswalk in a file. Raises BrokenStandard where it cannot be used."""
        if path.name.endswith(SSSOM):
            from validator.crosswalks.sssom_read import read

            return read(self.content(path), str(path), lambda s, v: self.scheme(path.parent, s, v))
        content = self.content(path)
        document = parse(content, str(path))
        _check(document, "crosswalk")
        data: Any = document.data
        problems: list[Problem] = []
        digest = hashlib.sha256(content).hexdigest()
        reader = Reader(self, document, path.parent, problems)
        if "tables" in data:
            if path.resolve() in self._open:
                problem = document.problem(
                    (), "The crosswalk goes through itself.", lint=UNRESOLVED
                )
                raise BrokenStandard((problem,))
            self._open.append(path.resolve())
            result = tables.crosswalk(reader, data, f"sha256:{digest}")
            self._open.pop()
        else:
            result = build.crosswalk(reader, data, f"sha256:{digest}")
        if problems:
            raise BrokenStandard(tuple(dict.fromkeys(problems)))
        return result

    def scheme(self, place: Path, scheme: str, version: str) -> Scheme | None:
        """A scheme under a version; None where no file has it."""
        key = (scheme, version)
        if key not in self._schemes:
            path = scheme_file(place, scheme, version)
            self._schemes[key] = self._scheme_in(path, scheme, version) if path else None
        return self._schemes[key]

    def _scheme_in(self, path: Path, scheme: str, version: str) -> Scheme:
        document = parse(self.content(path), str(path))
        _check(document, "scheme")
        data: Any = document.data
        if (data["scheme"], data["version"]) != (scheme, version):
            what = f"The scheme calls itself '{data['scheme']}' of version '{data['version']}'."
            cure = f"Call it '{scheme}' of version '{version}', as its file is called."
            problem = document.problem(("scheme",), what, cure, lint=UNRESOLVED)
            raise BrokenStandard((problem,))
        codes: CodeList = build.codes(document, data)
        return Scheme(scheme, version, codes, closed=data.get("partial") != "true")

    def codelist(self, standard: Standard, codelist: str) -> Scheme | None:
        """A code list of a standard as a scheme; None where it has none of that name."""
        found = next((item for item in standard.codelists if item.id == codelist), None)
        if found is None:
            return None
        key = (f"{standard.id}:{codelist}", standard.version)
        if key not in self._schemes:
            reasons = tuple(standard.missing_reasons.by_code)
            self._schemes[key] = Scheme(
                codelist, standard.version, found, standard.id, reasons=reasons
            )
        return self._schemes[key]

    def standard(self, name: str, version: str) -> Standard | None:
        """The shipped standard of that name and version (or of a later minor one); None."""
        key = f"{name}@{version}"
        if key not in self._standards:
            self._standards[key] = _standard(name, version)
        return self._standards[key]


class Reader:
    """One file being read: the library behind it, its place, and the faults found so far."""

    def __init__(
        self, library: Library, document: Document, place: Path, problems: list[Problem]
    ) -> None:
        self.library, self.document, self.place = library, document, place
        self.problems = problems

    def fault(self, path: Place, what: str, cure: str = "", *, key: bool = False) -> None:
        """Note a fault at a place of the file."""
        problem = self.document.problem(path, what, cure, key=key, lint=UNRESOLVED)
        self.problems.append(problem)

    def scheme(self, path: Place, data: Any) -> Scheme | None:
        """The scheme that a mapping names (scheme and version, or a standard's code list)."""
        if "scheme" in data:
            found = self.library.scheme(self.place, data["scheme"], data["version"])
            if found is None:
                there = versions_of(self.place, data["scheme"])
                what = f"There is no scheme '{data['scheme']}' of version '{data['version']}'."
                cure = f"There is version {', '.join(there)}. " if there else ""
                name = f"{data['scheme']}-{data['version']}.yaml"
                self.fault((*path, "version"), what, f"{cure}Or write schemes/{name} beside it.")
            return found
        standard = self.standard(path, data)
        if standard is None:
            return None
        if "codelist" not in data:
            lists = ", ".join(item.id for item in standard.codelists)
            self.fault(path, "The code list is not named.", f"Add codelist: one of {lists}.")
            return None
        found = self.library.codelist(standard, data["codelist"])
        if found is None:
            lists = ", ".join(item.id for item in standard.codelists)
            what = f"'{standard.id}' has no code list '{data['codelist']}'."
            self.fault((*path, "codelist"), what, f"Use one of: {lists}.")
        return found

    def standard(self, path: Place, data: Any) -> Standard | None:
        """The standard that a mapping names."""
        found = self.library.standard(data["standard"], data["version"])
        if found is None:
            what = f"There is no standard '{data['standard']}' of version '{data['version']}'."
            self.fault((*path, "standard"), what, f"There are: {', '.join(shipped())}.")
        return found

    def through(self, path: Place, name: str) -> Crosswalk | None:
        """Another crosswalk, beside this one or shipped."""
        found = beside(self.place, name) or beside(folder(), name)
        if found is None:
            self.fault(path, f"There is no crosswalk '{name}'.", f"Write {name}.yaml beside it.")
            return None
        try:
            if found not in self.library.read:
                self.library.read[found] = self.library.load(found)
            return self.library.read[found]
        except BrokenStandard as broken:
            self.problems += broken.problems
            return None


def _standard(name: str, version: str) -> Standard | None:
    for asked in (f"{name}@{version}", name):
        if name not in shipped():
            return None
        try:
            found = load_standard(asked)
        except UsageError:
            continue
        if found.version == version or _covers(found.version, version):
            return found
    return None


def _covers(there: str, asked: str) -> bool:
    """Whether a later minor version keeps what an earlier one promised."""
    try:
        one, other = ([int(part) for part in v.split(".")] for v in (there, asked))
    except ValueError:
        return False
    return one[0] == other[0] and one >= other


def _check(document: Document, kind: str) -> None:
    data: Any = document.data
    if isinstance(data, dict) and found_kind(data) not in {kind, None}:
        what = f"This is no {kind}."
        raise BrokenStandard((document.problem((), what, f"Write '{kind}: NAME' in it."),))
    found = faults(document, validator("crosswalk", kind))
    if found:
        # what is built from a wrong form would only mislead
        raise BrokenStandard(tuple(found))


def found_kind(data: Any) -> str | None:
    """What a YAML mapping says that it is."""
    return next((kind for kind in ("crosswalk", "scheme") if kind in data), None)


def every(*more: Path) -> tuple[Crosswalk, ...]:
    """Every shipped crosswalk that can be used, and those of other folders."""
    library, found = Library(), []
    beside_ = (path for place in more for path in place.glob("*.yaml"))
    for path in sorted({path.resolve() for path in (*folder().rglob("*.yaml"), *beside_)}):
        if path.parent.name == "schemes":
            continue
        try:
            found.append(library.load(path))
        except AccordantError:
            # no crosswalk, or one at fault, which is told of where that one is linted
            continue
    return tuple(sorted(found, key=lambda item: item.id))
