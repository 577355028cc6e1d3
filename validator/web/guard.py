"""Who may ask: only the browser that was given the token, and only from the page itself.

Any web page that the same browser shows can send requests to this computer, and may have a name
resolve to it. So the Host must be ours, a change must come from our Origin and carry the page's
own token, and everything needs the session's cookie, which no other site makes a browser send.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
CSRF = "x-accordant-token"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every answer carries. An answer's own headers win."""


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class Keys:
    """The secrets of one run.

    ``token`` opens the page from the address that is printed. ``once`` does so a single time: it
    is handed to the browser on its command line, where others on the computer may see it.
    """

    token: str = field(default_factory=_secret)
    once: str | None = field(default_factory=_secret)
    session: str = field(default_factory=_secret)
    csrf: str = field(default_factory=_secret)

    def opens(self, token: str) -> bool:
        """Whether a token opens the page now."""
        if self.once is not None and _same(token, self.once):
            self.once = None
            return True
        return _same(token, self.token)


class Guard:
    """Lets requests through to ``app`` that come from its own page, at ``127.0.0.1:port``."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self.app, self.keys = app, keys
        self.host = f"127.0.0.1:{port}"
        # a browser sends a cookie to every port of a host
        self.cookie = f"accordant-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(Request(scope))
        await (answer or self.app)(scope, receive, dressed)

    def _answer(self, request: Request) -> Response | None:
        """The refusal of a request, or the way in; None where it may pass."""
        headers = request.headers
        if headers.getlist("host") != [self.host]:
            return _refused(request, 421, "This page is only there at its own address.")
        if request.method not in SAFE and not self._is_own(headers):
            return _refused(request, 403, "This can only be asked from the page itself.")
        token = request.query_params.get("token")
        if token is not None and request.url.path == "/" and self.keys.opens(token):
            way_in = RedirectResponse("/", 303)
            way_in.set_cookie(self.cookie, self.keys.session, httponly=True, samesite="strict")
            return way_in
        if not _same(request.cookies.get(self.cookie, ""), self.keys.session):
            return _refused(request, 403, "Open the address that accordant serve has printed.")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return _refused(request, 403, "This can only be asked from the page itself.")
        return None

    def _is_own(self, headers: Headers) -> bool:
        return headers.getlist("origin") == [f"http://{self.host}"] and _same(
            headers.get(CSRF, ""), self.keys.csrf
        )


def _refused(request: Request, status: int, why: str) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return PlainTextResponse(f"{why}\n", status)
    return JSONResponse({"error": why}, status)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
