"""Small crosswalks and schemes for tests, written as their authors would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validator.crosswalks.load import load
from validator.model.crosswalk import Crosswalk

HEAD = {
    "crosswalk": "demo",
    "version": "1.0.0",
    "title": "Demo",
    "source": "us",
    "status": "derived",
}
ENDS = {"from": {"scheme": "left", "version": "1"}, "to": {"scheme": "right", "version": "1"}}


def write_schemes(folder: Path, schemes: Mapping[str, Any]) -> None:
    """Schemes by ``ID-VERSION``, each with its codes."""
    (folder / "schemes").mkdir(exist_ok=True)
    for name, codes in schemes.items():
        identifier, _, version = name.rpartition("-")
        whole = {"scheme": identifier, "version": version, "title": identifier}
        whole |= {"source": "us", "status": "verified", "codes": codes}
        (folder / "schemes" / f"{name}.yaml").write_text(json.dumps(whole), "utf-8")


def made(folder: Path, schemes: Mapping[str, Any], **parts: Any) -> Crosswalk:
    """A crosswalk as it loads from its file; JSON is YAML."""
    write_schemes(folder, schemes)
    path = folder / "demo.yaml"
    path.write_text(json.dumps(HEAD | ENDS | parts), "utf-8")
    return load(path)
