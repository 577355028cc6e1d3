"""``schemas/meta/checked.json``: which shipped YAML files are known to be in good form.

The loader takes files with these digests as they are, which makes it start sooner. The list is
good only together with the schema whose digest it carries.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from validator.errors import BrokenStandard
from validator.reference._page import Page
from validator.standards.form import problems
from validator.standards.locate import schemas_folder
from validator.standards.strict_yaml import parse


def _render() -> str:
    meta = schemas_folder() / "meta"
    # crosswalks have a schema of their own, and are checked whenever they are read
    others = {meta, schemas_folder() / "crosswalks"}
    found = sorted(p for p in schemas_folder().rglob("*.yaml") if not others & {*p.parents})
    for path in found:
        _refuse_faulty(path)
    schema = (meta / "standard.schema.json").read_bytes()
    content = {"files": sorted({_digest(p.read_bytes()) for p in found}), "meta": _digest(schema)}
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refuse_faulty(path: Path) -> None:
    """Raise BrokenStandard where the form of a file is not right."""
    document = parse(path.read_bytes(), str(path))
    data: Any = document.data
    marks = {"standard": "standard", "table": "table", "codelist": "codelist"}
    kind = next(
        (k for mark, k in marks.items() if isinstance(data, dict) and mark in data), "rules"
    )
    if found := problems(document, kind):
        raise BrokenStandard(tuple(found))


PAGE = Page("schemas/meta/checked.json", "Digests of shipped files in good form", _render)
