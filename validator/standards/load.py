"""Reads a whole standard: its files, their form, and the model that they make."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from validator.errors import BrokenStandard, Problem, UnreadableInput
from validator.model.standard import CodeList, Rule, Standard, Table
from validator.standards import build
from validator.standards.form import is_known_good
from validator.standards.form import problems as form_problems
from validator.standards.locate import is_file, locate
from validator.standards.migrations import migration
from validator.standards.resolve import resolve
from validator.standards.strict_yaml import Document, bounded, parse
from validator.standards.strict_yaml import Path as Place


def load(standard: str | Path) -> Standard:
    """The standard at a path, or the shipped one of that name; ``@VERSION`` names a version.

    Raises UsageError where there is none, and BrokenStandard with every fault found (file,
    line, column, what is wrong, what would be right) where its YAML cannot be used.
    """
    loader = _Loader(locate(standard))
    result = loader.standard()
    if loader.problems:
        raise BrokenStandard(tuple(loader.problems))
    return result


class _Loader:
    """Holds what was read on the way: the digest covers every file that had a part in it."""

    def __init__(self, main: Path) -> None:
        self.main = main
        self.folder = main.parent
        self.problems: list[Problem] = []
        self.read: dict[str, bytes] = {}
        self.lists: dict[str, CodeList | None] = {}

    def standard(self) -> Standard:
        document = self._document(self.main)
        self._form(document, "standard")
        data: Any = document.data
        reasons = self._reasons(document, data)
        for index, item in enumerate(data.get("codelists", ())):
            found = self._codelist(document, ("codelists", index), item)
            self.lists[found.id] = found
        tables = [
            self._table(document, ("tables", index), item)
            for index, item in enumerate(data["tables"])
        ]
        rules = self._rules(document, data.get("rules", []))
        result = Standard(
            id=data["standard"],
            version=data["version"],
            missing_reasons=reasons,
            tables=tuple(tables),
            rules=tuple(rules),
            title=build.text(data.get("title")),
            source=data.get("source"),
            digest=self._digest(),
            migration=migration(document, data.get("migrates")),
            origin=document.origin(),
        )
        self.problems += resolve(result)
        return result

    def _document(self, path: Path) -> Document:
        name = str(path)
        try:
            text = bounded(path)
        except OSError as error:
            message = f"{name} cannot be read: {error.strerror}. Check its permissions."
            raise UnreadableInput(message) from None
        self.read[name] = text
        return parse(text, name)

    def _form(self, document: Document, kind: str, path: Place = ()) -> None:
        if is_known_good(self.read[document.file]):
            return
        found = form_problems(document, kind, path)
        if found:
            # what is built from a wrong form would only mislead
            raise BrokenStandard(tuple(found))

    def _include(self, document: Document, path: Place, name: str) -> Document:
        """The file that a standard names: inside its own folder, and there."""
        # no path has a NUL, and the system's calls break on one
        target = self.folder if "\0" in name else Path(os.path.realpath(self.folder / name))
        if not target.is_relative_to(os.path.realpath(self.folder)):
            what, cure = f"'{name}' leads out of the standard.", "Name a file in its own folder."
        elif not is_file(target):
            what = f"There is no file '{name}'."
            cure = "Check the spelling; paths start at the standard's folder."
        else:
            return self._document(self.folder / name)
        raise BrokenStandard((document.problem(path, what, cure, lint="unresolved"),))

    def _reasons(self, document: Document, data: Any) -> CodeList:
        if "missing_reasons" not in data:
            return CodeList("missing-reason", ())
        return self._codelist(document, ("missing_reasons",), data["missing_reasons"])

    def _codelist(self, document: Document, path: Place, item: Any) -> CodeList:
        if isinstance(item, str):
            document, path = self._include(document, path, item), ()
            self._form(document, "codelist")
            item = document.data
        return build.codelist(document, path, item)

    def _find(self, identifier: str) -> CodeList | None:
        if identifier not in self.lists:
            path = self.folder / "codelists" / f"{identifier}.yaml"
            self.lists[identifier] = None
            if is_file(path):
                document = self._document(path)
                self._form(document, "codelist")
                found = build.codelist(document, (), document.data)  # type: ignore[arg-type]  # because the form was checked on the line above
                self.lists[identifier] = found
                if found.id != identifier:
                    what = f"The code list calls itself '{found.id}'."
                    cure = f"Call it '{identifier}', as its file is called."
                    self.problems.append(
                        document.problem(("codelist",), what, cure, lint="unresolved")
                    )
        return self.lists[identifier]

    def _table(self, document: Document, path: Place, item: Any) -> Table:
        if isinstance(item, str):
            document, path = self._include(document, path, item), ()
            self._form(document, "table")
            item = document.data
        table, problems = build.table(document, path, item, self._find)
        self.problems += problems
        return table

    def _rules(self, document: Document, item: Any, path: Place = ("rules",)) -> list[Rule]:
        if isinstance(item, str):
            document, path = self._include(document, path, item), ()
            self._form(document, "rules")
            item = document.data
        found: list[Rule] = []
        for index, rule in enumerate(item):
            here = (*path, index)
            # a list may take in files, so that a version can share its rules with the one before
            if isinstance(rule, str):
                found += self._rules(document, rule, here)
            else:
                found.append(build.rule(document, here, rule))
        return found

    def _digest(self) -> str:
        whole = hashlib.sha256()
        shown = {Path(name).relative_to(self.folder).as_posix(): name for name in self.read}
        for short in sorted(shown):
            content = hashlib.sha256(self.read[shown[short]]).hexdigest()
            whole.update(f"{content}  {short}\n".encode())
        return f"sha256:{whole.hexdigest()}"
