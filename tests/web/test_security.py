"""Who may ask the local page, for what, and what stays behind."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.served import Server
from validator.web.guard import Keys

EXAMPLES = Path(__file__).parents[2] / "examples"
SERIES = (EXAMPLES / "submission-with-faults" / "series.csv").read_bytes()
PAGES = ["/", "/static/page.js", "/checks/x", "/checks/x/report", "/standards/0/codebook-html"]


def test_only_this_computer_is_listened_to(server: Server):
    own = socket.gethostbyname(socket.gethostname())
    others = [address for address in (own, "127.0.0.2") if address != "127.0.0.1"]
    for address in others:
        with pytest.raises(OSError), socket.create_connection((address, server.port), timeout=2):  # noqa: PT011 - which error depends on the system
            pass


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_there_without_the_token(server: Server, path: str):
    answer = server.ask("GET", path, headers={"Cookie": None})
    assert answer.status == 403
    assert answer.data == {"error": "Open the address that accordant serve has printed."}


@pytest.mark.parametrize("other", ["", "x", "%C3%A9", "%00"])
def test_another_token_opens_nothing(server: Server, other: str):
    assert server.ask("GET", f"/?token={other}", headers={"Cookie": None}).status == 403
    assert server.ask("GET", "/", headers={"Cookie": f"accordant-{server.port}=x"}).status == 403


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use(server: Server):
    answer = server.ask("GET", f"/?token={server.token}", headers={"Cookie": None})
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert server.token not in cookie


def test_what_the_browser_is_started_with_opens_the_page_once():
    """Others on the computer may see the arguments of a program."""
    keys = Keys()
    once = keys.once
    assert once is not None
    assert [keys.opens(once), keys.opens(once), keys.opens(keys.token)] == [True, False, True]
    assert keys.opens(keys.token)


@pytest.mark.parametrize("host", ["localhost", "evil.example", "127.0.0.1", "127.0.0.1:1", ""])
@pytest.mark.parametrize("path", PAGES)
def test_a_name_that_leads_here_is_refused(server: Server, host: str, path: str):
    """A foreign site may have its own name resolve to this computer."""
    assert server.ask("GET", path, headers={"Host": host}).status == 421


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"),
        ("Origin", None),
        ("X-Accordant-Token", "x"),
        ("X-Accordant-Token", None),
        ("Cookie", None),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/checks"),
        ("PUT", "/checks/x/files?name=a.csv"),
        ("POST", "/checks/x/start"),
        ("POST", "/checks/x/again"),
        ("DELETE", "/checks/x"),
    ],
)
def test_only_the_page_itself_can_have_anything_done(
    server: Server, method: str, path: str, header: str, value: str | None
):
    assert server.ask(method, path, headers={header: value}).status == 403


def test_other_pages_cannot_even_read(server: Server):
    for site in ("cross-site", "same-site"):
        assert server.ask("GET", "/", headers={"Sec-Fetch-Site": site}).status == 403
    assert server.ask("GET", "/", headers={"Sec-Fetch-Site": "none"}).status == 200


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_every_answer_carries_the_headers(server: Server, path: str):
    headers = server.ask("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert ("unsafe-inline" in policy) <= policy.startswith("sandbox ")
    assert "server" not in headers


@pytest.mark.parametrize(
    "name",
    [
        *("../a.csv", "..", ".", "", "/a.csv", "a/b.csv", "..\\a.csv", "C:\\a.csv", "C:a.csv"),
        *("a\0.csv", "a\n.csv", "\u202ea.csv", ".hidden.csv", "con.csv", "LPT1", "a.csv:x", "a. "),
        "a" * 151,
    ],
)
def test_a_name_that_is_a_path_is_refused(server: Server, name: str):
    check = server.begun()
    before = set(server.passing.rglob("*"))
    answer = server.put(check, name, SERIES)
    assert answer.status == 400
    assert "Give it a plain name such as series.csv." in answer.data["error"]
    assert set(server.passing.rglob("*")) == before


def test_the_same_name_twice_is_refused(server: Server):
    check = server.begun()
    assert server.put(check, "series.csv", SERIES).status == 200
    assert server.put(check, "Series.CSV", SERIES).status == 400


def test_too_much_is_refused_and_nothing_of_it_is_kept(server: Server):
    check = server.begun()
    assert server.put(check, "a.csv", b"x" * 600_000).status == 200
    answer = server.put(check, "b.csv", b"x" * 600_000)
    assert answer.status == 413
    assert answer.data["error"].startswith("The files have more than 1 MB together.")


def test_more_than_was_announced_is_refused_while_it_comes(server: Server):
    check = server.begun()
    pieces = (b"x" * 100_000 for _ in range(20))
    path = f"/checks/{check}/files?name=a.csv"
    # the server may close before all was sent
    with contextlib.suppress(OSError):
        assert server.ask("PUT", path, pieces).status == 413
    assert server.ask("GET", f"/checks/{check}").status == 404
    assert not any(path.stat().st_size > 1_000_000 for path in server.files())


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b"x" * 20_000, b'{"standard": "x"}', b'{"standard": 99}',
             b'{"standard": -1}', b'{"audience": "x"}', b'{"standard": true, "audience": []}']
)  # fmt: skip
def test_a_message_that_is_none_is_one_clear_answer(server: Server, body: bytes):
    assert server.ask("POST", "/checks", body).status in {201, 400, 413}


def test_a_standard_cannot_be_a_path(server: Server):
    assert server.ask("POST", "/checks", {"standard": "/etc/passwd"}).status == 400
    assert server.ask("GET", "/standards/0/../../x").status == 404
    assert server.ask("GET", "/standards/0/sql").status == 404
    assert server.ask("GET", "/static/..%2fguard.py").status == 404


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "http://127.0.0.1/x.csv"])
def test_a_package_cannot_have_other_files_read(server: Server, path: str):
    package = {"resources": [{"name": "series", "path": path}]}
    check = server.begun(standard=0)
    assert server.put(check, "datapackage.json", json.dumps(package).encode()).status == 200
    state = server.finished(check)
    report = server.ask("GET", f"/checks/{check}/downloads/report.json")
    assert state["state"] == "failed" or report.data["summary"]["verdict"] != "pass"
    assert b"root" not in report.body


@pytest.mark.parametrize("path", [r"\\evil\share\x", "//evil/share/x", "https://evil.example/x"])
def test_a_package_cannot_have_another_computer_asked(server: Server, path: str):
    check = server.begun()
    package = {"accordant": {"standard": path}, "resources": []}
    server.put(check, "datapackage.json", json.dumps(package).encode())
    state = server.finished(check)
    assert state["state"] == "failed"
    assert "names a standard on another computer" in state["error"]


# --- what stays behind ---------------------------------------------------------------------


def test_nothing_is_on_the_disk_once_the_answer_is_there(server: Server):
    check = server.begun(standard=0)
    server.put(check, "series.csv", SERIES)
    assert [path.name for path in server.files() if check in str(path)] == ["series.csv"]
    state = server.finished(check)
    assert state["state"] == "done"
    assert [path for path in server.passing.rglob("*") if check in str(path)] == []


def test_neither_paths_nor_values_are_shown(server: Server):
    check = server.begun()
    server.put(check, "series.csv", SERIES.replace(b"FRA-0XT4UP", b"secret-value-9"))
    state = server.finished(check)
    assert state["verdict"]["word"] == "NOT READY TO SHARE"
    for form in ("html", "json"):
        told = server.ask("GET", f"/checks/{check}/downloads/report.{form}").body
        assert b"series.csv" in told
        for hidden in (b"secret-value-9", str(server.passing).encode(), check.encode()):
            assert hidden not in told


def test_a_file_that_is_none_is_told_without_its_path(server: Server):
    check = server.begun()
    server.put(check, "letter.docx", b"PK")
    state = server.finished(check)
    assert state["error"].startswith("letter.docx: not a kind of file that is read here.")


def test_what_is_forgotten_is_gone(server: Server):
    check = server.begun(standard=0)
    server.put(check, "series.csv", SERIES)
    assert server.ask("DELETE", f"/checks/{check}").status == 204
    assert server.ask("GET", f"/checks/{check}").status == 404
    assert [path for path in server.passing.rglob("*") if check in str(path)] == []


def test_ctrl_c_ends_it_cleanly(start: Callable[..., Server]):
    server = start()
    server.enter()
    server.put(server.begun(), "series.csv", SERIES)
    assert server.files() != []
    assert server.stop() == (
        0,
        "Only this computer can open it. Ctrl-C ends it.\nEnded. Nothing was kept.\n",
    )
    assert [*server.passing.iterdir()] == []


def test_nothing_stays_even_when_it_is_killed(start: Callable[..., Server]):
    server = start()
    server.enter()
    server.put(server.begun(), "series.csv", SERIES)
    assert server.files() != []
    server.stop(signal.SIGKILL)
    while [*server.passing.iterdir()]:  # a limit is that of the whole run
        time.sleep(0.05)


def test_a_port_that_is_taken_is_one_clear_line(start: Callable[..., Server], server: Server):
    other = start("--port", str(server.port))
    _, said = other.process.communicate(timeout=30)
    assert (other.process.returncode, said) == (
        2,
        f"accordant: Port {server.port} cannot be used. Leave out --port to take a free one.\n",
    )
    assert [*other.passing.iterdir()] == []
