"""Addresses of machines on a network: IP and MAC."""

import re
from collections.abc import Iterator
from ipaddress import IPv6Address

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import counted
from validator.identifiers.kind import Context, Kind, Passage, Span

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_V4 = lazily(
    rf"(?:(?<![\w.])|(?<=\bip)){_OCTET}(?:{_DOT}{_OCTET}){{3}}(?:/\d{{1,2}}|"
    rf":\d{{1,5}})?(?!\w)(?!\.\d)",
    re.IGNORECASE,
)
_MACHINE = lazily(
    r"(?<!\w)(?:ip(?:v4)?|address|adresse|dirección|host|server|serveur|servidor|عنوان|العنوان|"
    r"آي بي|الآي بي)(?!\w)"
    # or where something came from, right before
    r"|(?<!\w)(?:from|via|resolved to|connected to|depuis|desde|من|عبر)(?: the| la| le| el| l')?[ "
    r":]{1,2}$",
    re.IGNORECASE,
)
_VERSION = lazily(
    r"(?<!\w)(?:v|ver\.?|versi[oó]n|release|build|rev\.?|révision|revisión|firmware|section|clause|"
    r"chapter|annexe?|sección|capítulo|إصدار|الإصدار|نسخة|النسخة)[ .:=(n°º-]{0,4}$",
    re.IGNORECASE,
)
_SOFTWARE = lazily(
    r"(?<!\w)(?:versi[oó]n|release|build|tool|software|app|outil|logiciel|herramienta|programa|"
    r"firmware|أداة|الأداة|برنامج|البرنامج|إصدار|الإصدار|نسخة|النسخة|driver|update|"
    r"plugin)[^.;,]{0,24}$",
    re.IGNORECASE,
)
_MAC_WORD = lazily(
    r"(?<!\w)(?:mac|router|routeur|device|bssid|wi-?fi|appareil|dispositivo|ماك|جهاز)(?!\w)",
    re.IGNORECASE,
)
LEAST_OF_NETWORKS = 100
"""No software counts its first number as far as this; most networks begin above it."""
_V6 = lazily(
    r"(?:(?<![\w:.])|(?<=IPv6:)|(?<=ipv6:)|(?<=IP:)|"
    r"(?<=ip:))\[?([0-9a-fA-F:]{3,39}(?:\.\d{1,3}){0,3})\]?(?:%\w+|/\d{1,3})?(?![\w:])",
    instead=r":[0-9a-fA-F]{0,4}:",
)
_MAC = lazily(
    r"(?<![\w:.-])(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![\w:])"
    r"|(?<![\w:.-])(?:[0-9a-fA-F]{2}-){5}[0-9a-fA-F]{2}(?![\w-])"
    r"|(?<![\w:.-])(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}(?![\w.])"
    r"|(?<!\w)(?i:mac(?:[ -](?:address|adresse|dirección|عنوان))?|adresse mac|dirección mac|ماك)"
    r"[ :=]{1,3}([0-9a-fA-F]{12})(?!\w)"
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    text = passage.text
    for match in passage.matches(_V4):
        if not _is_version(text, match):
            yield Span(*match.span())
    for match in passage.matches(_V6):
        if match[1].count(":") > 1 and _is_v6(match[1]):
            yield Span(*match.span())
    for match in passage.matches(_MAC):
        group = 1 if match[1] else 0
        if any(c.isdigit() for c in match[group]) or _MAC_WORD.search(text, 0, match.start()):
            yield Span(*match.span(group))


def _is_version(text: str, match: re.Match[str]) -> bool:
    """Whether four numbers are a version: a word says so, or they are small and none says IP."""
    before = text[max(0, match.start() - 40) : match.start()]
    if _VERSION.search(before):
        return True
    if _MACHINE.search(before) or text[match.start() - 1 : match.start()] in {"p", "P"}:
        return False
    numbers = [int(part) for part in re.findall(r"\d+", match[0])]
    if numbers[0] >= LEAST_OF_NETWORKS:
        return False
    small = max(numbers) < 100 and numbers[0] < 10
    return small or counted(text, match.start()) or _SOFTWARE.search(before) is not None


def _is_v6(token: str) -> bool:
    if not any(c.isalnum() for c in token):
        return False
    try:
        IPv6Address(token.rstrip(":") if not token.endswith("::") else token)
    except ValueError:
        return False
    return True


KIND = Kind(
    name="ip-address",
    title="an IP or MAC address",
    catches=(
        "IPv4 (also with a port, a prefix length or bracketed dots) and IPv6 addresses, and MAC "
        "addresses with colons, hyphens or dots."
    ),
    cannot=(
        "Addresses with hidden parts (192.0.2.x) or as one number; and an IPv4 address right after "
        "a word such as version or release is taken for a version."
    ),
    rank=40,
    prefilter=(
        rf"(?i:[0-9]{_DOT}[0-9]{{1,3}}{_DOT}[0-9]{{1,3}}{_DOT}[0-9])"
        r"|[0-9a-fA-F]{1,4}:[0-9a-fA-F]{0,4}:|::[0-9a-fA-F]"
        r"|(?:[0-9a-fA-F]{2}-){5}|[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}|(?i:mac|"
        r"ماك)(?s:.){0,24}[0-9a-fA-F]{12}"
    ),
    patterns=(_V4, _V6, _MAC),
    find=_find,
)
