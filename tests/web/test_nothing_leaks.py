"""Planted strings are looked for in all that ``accordant serve`` answers, says and leaves.

The strings, and where they stand, are those of ``tests/test_nothing_leaks.py``. The mended copy and
the annotated workbook are the data themselves; what is added to them is looked through.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from tests.test_nothing_leaks import CANARIES, CELL, FILE, HEADING, added, data, leaks, place
from tests.web.served import Server
from validator.web import app

__all__ = ["place"]

ENDED = {"done", "failed"}


@pytest.fixture
def server(start: Callable[..., Server], place: Path) -> Server:
    """A server that offers the standard of the planted strings."""
    server = start("--standard", str(place / "standard.yaml"))
    server.enter()
    return server


def everything(server: Server, path: Path, place: Path) -> Iterator[tuple[str, bytes]]:
    """Each answer to somebody who drops a file and saves all that comes of it."""
    check = server.begun(standard=0, audience="partner")
    yield "upload", server.put(check, path.name, path.read_bytes()).body
    state = server.finished(check)
    yield "state", server.ask("GET", f"/checks/{check}").body
    if state["state"] == "done":
        yield "report", server.ask("GET", f"/checks/{check}/report").body
    for item in state["downloads"]:
        yield item["name"], server.ask("GET", f"/checks/{check}/downloads/{item['name']}").body
    if state["copies"] and not state["copies"][0]["by_hand"]:
        again = server.ask("POST", f"/checks/{check}/again", {"likely": False})
        yield "again", again.body
        while server.ask("GET", f"/checks/{again.data['id']}").data["state"] not in ENDED:
            pass
    server.ask("DELETE", f"/checks/{check}")


def test_neither_answers_nor_what_is_said_or_left_hold_a_value(server: Server, place: Path):
    kinds, held = set(), list[bool]()
    for path in data(place):
        before = path.read_bytes() if path.suffix == ".xlsx" else None
        for name, body in everything(server, path, place):
            kinds.add(name.removeprefix(path.stem))
            text = body.decode("utf-8", "replace")
            if name == "mended.zip" or name.startswith("mended-with"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    assert archive.namelist()[-1] == "changes.csv"
                    text = archive.read("changes.csv").decode("utf-8-sig")
            elif name.endswith(".xlsx"):
                held.append(CELL in "".join(cells(body)))
                text = added(body, before)
            # the name of the annotated workbook is made of that of the file
            text = text.replace(path.stem, "PATH")
            assert leaks(text, place) == [], f"{name} of {path.name}"
    assert kinds >= {"report.html", "report.json", "mended.zip", "findings.xlsx", "-findings.xlsx"}
    assert kinds >= {"upload", "state", "report", "again"}
    assert any(held), "annotated workbooks hold the data"
    assert [path for path in server.files() if path.stat().st_size] == []
    code, said = server.stop()
    assert code == 0
    assert leaks(said, place) == []


def cells(workbook: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8", "replace")


def test_no_answer_repeats_what_was_wrong_with_the_question(server: Server, place: Path):
    check = server.begun()
    for ask in (
        ("PUT", f"/checks/{check}/files?name=../{CELL}.csv", b"x"),
        ("PUT", f"/checks/{check}/files?name={CELL}%00", b"x"),
        ("POST", "/checks", b'{"standard": "' + CELL.encode() + b'"}'),
        ("POST", "/checks", b'{"audience": "' + CELL.encode() + b'"}'),
        ("POST", "/checks", b"[" + CELL.encode()),
        ("GET", f"/checks/{CELL}", None),
        ("GET", f"/checks/{check}/downloads/{CELL}", None),
        ("GET", f"/{CELL}?{CELL}", None),
        ("GET", f"/standards/0/{CELL}", None),
        ("POST", f"/checks/{CELL}/start", b""),
    ):
        answer = server.ask(*ask)
        assert answer.status >= 400, ask
        assert leaks(answer.body.decode() + str(answer.headers), place) == [], ask
    assert leaks(server.stop()[1], place) == []


def test_an_error_inside_is_told_by_its_kind_alone():
    error = RuntimeError(f"the cell {CELL} in the column {HEADING} of {FILE}")
    answer = app._broken(Request({"type": "http"}), error)
    assert answer.status_code == 500
    assert [canary for canary in CANARIES if canary in bytes(answer.body).decode()] == []
