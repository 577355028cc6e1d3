"""Places on the map, exact enough to be a house."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers.kind import Context, Kind, Passage, Span

_NORTH, _EAST = (
    r"(?:[NSns]|nord|sud|norte|sur|north|south|شمالا?ً?|جنوبا?ً?)",
    (r"(?:[EWOewo]|est|ouest|este|oeste|east|west|شرقا?ً?|غربا?ً?)"),
)
_PAIR = lazily(
    r"(?<![\w.,/-])(?:[-+]?(\d{1,3})([.,])\d{3,12})( ?[,;/|] ?|"
    r" {1,3})(?:[-+]?(\d{1,3})([.,])\d{3,12})(?!\w)(?![.,]\d)"
)
_DEGREE = r"\d{1,3}(?:[.,]\d{1,10})?"
_ANGLE = (
    rf"(?:{_DEGREE} ?°? ?(?:\d{{1,2}}(?:[.,]\d+)? ?' ?(?:\d{{1,2}}(?:[.,]\d+)? ?(?:\"|'') ?)?)?)"
)
_LETTERED = lazily(
    rf"(?<![\w.])(?:{_ANGLE} ?{_NORTH}[ ,;/]{{0,3}}(?:and|et|y|و)? ?{_ANGLE} ?{_EAST}"
    rf"|{_NORTH} ?{_ANGLE}[ ,;/]{{0,3}}{_EAST} ?{_ANGLE})(?!\w)"
)
_MINUTES = lazily(
    r"(?<!\w)[NS] ?\d{1,2}[° ] ?\d{1,2}[.,]\d+'?[ ,;/]{0,3}[EW] ?\d{1,3}[° ] ?\d{1,2}[.,]\d+"
)
_DEGREES = lazily(r"(?<![\w.])[-+]?\d{1,3}(?:[.,]\d+)? ?° ?\d{1,2}(?:[.,]\d+)? ?'")
_LABELLED = lazily(
    r"(?<!\w)(?:lat(?:itude?|itud)?|خط العرض|"
    r"دائرة العرض)\.?[ :=]{1,3}[-+]?\d{1,2}[.,]\d+[^\d\n]{1,30}[-+]?\d{1,3}[.,]\d+"
    r"|(?<!\w)(?:lon|lng|long(?:itude?|itud)?)\.?[ :=]{1,3}[-+]?\d{1,3}[.,]\d+"
    r"|(?<!\w)(?:gps|coord(?:inates?|onnées|enadas|s|\.)?|coordonnées|coordenadas|الإحداثيات|"
    r"إحداثيات|الاحداثيات|geo)"
    r"[^\d\n.;]{1,25}[-+]?\d{1,3}[.,]\d{2,}[ ,;/]{1,3}(?:[NS] ?)?[-+]?\d{1,3}[.,]\d{2,}"
    r"|(?<!\w)(?:mgrs|utm)[ :]{1,3}\d{1,2} ?[A-Z]{1,3} ?[\d ]{4,20}",
    re.IGNORECASE,
)
_CODES = lazily(
    r"(?<![\w+])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?![\w+])"
    r"|(?<![\w/])///[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}|"
    r"geo:-?\d{1,2}\.\d+,-?\d{1,3}\.\d+"
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    for match in passage.matches(_PAIR):
        # thousands: 12,345 67,890
        if match[2] == match[5] and int(match[1]) <= 90 and int(match[4]) <= 180:
            if match[2] == "," and match[3].strip() in {"", ","}:
                continue
            if match[2] == "." and match[3].strip() == "" and _thousands(match[0]):
                continue
            if _exact(match[0]):
                yield Span(*match.span())
    for match in passage.matches(_LETTERED):
        if "°" in match[0] or re.search(r"\d[.,]\d", match[0]):
            yield Span(*match.span())
    for pattern in (_DEGREES, _MINUTES):
        for match in passage.matches(pattern):
            yield Span(*match.span())
    for match in passage.matches(_LABELLED):
        yield Span(*match.span(), labelled=True)
    for match in passage.matches(_CODES):
        yield Span(*match.span())


def _exact(pair: str) -> bool:
    """Whether a pair is more than two rates: a sign or four decimals, and one above 1."""
    numbers = re.findall(r"[-+]?\d+[.,]\d+", pair)
    exact = any(n[0] in "-+" or len(re.split("[.,]", n)[1]) > 3 for n in numbers)
    return exact and any(n.lstrip("-+")[0] != "0" for n in numbers)


def _thousands(pair: str) -> bool:
    """Whether both numbers have exactly three digits after the point, as 12.345 67.890."""
    return all(len(number.rpartition(".")[2]) == 3 for number in pair.split())


KIND = Kind(
    name="coordinates",
    title="map coordinates",
    catches=(
        "Pairs of decimal degrees, one of them with a sign or four decimals, degrees with minutes "
        "and seconds or "
        "with the letters of the compass, numbers after latitude, GPS or coordinates, geo links, "
        "MGRS and UTM references by name, plus codes, and three words after ///."
    ),
    cannot=("Pairs with fewer decimals and without a sign that nothing names: they may be rates."),
    rank=70,
    prefilter=(
        r"[0-9]{1,3}[.,][0-9]{3}[0-9]* ?[,;/| ] ?[-+]?[0-9]{1,3}[.,][0-9]{3}"
        r"|°|[0-9] ?(?i:[NS]|nord|sud|norte|sur|north|south|شمال|جنوب)[ ,;/]|[NS] ?[0-9]"
        r"|(?i:lat(?:itude?|itud)?\.?[ :=]|lon(?:g|gitude?|gitud)?\.?[ :=]|lng|gps|coord|mgrs|utm)"
        r"|geo:|///|[2-9CFGHJMPQRVWX]{4}\+[2-9CFGHJMPQRVWX]{2}|إحداثيات|احداثيات|العرض"
    ),
    patterns=(_PAIR, _LETTERED, _DEGREES, _MINUTES, _LABELLED, _CODES),
    find=_find,
)
