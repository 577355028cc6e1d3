"""The file of a baseline: ``accordant.baseline/1``, as its JSON Schema says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validator.baseline.known import Baseline, Known
from validator.errors import UnreadableInput
from validator.standards.locate import schemas_folder

FORM = "accordant.baseline/1"


def as_bytes(baseline: Baseline) -> bytes:
    """The file. Equal findings give equal bytes, in an order that a comparison can follow."""
    found = [
        {
            "code": code,
            "table": table,
            "field": field,
            "rule": rule,
            "records": sorted(Counter(known.records).elements()),
            **({"more": known.more} if known.more else {}),
        }
        for (code, table, field, rule), known in sorted(baseline.known.items(), key=_order)
    ]
    data = {
        "baseline": FORM,
        "standard": baseline.standard,
        **({"as_of": baseline.as_of} if baseline.as_of else {}),
        "salt": baseline.salt.hex(),
        "findings": found,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read(path: Path) -> Baseline:
    """The baseline in a file. Raises UnreadableInput, in one sentence, where it is none."""
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        message = (
            f"The baseline {path} cannot be read ({(error.strerror or 'an error').lower()}). "
            "Write one with --write-baseline."
        )
        raise UnreadableInput(message) from None
    except (ValueError, RecursionError):
        raise _unusable(path) from None
    if not _is_valid(data):
        raise _unusable(path)
    known = {
        (item["code"], item["table"], item["field"], item["rule"]): Known(
            Counter(item["records"]), item.get("more", 0)
        )
        for item in data["findings"]
    }
    salt = bytes.fromhex(data["salt"])
    return Baseline(data["standard"], salt, known, data.get("as_of", ""), str(path))


def _unusable(path: Path) -> UnreadableInput:
    return UnreadableInput(f"{path} is no baseline. Write one with --write-baseline.")


def _is_valid(data: Any) -> bool:
    from jsonschema import Draft202012Validator

    schema = json.loads((schemas_folder() / "meta" / "baseline.schema.json").read_text("utf-8"))
    return Draft202012Validator(schema).is_valid(data)


def _order(item: tuple[tuple[str | None, ...], Mapping[str, int] | Known]) -> tuple[str, ...]:
    return tuple(part or "" for part in item[0])
