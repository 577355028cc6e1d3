"""Telephone numbers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import DIGIT, GAP, START, any_of, counted, digits, groups
from validator.identifiers.kind import Context, Kind, Passage, Span

_WORDS = any_of(
    r"t[ée]l|tél[ée]phone|telephone|phone|phones|telf|tel[ée]fono|tlf|tfno|fono|mobile|m[óo]vil|"
    r"portable",
    r"cell|cell ?phone|cellphone|celular|fax|télécopie|gsm|sms|whats ?app|hot ?line|fixe|"
    r"landline|fijo",
    r"contact number|switchboard|standard téléphonique|extension|viber|signal|telegram|imo",
    "هاتف|الهاتف|هاتفه|هاتفها|هاتفيا|تليفون|التليفون|تلفون|التلفون|جوال|الجوال|موبايل|الموبايل|"
    "محمول|المحمول",
    "واتساب|واتس|الواتساب|فاكس|الفاكس|خلوي|الخلوي|النقال|نقال|جواله|جوالها",
)
_CALLS = any_of(
    r"call|calls|called|ring|rang|dial|text|reach(?:ed|able)?|appeler|appel|appelez|rappeler|"
    r"joindre|joignable",
    r"llamar|llame|llamó|llamada|marcar|contactar|contacter|contact|contacto|reachable|numéro|"
    r"número|number",
    "اتصل|اتصلت|الاتصال|للاتصال|رقم|الرقم|الاتصال به|يتصل|اتصال",
)
_FILLER = (
    r"(?:[ .:#=()/,-]|n[o°º]|nr|number|num|numéro|número|is|was|on|at|to|via|au|le|la|est|sur|de|"
    r"du|al|el|es|en"
    r"|the|me|him|her|them|us|back|mobile|direct|directe?|work|home|office|رقم|رقمه|رقمها|على|هو|"
    r"هي|ب|الرقم|الجوال|الهاتف|بالرقم|محمول|جوال){0,6}"
)
_DIGITS = r"(?:(?:\+|00) ?)?\(?\d(?:[ .()/-]{0,3}\d){5,15}(?!\w)(?![./:]\d)"
_LABELLED = lazily(rf"(?<!\w)[وفبل]{{0,2}}(?:{_WORDS}){_FILLER}({_DIGITS})", re.IGNORECASE)
_CALLED = lazily(rf"(?<!\w)[وفبل]{{0,2}}(?:{_CALLS}){_FILLER}({_DIGITS})", re.IGNORECASE)
_NUMBER = lazily(
    r"(?<![\w.,:/+#-])(?:\+ ?)?\(?\+?\d{1,15}\)?(?:[ ./-]{1,3}\(?\d{1,11}\)?|"
    r"(?<=\))\d{1,11}){0,8}(?!\w)(?!:\d)(?![.,]\d)",
    instead=r"\+ ?\(?\+?\d(?:[ ./()-]*\d){6}|\d(?: *\d){7}|\d(?:[ ./()-]*\d){8}",
)
# shapes that are a telephone number in one country or another, and nothing else
_SHAPES = lazily(
    r"\(0?\d{1,4}\)[ -]?\d{2,4}(?:[ -]\d{2,4}){1,3}"  # (020) 7946 0000, (202) 555-0143
    r"|(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}"  # 202-555-0143
    # a trunk 0, then groups
    r"|0\d{1,4}(?:[ ./-]\d{2,4}){2,4}|0\d{4} \d{5,6}|0\d{3}[ ./-]\d{6,7}|0[1-9]\d{8,9}"
    r"|[6-9]\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]\d{2}|[6-9]\d{2}-\d{3}-\d{3}"  # 612 34 56 78
)
_DATE = lazily(
    r"(?:19|20)\d{2}[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:0[1-9]|[12]\d|3[01])(?:[ T-]?[0-2]?\d.*)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[ ./-](?:0?[1-9]|1[0-2])[ ./-](?:19|20)?\d{2}(?:[ -]+[0-2]?\d.*)?"
    r"|(?:19|20)\d{2}(?:[ /-]{1,3}(?:19|20)\d{2}){1,3}|[\d/-]+[/-](?:19|20)\d{2}"
)
_THOUSANDS = lazily(r"[1-9]\d{0,2}(?:[ .]\d{3})+")
_COUNTS = lazily(r"[1-9]\d*(?:/\d+)+")
"""Numbers of something side by side: 120/130/140."""
_THINGS = lazily(r" (?:[^\W\d_])")
_OF_THING = lazily(
    r"(?<!\w)(?:serial|batch|order|contract|ticket|invoice|row|reference|tracking|job|run|queue|"
    r"parcel|item|version|build|lot|file|series|page|record|commande|facture|contrat|ligne|lote|"
    r"pedido|factura|contrato|fila|serie|الدفعة|التذكرة|العقد|الفاتورة)[ :_-](?:de |du |del )?$",
    re.IGNORECASE,
)
"""Before the word "number": it numbers a thing."""

_ENDLESS = lazily(r"\d(?:[ .()/-]{0,3}\d){16}")
"""More digits than a number has, unless it begins with 00."""

LABELLED, INTERNATIONAL, SPACED, PARTED, LONGEST = 6, 7, 8, 9, 17
"""Digits of a number after its label, after a +, with spaces alone, and with other marks between;
and the most of all of them."""
SURELY = 9
"""Digits after a + that are a number: those set aside for examples are of no possible length."""


def _find(passage: Passage, context: Context) -> Iterator[Span]:
    text = passage.text
    context.exact = context.exact or passage.has(_ENDLESS)
    for match in passage.matches(_LABELLED):
        context.exact = context.exact or not _sure(match[1])
        if digits(match[1]) >= LABELLED and not _DATE.fullmatch(match[1]):
            yield Span(*match.span(1), labelled=True)
    for match in passage.matches(_CALLED):
        number = match[1]
        context.exact = context.exact or not _sure(number)
        if not _long(number) or _DATE.fullmatch(number):
            continue
        counts = _THOUSANDS.fullmatch(number) or (number.isdigit() and number[0] != "0")
        if counts and not _valid(number, context.region):
            continue
        if not _OF_THING.search(text, max(0, match.start() - 32), match.start()):
            yield Span(*match.span(1), labelled=True)
    for match in passage.matches(_NUMBER):
        number = match[0].strip()
        if _long(number):
            context.exact = context.exact or not _sure(number)
            if _is_phone(text, match.start(), number, context):
                yield Span(match.start(), match.start() + len(number))


def _sure(number: str) -> bool:
    """Whether a number is one whichever digits it has: see ``_possible``. It is no date."""
    return number.startswith("+") and SURELY <= digits(number) <= LONGEST


def _long(number: str) -> bool:
    """Whether a number that no word calls a telephone's has the digits of one."""
    if len(number) < INTERNATIONAL:
        return False
    count = digits(number)
    if "+" in number:
        return INTERNATIONAL <= count <= LONGEST
    spaced = SPACED if number.replace(" ", "").isdigit() else PARTED
    return spaced <= count <= LONGEST


def _is_phone(text: str, start: int, number: str, context: Context) -> bool:
    bare = number.lstrip("( ")
    if bare.startswith(("+", "00")):
        return _possible(number)
    if _DATE.fullmatch(number) or counted(text, start) or "+" in number:
        return False
    if _SHAPES.fullmatch(number):
        return True
    if context.region is None or (number.isdigit() and number[0] != "0"):
        return False
    if _COUNTS.fullmatch(number):
        return False
    # 612 345 678 counts things unless the country's numbers look so, and no thing follows
    after = text[start + len(number) :][:2]
    if _THOUSANDS.fullmatch(number) and (_THINGS.match(after) or len(groups(number)) < 3):
        return False
    return _valid(number, context.region)


def _possible(number: str) -> bool:
    """Whether an international number can be dialled, in one country or another."""
    plus = "+" in number
    if plus and digits(number) >= SURELY:
        return True
    import phonenumbers

    dialled = "".join(groups(number))
    try:
        parsed = phonenumbers.parse("+" + (dialled if plus else dialled[2:]), None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed)


@lru_cache(maxsize=10_000)
def _valid(number: str, region: str | None) -> bool:
    """Whether the number is one of the contributor's country."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed)


KIND = Kind(
    name="phone",
    title="a telephone number",
    catches=(
        "International numbers with + or 00, numbers in the national form of the contributor's "
        "country, forms that only telephone numbers have, and 6 digits or more after a word such "
        "as tel., mobile, appeler, móvil, هاتف."
    ),
    cannot=(
        "Short and emergency numbers, extensions, numbers in words, and a national number as one "
        "run of digits without a leading 0 that nothing names."
    ),
    rank=100,
    prefilter=(
        rf"[+]{GAP}{{0,2}}{DIGIT}(?:{GAP}{{0,3}}{DIGIT}){{6}}|"
        rf"{DIGIT}(?: ?{DIGIT}){{7}}|{DIGIT}(?:{GAP}{{0,3}}{DIGIT}){{8}}"
        rf"|{START}(?i:{_WORDS})[^0-9]{{0,24}}{DIGIT}{GAP}{{0,3}}{DIGIT}"
    ),
    patterns=(_LABELLED, _CALLED, _NUMBER, _ENDLESS),
    find=_find,
    digits=False,
)
