"""E-mail addresses, also those written out to hide them."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers.kind import Context, Kind, Passage, Span

_LABELS = r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
_PLAIN = lazily(
    rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{0,63}}[\w+-](?:@| @ )(?:{_LABELS}\.[^\W\d_]{{2,24}}|"
    rf"\[[0-9a-fA-F.:]+\])"
)
_AT = r"(?:at|arroba|arobase|arrobase|chez|على|آت)"
_DOT = r"(?:dot|point|punto|نقطة)"
_POINT = rf"(?: ?\. ?| ?[\[({{<] ?(?:\.|{_DOT}) ?[\])}}>] ?| {_DOT} )"
_WRITTEN = lazily(
    rf"(?<![\w.])[\w.+-]{{1,64}}(?: ?[\[({{<] ?(?:@|"
    rf"{_AT}) ?[\])}}>] ?[\w-]{{1,63}}(?:{_POINT}[\w-]{{2,63}}){{1,5}}"
    rf"| {_AT} [\w-]{{2,63}}(?: {_DOT} [\w-]{{2,63}}){{1,5}})",
    re.IGNORECASE,
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    if passage.has(_PLAIN):
        yield from _plain(passage.text)
    for match in passage.matches(_WRITTEN):
        yield Span(*match.span())


def _plain(text: str) -> Iterator[Span]:
    """The places of ``_PLAIN``: from its sign back, or else every letter before it is tried."""
    end = 0
    while (sign := text.find("@", end)) >= 0:
        # there is no space in what stands before the sign, or before the space before the sign
        match = _PLAIN.search(text, max(end, text.rfind(" ", 0, max(sign - 1, 0)) + 1))
        if match is None:
            return
        yield Span(*match.span())
        end = match.end()


KIND = Kind(
    name="email",
    title="an e-mail address",
    catches=(
        "Addresses with any top-level domain or a bracketed IP address, in any script, and those "
        "written out to hide them: name [at] example [dot] org, nombre (arroba) ejemplo punto org."
    ),
    cannot="Addresses of a machine without a domain (root@server), or split over two cells.",
    rank=10,
    prefilter=(rf"@|(?i: {_DOT} )|[\[({{<] ?(?i:{_AT}) ?[\])}}>]"),
    patterns=(_PLAIN, _WRITTEN),
    find=_find,
    digits=False,
)
