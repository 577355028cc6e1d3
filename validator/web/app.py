"""What the page asks for, and what it gets."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from validator.errors import AccordantError
from validator.model.disclosure import AUDIENCES
from validator.pages.document import palette
from validator.readers.discovery import by_suffix
from validator.registry import targets
from validator.standards.load import load
from validator.standards.locate import shipped
from validator.web import work
from validator.web.desk import Check, Desk, TooLarge
from validator.web.guard import Keys
from validator.web.work import Product

DOCUMENTS = {
    "xlsx-template": "Template to fill in (Excel)",
    "codebook-html": "Codebook",
}
"""Targets that people read or fill in."""
SANDBOX = (
    "sandbox allow-scripts allow-modals allow-popups; default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""A report or a codebook runs apart from the page: it can reach neither it nor the network."""
LARGEST_MESSAGE = 10_000
STATIC = {"page.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Offer:
    """A standard that can be chosen."""

    name: str
    title: str


def application(desk: Desk, keys: Keys, own: Sequence[str]) -> Starlette:
    """The application behind its guard. ``own`` are standards to offer beside the shipped ones."""
    names = (*own, *shipped())
    handlers = _Handlers(desk, keys, names)
    return Starlette(
        routes=[
            Route("/", handlers.page),
            Route("/static/{name}", handlers.static),
            Route("/checks", handlers.open, methods=["POST"]),
            Route("/checks/{id}", handlers.state),
            Route("/checks/{id}", handlers.drop, methods=["DELETE"]),
            Route("/checks/{id}/files", handlers.take, methods=["PUT"]),
            Route("/checks/{id}/start", handlers.start, methods=["POST"]),
            Route("/checks/{id}/again", handlers.again, methods=["POST"]),
            Route("/checks/{id}/report", handlers.report),
            Route("/checks/{id}/downloads/{name}", handlers.download),
            Route("/standards/{number:int}/{target}", handlers.document),
        ],
        exception_handlers={
            HTTPException: _told,
            TooLarge: _saying(413),
            AccordantError: _saying(400),
            Exception: _broken,
        },
    )


class _Handlers:
    def __init__(self, desk: Desk, keys: Keys, names: Sequence[str]) -> None:
        self.desk, self.keys, self.names = desk, keys, names

    def page(self, _request: Request) -> Response:
        """The page."""
        offers = [_offer(name) for name in self.names]
        documents = [(name, title) for name, title in DOCUMENTS.items() if name in targets()]
        content = _template("page.html.jinja").render(
            csrf=self.keys.csrf,
            offers=offers,
            documents=documents,
            audiences=AUDIENCES,
            suffixes=",".join(suffix for suffix in by_suffix() if suffix.startswith(".")),
            most=self.desk.most_bytes,
        )
        return Response(content, media_type="text/html; charset=utf-8")

    def static(self, request: Request) -> Response:
        """The page's own style and script."""
        name = request.path_params["name"]
        if name not in STATIC:
            raise HTTPException(404)
        content = palette() + _text(name) if name.endswith(".css") else _text(name)
        return Response(content, media_type=STATIC[name])

    async def open(self, request: Request) -> Response:
        """A new check of a standard (by its number; none: the one that fits) and an audience."""
        asked = await _message(request)
        number, audience = asked.get("standard"), asked.get("audience")
        if number is not None and not (isinstance(number, int) and 0 <= number < len(self.names)):
            raise HTTPException(400, "There is no such standard.")
        if audience is not None and audience not in AUDIENCES:
            raise HTTPException(400, "There is no such audience.")
        standard = None if number is None else self.names[number]
        return JSONResponse(self.desk.open(standard, audience).described(), 201)

    async def take(self, request: Request) -> Response:
        """One file, as the body of the request; its name is in the query."""
        check = self._check(request)
        declared = request.headers.get("content-length", "0")
        size = int(declared) if declared.isdecimal() else 0
        path = self.desk.room(check, request.query_params.get("name", ""), size)
        try:
            with path.open("xb") as file:
                async for piece in request.stream():
                    self.desk.count(check, len(piece))
                    check.size += len(piece)
                    await run_in_threadpool(file.write, piece)
        except (TooLarge, ClientDisconnect):
            # what came of it is of no use, nor is the check without it
            self.desk.drop(check.id)
            raise
        return JSONResponse({"size": check.size})

    def start(self, request: Request) -> Response:
        """Have the check made."""
        check = self._check(request)
        self.desk.start(check)
        return JSONResponse(check.described(), 202)

    async def again(self, request: Request) -> Response:
        """Have a mended copy checked."""
        check, asked = self._check(request), await _message(request)
        likely = asked.get("likely") is True
        other = await run_in_threadpool(self.desk.again, check, likely=likely)
        return JSONResponse(other.described(), 201)

    def state(self, request: Request) -> Response:
        """How a check stands."""
        return JSONResponse(self._check(request).described())

    def drop(self, request: Request) -> Response:
        """Forget a check."""
        self.desk.drop(self._check(request).id)
        return Response(status_code=204)

    def report(self, request: Request) -> Response:
        """The report, to be read in the page."""
        return _apart(self._product(request, "report.html"))

    def download(self, request: Request) -> Response:
        """One thing that was made, to be saved."""
        product = self._product(request, request.path_params["name"])
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(product.name)}"}
        return Response(product.data, media_type=product.media_type, headers=headers)

    def document(self, request: Request) -> Response:
        """A standard as a document: one to be read opens, any other is saved."""
        number, target = request.path_params["number"], request.path_params["target"]
        if number >= len(self.names) or target not in DOCUMENTS or target not in targets():
            raise HTTPException(404)
        product = work.document(self.names[number], target)
        if product.media_type.startswith("text/html"):
            return _apart(product)
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(product.name)}"}
        return Response(product.data, media_type=product.media_type, headers=headers)

    def _check(self, request: Request) -> Check:
        check = self.desk.checks.get(request.path_params["id"])
        if check is None:
            raise HTTPException(404, "This check is forgotten. Choose the files again.")
        return check

    def _product(self, request: Request, name: str) -> Product:
        product = self._check(request).products.get(name)
        if product is None:
            raise HTTPException(404, "There is nothing of that name here.")
        return product


async def _message(request: Request) -> Mapping[str, Any]:
    """A small JSON object. Raises HTTPException where the body is anything else."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_MESSAGE:
            raise HTTPException(413)
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(found, dict):
        raise HTTPException(400)
    return found


def _apart(product: Product) -> Response:
    headers = {"content-security-policy": SANDBOX, "x-frame-options": "SAMEORIGIN"}
    return Response(product.data, media_type=product.media_type, headers=headers)


def _offer(name: str) -> Offer:
    standard = load(name)
    return Offer(name, f"{standard.title} ({standard.id} {standard.version})")


@cache
def _text(name: str) -> str:
    return (files("validator.web") / "pages" / name).read_text("utf-8")


@cache
def _template(name: str) -> Any:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_text(name))


def _told(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    return JSONResponse({"error": detail}, status)


def _saying(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(_request: Request, error: Exception) -> Response:
        return JSONResponse({"error": str(error)}, status)

    return answer


def _broken(_request: Request, error: Exception) -> Response:
    # what it says may hold a cell's text
    what = f"An internal error ({type(error).__name__}). Please report it."
    return JSONResponse({"error": what}, 500)
