"""Files, code lists and missing reasons that nothing uses."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validator.errors import BrokenStandard
from validator.lint.places import document
from validator.lint.words import shortened
from validator.model.standard import Severity, Standard
from validator.model.text import Origin
from validator.model.words import many
from validator.registry import Lint, LintFinding
from validator.standards.load import load
from validator.standards.locate import MAIN, versions

_PLACES = ("codelists/*.y*ml", "tables/*.y*ml", "rules/*.y*ml", "rules*.y*ml")


def _run(standard: Standard) -> Iterator[LintFinding]:
    main = Path(standard.origin.file)
    read = document(standard.origin.file)
    data: Any = read.data if read else {}
    # a standard in one file may lie in any folder, among files that have nothing to do with it
    if main.name == MAIN:
        used = _used(standard).union(*map(_used, _other_versions(main)))
        yield from _files(main.parent, {path.resolve() for path in used})
    known = {codelist.id for codelist in standard.codelists}
    for index, item in enumerate(data.get("codelists", ())):
        if read and isinstance(item, dict) and item["codelist"] not in known:
            at = read.origin(("codelists", index))
            yield LintFinding(at, f"No field uses the code list '{item['codelist']}'.", _CURE)
    yield from _reasons(standard)


def _used(standard: Standard) -> set[Path]:
    """The files that a standard names, or whose code lists its fields use."""
    main = Path(standard.origin.file)
    read = document(standard.origin.file)
    data: Any = read.data if read else {}
    used = {Path(codelist.origin.file) for codelist in standard.codelists}
    rules = data.get("rules", ())
    files = [rules] if isinstance(rules, str) else rules
    for name in (data.get("missing_reasons"), *files, *data.get("tables", ())):
        if isinstance(name, str):
            used.add(main.parent / name)
    return used


def _other_versions(main: Path) -> Iterator[Standard]:
    """The other versions in the folder: what one of them uses is no idle part."""
    for path in versions(main).values():
        if path != main:
            with contextlib.suppress(BrokenStandard):
                yield load(path)


_CURE = "Name it where it belongs, or remove it."


def _files(folder: Path, used: set[Path]) -> Iterator[LintFinding]:
    for pattern in _PLACES:
        for path in sorted(folder.glob(pattern)):
            if path.resolve() not in used:
                what = f"Nothing uses the file '{path.relative_to(folder).as_posix()}'."
                yield LintFinding(Origin(str(path), 1, 1), what, _CURE)


def _reasons(standard: Standard) -> Iterator[LintFinding]:
    allowed = {reason for t in standard.tables for field in t.fields for reason in field.missing}
    idle = [code for code in standard.missing_reasons.codes if code.code not in allowed]
    if idle:
        what = f"{many(len(idle), 'missing reason')} that no field allows: "
        what += f"{shortened(code.code for code in idle)}."
        cure = "Let a field allow it, or remove it."
        yield LintFinding(idle[0].origin, what, cure, len(idle), Severity.NOTE)


LINT = Lint(
    code="unused-part",
    severity=Severity.WARNING,
    title="A part that nothing uses",
    means=(
        "A file in the standard's folders, or a code list, is named nowhere; or a missing reason "
        "is allowed by no field (a note)."
    ),
    why="Its author believes it is in force; it is neither compiled nor checked.",
    mend="Name it where it belongs, or remove it.",
    run=_run,
)
