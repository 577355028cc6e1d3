"""Postal addresses: a street with a number, a postcode by its words or its shape."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import DIGIT, START, any_of, counted
from validator.identifiers.kind import Context, Kind, Passage, Span

_EN = any_of(
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|close|crescent|"
    "terrace|square|sq|gardens|grove|highway|parkway|pkwy|row|walk|hill|mews|parade|wharf|quay|"
    "green|rise|view|circle|alley|broadway|quayside"
)
_FR = any_of(
    "rue|avenue|av|boulevard|bd|bld|allée|allees|allées|impasse|chemin|route|place|quai|cours|"
    "passage|square|villa|résidence|residence|lotissement|faubourg|ruelle|sentier|promenade|"
    "rond-point|venelle|cité|montée|hameau|lieu-dit|esplanade"
)
_ROADS = any_of("rue|avenue|boulevard|bd|bld|chemin|route|quai|allée|impasse")
_ES = any_of(
    r"calle|cl|avenida|avda|av|paseo|pº|plaza|pza|plza|carretera|ctra|camino|ronda|travesía|"
    r"callejón|carrera|cra|cr|glorieta|rambla|pasaje|urbanización|urb|barrio|jirón|jr|calzada|"
    r"diagonal|transversal|bulevar|privada|cuesta|costanilla|vía"
)
_AR = any_of("شارع|الشارع|زقاق|نهج|جادة|حارة|زنقة|درب")
_AR_WIDE = any_of("طريق|ميدان|ساحة|حي")
_HOUSE_AR = any_of("عمارة|مبنى|بناية|منزل|بيت|فيلا|عقار|شقة|بلوك|قطعة")
_NAME = r"[^\W\d_][\w'.-]*"
_HOUSE = r"\d{1,4}[A-Za-z]?(?: ?(?:bis|ter|quater))?(?:[-/]\d{1,4}[A-Za-z]?)?"
_ENGLISH = lazily(
    rf"(?<![\w.,/:-]){_HOUSE},? (?:[A-Z][\w'.-]*|[Tt]he|of|[A-Z]\.|\d{{1,3}}(?:st|nd|rd|"
    rf"th))(?: (?:[A-Z][\w'.-]*|of|the)){{0,3}}? (?:(?i:{_EN}))(?!\w)\.?"
    rf"|(?<![\w.,/:-]){_HOUSE},? (?:Avenue|Boulevard|Broadway)(?: (?:of|the|[A-Z][\w'-]*)){{1,4}}"
)
_FRENCH = lazily(
    rf"(?<![\w.,/:-]){_HOUSE} ?,? ?(?:{_FR})\.? (?:(?:de|du|des|la|le|les|à|aux|en|sur) |l'|"
    rf"d'){{0,3}}{_NAME}"
    # the number last, as in Belgium and Switzerland, and not that of something, or a year
    rf"|(?<!\w)(?:{_ROADS})\.? (?:(?:de|du|des|la|le|les) |l'|d'){{0,3}}{_NAME}"
    rf"(?: {_NAME}){{0,3}}?,? \d{{1,3}}[A-Za-z]?(?: ?(?:bis|ter|quater))?"
    rf"(?=(?:,? \d{{4,5}})?(?: ?[,;).]| ?$))",
    re.IGNORECASE,
)
_SPANISH = lazily(
    rf"(?<!\w)(?:c/(?!o ) ?|c\. |{_ES}(?!\w)\.? ?)(?:(?:de|del|la|las|los|"
    rf"el) ){{0,3}}{_NAME}(?: (?:{_NAME})){{0,5}}?,? ?(?:(?:n[º°o]|n\.º|núm|num|número|#|nro|no|"
    rf"km)\.? ?)?\d{{1,4}}(?![\d:%/]|[.,]\d)[A-Za-z]?(?!\w)"
    rf"|(?<!\w)(?:carrera|calle|cra|cl|diagonal|transversal)\.? \d{{1,3}}[A-Za-z]? ?(?:#|"
    rf"n[º°o]\.?|nº|con) ?\d{{1,3}}[A-Za-z]?(?: ?- ?\d{{1,3}})?",
    re.IGNORECASE,
)
_ARABIC = lazily(
    rf"(?<!\w)\d{{1,4}}[ ,]{{1,2}}(?:{_AR}|{_AR_WIDE})(?: [^\W\d_]{{2,20}}){{1,3}}"
    rf"|(?<!\w)[وفبل]?{_AR} [^\W\d_]{{2,20}}(?: [^\W\d_]{{2,20}}){{0,3}}?[ ,]{{1,3}}"
    rf"(?:{_HOUSE_AR}[ :]{{1,2}})*(?:رقم )?\d{{1,4}}(?!\w)"
    rf"|(?<!\w)[وفبل]?(?:{_AR}|{_AR_WIDE}) [^\W\d_]{{2,20}}(?: [^\W\d_]{{2,20}}){{0,2}}?[ ,]{{1,3}}"
    rf"(?:{_HOUSE_AR}[ :]{{1,2}}|رقم ){{1,2}}\d{{1,4}}(?!\w)"
    rf"|(?<!\w)[وفبل]?شارع (?:رقم )?\d{{1,3}}(?!\w)"
    rf"|(?<!\w){_HOUSE_AR}(?: رقم)? \d{{1,4}}[ ,]{{1,3}}(?:في )?(?:{_AR}|"
    rf"{_AR_WIDE}) [^\W\d_]{{2,20}}"
)
_POSTCODE = lazily(
    r"(?<!\w)(?:post ?code|postal code|zip(?: code)?|code postal|c\.?p\.?|código postal|"
    r"codigo postal|cód\. postal|الرمز البريدي|رمز بريدي|رمزها البريدي|"
    r"الرقم البريدي)[ .:=#]{1,3}(?:is |est |es |هو )?"
    r"((?=[A-Za-z0-9 -]{0,7}\d)[A-Za-z0-9]{2,5}(?:[ -][A-Za-z0-9]{2,4})?)(?!\w)",
    re.IGNORECASE,
)
_BRITISH = lazily(
    r"(?<![\w-])(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNP-Y]?) \d[ABD-HJLNP-UW-Z]{2}(?!\w)"
)
_BOX = lazily(
    r"(?<!\w)(?:p\.? ?o\.? box|boîte postale|b\.p\.|bp|apartado(?: de correos| postal)?|apdo\.?|"
    r"casilla|ص\.? ?ب\.?|صندوق بريد|صندوق البريد)[ .:#]{0,3}(?:رقم )?\d{2,6}(?!\w)",
    re.IGNORECASE,
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    text = passage.text
    for pattern in (_ENGLISH, _FRENCH, _SPANISH, _ARABIC):
        for match in passage.matches(pattern):
            if not counted(text, match.start()) and _named(match[0]):
                yield Span(*match.span(), labelled=True)
    for match in passage.matches(_POSTCODE):
        if sum(c.isdigit() for c in match[1]) >= 2:
            yield Span(*match.span(1), labelled=True)
    for pattern in (_BRITISH, _BOX):
        for match in passage.matches(pattern):
            yield Span(*match.span())


def _named(street: str) -> bool:
    """Whether the street has a name: a capital letter, a number for a name, or Arabic words."""
    words = [word for word in re.findall(r"[^\W_][\w'.-]*", street) if not word[0].isdigit()]
    if not street.isascii() and any("\u0621" <= c <= "\u064a" for c in street):
        return True
    return any(word[0].isupper() for word in words[1:]) or (bool(words) and words[0][0].isupper())


KIND = Kind(
    name="address",
    title="a postal address",
    catches=(
        "A street in words with a house number in English, French, Spanish or Arabic order, a "
        "postcode after its words, a British postcode by its shape, and a post-office box."
    ),
    cannot=(
        "A street without a number, a house with a name only, a postcode of digits that nothing "
        "names, and streets of other languages."
    ),
    rank=90,
    prefilter=(
        # whole words, or "closed" and "first" would hold a close and a street
        rf"{DIGIT}(?:(?s:.)*[^A-Za-z])?(?i:{_EN}|{_FR})(?:[^A-Za-z]|$)|{DIGIT}(?s:.)*(?:{_AR}|{_AR_WIDE})|"
        rf"{START}(?i:c/|(?:{_ES}|{_ROADS})[^A-Za-z])(?s:.)*{DIGIT}|(?:{_AR}|{_AR_WIDE})(?s:.)*{DIGIT}"
        rf"|(?i:post|zip|box|apartado|apdo|casilla|بريد|ص\.? ?ب)|(?i:c\.?p|b\.?p)[ .:]|"
        rf"[A-Z]{{1,2}}[0-9][0-9A-Z]? [0-9][A-Z]{{2}}"
    ),
    patterns=(_ENGLISH, _FRENCH, _SPANISH, _ARABIC, _POSTCODE, _BRITISH, _BOX),
    find=_find,
    digits=False,
)
