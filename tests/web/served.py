"""A served page: its process, what it answers, and a tab of a browser that shows it."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from tests.pages import Tab


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """``accordant serve``, and a folder that it takes for the system's temporary one."""

    process: subprocess.Popen[str]
    address: str
    passing: Path
    session: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.address).query)["token"][0]

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str | None] | None = None
    ) -> Answer:
        """One request. The session's headers go along unless ``headers`` say None for one."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as http_:
            sent = {**self.session, **(headers or {})}
            if isinstance(body, dict):
                body = json.dumps(body)
            given = {name: value for name, value in sent.items() if value is not None}
            http_.request(method, path, body, given)
            answer = http_.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())

    def enter(self) -> None:
        """Do as a browser does that opens the printed address."""
        way_in = self.ask("GET", f"/?token={self.token}")
        self.session = {"Cookie": way_in.headers["set-cookie"].split(";")[0]}
        page = self.ask("GET", "/").body.decode()
        token = page.split('<meta name="csrf" content="')[1].split('"')[0]
        self.session |= {"Origin": self.origin, "X-Accordant-Token": token}

    def begun(self, **asked: Any) -> str:
        """A new check's id."""
        return self.ask("POST", "/checks", asked).data["id"]

    def put(self, check: str, name: str, data: bytes) -> Answer:
        return self.ask("PUT", f"/checks/{check}/files?name={quote(name, safe='')}", data)

    def finished(self, check: str) -> Any:
        """Have a check made, and its last state."""
        started = self.ask("POST", f"/checks/{check}/start")
        assert started.status == 202, started
        state = started.data
        while state["state"] not in {"done", "failed"}:
            state = self.ask("GET", f"/checks/{check}").data
        return state

    def files(self) -> list[Path]:
        """What there is of anybody's files on the disk."""
        return [path for path in self.passing.rglob("*") if path.is_file()]

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """End it with a signal; its exit code and what it said last."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


class PageTab(Tab):
    """The local page as a browser shows it."""

    @property
    def report(self) -> Any:
        return self.page.frame_locator("#report")

    def finished(self) -> None:
        """Wait until a check is made, or did not work."""
        self.page.locator("#answer:not([hidden]), #trouble:not(:empty)").first.wait_for()
        assert self.page.locator("#trouble").inner_text() == ""
        self.page.locator("#progress").wait_for(state="hidden")

    def saved(self, title: str, to: Path) -> Path:
        """What a click on a download saves."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=title, exact=True).click()
        path = to / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path
