"""validator/identifiers/columns.json: the patterns that a column is looked over with."""

from __future__ import annotations

import json

from validator.identifiers.columns import PATTERNS, made
from validator.identifiers.recognise import own_kinds
from validator.reference._page import Page


def _render() -> str:
    ours = {name: made(kind) for name, kind in own_kinds().items()}
    note = "Written by `make docs`. Do not edit it by hand."
    return json.dumps({"note": note, "patterns": ours}, ensure_ascii=True, indent=1) + "\n"


PAGE = Page(f"validator/identifiers/{PATTERNS}", "Patterns of identifiers", _render)
