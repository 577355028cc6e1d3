"""Digests of files: cryptographic and perceptual."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers.kind import Context, Kind, Passage, Span

_LENGTHS = frozenset({32, 40, 56, 64, 96, 128})
_HEX = lazily(r"(?<![\w+/])(?:0x)?([0-9a-fA-F]{32,128})(?![\w+/])")
_BASE64 = lazily(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{22,192}={0,2}(?![\w+/=])")
# digests of 16, 20, 32, 48 and 64 bytes, and PhotoDNA's 144
_PADDED = frozenset({24, 28, 44, 88})
_WHOLE = frozenset({64, 192})
_NAMES = (
    r"md[ -]?5|sha[ -]?(?:1|224|256|384|512|3)(?:[ -]?\d{3})?|photo ?dna|pdq|p-?hash|d-?hash|"
    r"a-?hash|tmk|ssdeep"
    r"|hash(?:es)?|digest|checksum|empreinte|condensat|condensé|huella|resumen|hachage|بصمة|هاش|"
    r"تجزئة|التجزئة"
)
_LABELLED = lazily(
    rf"(?<!\w)(?:{_NAMES})\w{{0,8}}(?: (?:value|code|list|prefix|file|begins|starts|ending|is|"
    rf"with|est|es|هي))*"
    r"[ :=#\"(]{1,4}((?=[^\s]*[0-9])(?=[^\s]*[A-Za-z])(?:[0-9a-fA-F]{8,128}|"
    r"[A-Za-z0-9+/:]{20,192}={0,2}))(?![\w+/])",
    re.IGNORECASE,
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    for match in passage.matches(_HEX):
        digits = match[1]
        if len(digits) in _LENGTHS and not digits.isdigit() and len(set(digits.lower())) > 3:
            yield Span(*match.span())
    for match in passage.matches(_BASE64):
        if _looks_random(match[0]):
            yield Span(*match.span())
    for match in passage.matches(_LABELLED):
        yield Span(*match.span(1), labelled=True)


def _looks_random(token: str) -> bool:
    """Whether a token has the length of a digest in base64 and mixes cases and digits."""
    padded = token.endswith("=") and len(token) in _PADDED
    if not padded and len(token) not in _WHOLE:
        return False
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(test(c) for c in token) for test in kinds)


KIND = Kind(
    name="hash",
    title="a hash of a file",
    catches=(
        "MD5, SHA-1, SHA-2 and PDQ digests in hexadecimal, digests and PhotoDNA hashes in base64, "
        "and shorter or partial ones after a word such as MD5, hash, empreinte, huella."
    ),
    cannot="Digests in other spellings (base32, decimal), and partial ones that nothing names.",
    rank=30,
    prefilter=(
        r"[0-9a-fA-F]{32}|[A-Za-z0-9+/_\-]{22}|(?i:md ?-?5|sha ?-?[1235]|pdq|hash"
        r"|photo ?dna|digest|checksum|tmk|ssdeep|empreinte|condens|huella|hachage|بصمة|هاش|تجزئة)"
    ),
    patterns=(_HEX, _BASE64, _LABELLED),
    find=_find,
)
