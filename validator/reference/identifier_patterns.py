"""validator/identifiers/columns.json: the patterns that a column is looked over with."""

from __future__ import annotations

import json

from validator.identifiers._made import PATTERNS
from validator.identifiers.columns import made
from validator.identifiers.recognise import own_kinds, signs_made
from validator.reference._page import Page


def _render() -> str:
    ours = own_kinds().items()
    note = "Written by `make docs`. Do not edit it by hand."
    made_of = {
        "note": note,
        "patterns": {name: made(kind) for name, kind in ours},
        "signs": {name: signs_made(kind) for name, kind in ours},
    }
    return json.dumps(made_of, ensure_ascii=True, indent=1) + "\n"


PAGE = Page(f"validator/identifiers/{PATTERNS}", "Patterns of identifiers", _render)
