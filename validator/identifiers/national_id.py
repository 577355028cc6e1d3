"""Numbers of identity documents, insurance, tax and bank accounts."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import DIGIT, START, any_of, counted, sole
from validator.identifiers.kind import Context, Kind, Passage, Span

_DOCUMENTS = any_of(
    r"passport|passports|id card|identity card|identity document|identity number|national id|"
    r"national identity number",
    r"national insurance(?: number)?|ni number|nino|nhs(?: number)?|ssn|"
    r"social security(?: number)?|tax id|tax number|(?-i:TIN)|resident id",
    r"id number|id no|id n[o°º]|personal id|driving licen[cs]e|driver'?s licen[cs]e|licen[cs]e|"
    r"residence permit|visa|iban|bank account",
    r"account number|card number|credit card|debit card|medical record|insurance number|"
    r"birth certificate|voter id|aadhaar|pan card",
    r"passeport|carte d'identité|carte nationale d'identité|carte d'identite|pièce d'identité|"
    r"(?-i:CNI)|(?-i:CIN)|(?-i:NIR)|(?-i:NISS)|(?-i:AVS)|(?-i:NN)",
    r"numéro de sécurité sociale|n° de sécurité sociale|sécurité sociale|numéro national|"
    r"numéro d'identité|n° d'identité",
    r"identifiant national|numéro fiscal|permis de conduire|permis|titre de séjour|"
    r"carte de séjour|carte vitale|compte bancaire|(?-i:RIB)|carte bancaire",
    r"pasaporte|dni|(?-i:NIE)|(?-i:NIF)|cédula|cedula|cédula de identidad|c\.i|curp|(?-i:RFC)|"
    r"(?-i:RUT)|(?-i:RUN)|(?-i:CPF)|(?-i:CUIT)|(?-i:BSN)|(?-i:PESEL)|(?-i:EGN)|(?-i:OIB)|"
    r"cuil|nuip|nss|clave de elector",
    r"documento de identidad|documento nacional de identidad|carn[ée] de identidad|carnet "
    r"d'identité|"
    r"tarjeta de identidad",
    r"número de seguridad social|seguridad social|número de identidad|número de identificación|"
    r"licencia de conducir|permiso de conducir",
    r"permiso de residencia|tarjeta de residencia|cuenta bancaria|número de cuenta|"
    r"tarjeta sanitaria|tarjeta de crédito",
    "جواز|جواز السفر|جواز سفر|الجواز|جوازه|جوازها|هوية|الهوية|هوية وطنية|الهوية الوطنية|"
    "بطاقته|بطاقتها|بطاقة الهوية|بطاقة هوية",
    "بطاقة التعريف|بطاقة التعريف الوطنية|بطاقة تعريف|الرقم القومي|رقم قومي|الرقم الوطني|رقم وطني|"
    "رقم الهوية|رقم الهوية الوطنية",
    "البطاقة الوطنية|بطاقة وطنية|السجل المدني|رخصة القيادة|رخصة قيادة|رخصة السياقة|الإقامة|إقامة|"
    "الضمان الاجتماعي|الآيبان|آيبان|ايبان|حساب بنكي|الحساب البنكي",
)
_FILLER = (
    r"(?:[ .:#=(),/\"'-]|n\.?[o°º]\.?|nos\.?|nr\.?|num(?:ber|\.)?|núm\.?|numéro|número|is|was|"
    r"est|es|with|given as|holder|card|card number|series|série|serie"
    r"|le|la|el|de|du|del|ref|reference|code|رقم|رقمه|رقمها|برقم|هو|هي|ذو|ذات|السفر|الوطنية|صادر|"
    r"الشخصية|الشخصي|يحمل){0,8}"
)
# words between digits are words: "visa 12 of 40"
_REFERENCE = (
    r"(?=[A-Za-z0-9]*[ ./-]{0,1}[A-Za-z0-9]*\d)[A-Za-z]{0,6}[ ./-]?\d"
    r"(?:[A-Za-z0-9]|[ ./-](?=[A-Za-z]{0,3}\d)|[ ./-](?=(?-i:[A-Z]{1,3})(?![A-Za-z]))){3,33}"
)
# a country's adjective, as in "passeport marocain n°"
_WHOSE = (
    r"(?: \([^()\d]{2,20}\)| [^\W\d_]{4,16}(?= (?:n[°ºo]|no|number|número|numéro|رقم|"
    r"[A-Z]{1,3}\d)))?"
)
_THINGS = lazily(
    r" ?(?:of |de |des |del |من )?(?:\d+ )?(?:blank|row|record|file|entr|series|cell|case|time|"
    r"line|"
    r"field|value|image|fiche|ligne|champ|cellule|fila|registro|celda|campo|veces|سجل|صف|خان|ملف)",
    re.IGNORECASE,
)
_OF_THING = lazily(
    r"(?<!\w)(?:record|row|batch|ticket|order|item|file|series|job|run|queue|table|field|codebook|"
    r"software|site|tool|user|memory|sim|index|import|export|document|task|coder|annotator|object|"
    r"logiciel|outil|lot|ligne|fichier|programa|herramienta|lote|fila|archivo|برنامج|الفهرس|الدفعة)"
    r"[ _-](?:de |du |del )?$",
    re.IGNORECASE,
)
_LABELLED = lazily(
    rf"(?<!\w)[وفبل]{{0,2}}(?:{_DOCUMENTS})(?!\w){_WHOSE}{_FILLER}({_REFERENCE})(?!\w)",
    re.IGNORECASE,
)
_DATE = lazily(
    r"(?:19|20)\d{2}(?:[ ./-]\d{1,2}[ ./-]\d{1,2}|[ -]Q\d)?(?:[ T].*)?|"
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*"
)

# shapes that stand for themselves where their check digits are right: python-stdnum's module
_SHAPED = (
    (r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?", "iban"),
    (r"\d{8}[ -]?[A-Z]", "es.dni"),
    (r"[XYZ][ -]?\d{7}[ -]?[A-Z]", "es.nie"),
    (r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", "it.codicefiscale"),
    (r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", "mx.curp"),
    (r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}", "fr.nir"),
    (r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf"),
    (r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", "cl.rut"),
    (r"\d{3}-\d{2}-\d{4}", "us.ssn"),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn"),
    (r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", "fi.hetu"),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", "se.personnummer"),
    (r"\d{6}-\d{4}", "dk.cpr"),
    (r"\d{6}-\d{7}", "kr.rrn"),
    (r"\d{17}[\dX]", "cn.ric"),
    (r"756\.\d{4}\.\d{4}\.\d{2}", "ch.ssn"),
    (r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}", "luhn"),
    (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", ""),
    (r"\d{5}-\d{7}-\d", "pk.cnic"),
)
_PATTERNS = tuple(
    (lazily(sole(shape), instead=shape.replace(r"\1", "[ -]")), module) for shape, module in _SHAPED
)

# numbers of digits alone are looked for in the contributor's own country
_OWN = {
    "AR": ("ar.dni",),
    "BE": ("be.nn",),
    "BG": ("bg.egn",),
    "BR": ("br.cpf",),
    "CL": ("cl.rut",),
    "CZ": ("cz.rc",),
    "EE": ("ee.ik",),
    "FR": ("fr.nir",),
    "GB": ("gb.nhs",),
    "HR": ("hr.oib",),
    "IL": ("il.idnr",),
    "IN": ("in_.aadhaar",),
    "IS": ("is_.kennitala",),
    "LT": ("lt.asmens",),
    "NL": ("nl.bsn",),
    "NO": ("no.fodselsnummer",),
    "PL": ("pl.pesel",),
    "RO": ("ro.cnp",),
    "RS": ("rs.pib",),
    "SI": ("si.emso",),
    "SK": ("sk.rc",),
    "TH": ("th.pin",),
    "TR": ("tr.tckimlik",),
    "ZA": ("za.idnr",),
}
_RUN = lazily(sole(r"\d{3,6}[ -]\d{3,6}[ -]\d{2,6}|\d{10,15}"))


def _find(passage: Passage, context: Context) -> Iterator[Span]:
    text = passage.text
    for match in passage.matches(_LABELLED):
        token = match[1]
        if _OF_THING.search(text, max(0, match.start() - 32), match.start()) or _THINGS.match(
            text, match.end()
        ):
            continue
        if _long(token) and not _DATE.fullmatch(token):
            yield Span(*match.span(1), labelled=True)
    for pattern, module in _PATTERNS:
        for match in passage.matches(pattern):
            if not counted(text, match.start()) and _valid(module, match[0]):
                # nothing but an account number keeps the check digits of an IBAN
                yield Span(*match.span(), labelled=module == "iban")
    own = _OWN.get(context.region or "", ()) if passage.has(_RUN) else ()
    for module in own:
        for match in passage.matches(_RUN):
            if not counted(text, match.start()) and _valid(module, match[0]):
                yield Span(*match.span())


def _long(token: str) -> bool:
    digits = sum(c.isdigit() for c in token)
    mixed = len(token) >= 8 and token.isalnum() and token.isupper()
    return digits >= 5 or (digits == 4 and len(token) >= 7) or (digits > 1 and mixed)


@cache
def _module(name: str) -> Any:
    return import_module(f"stdnum.{name}")


def _valid(module: str, number: str) -> bool:
    """Whether the number keeps its check digits. One without a module has none."""
    if not module:
        return True
    bare = re.sub(r"[ -]", "", number) if module == "luhn" else number
    return bool(_module(module).is_valid(bare))


KIND = Kind(
    name="national-id",
    title="a number of an identity document or account",
    catches=(
        "Numbers after the words for passport, identity card, social security, tax, licence or "
        "account in four languages; and by shape and check digits alone IBAN, payment cards and "
        "the "
        "personal numbers of some twenty countries, those of digits alone in the contributor's own."
    ),
    cannot=(
        "A passport or document number that nothing names, and numbers of digits alone from "
        "countries other than the contributor's."
    ),
    rank=50,
    prefilter=(
        rf"{START}(?i:{_DOCUMENTS})(?:[^A-Za-z](?s:.)*)?{DIGIT}|{DIGIT}{{8}}|"
        rf"{DIGIT}(?:[ .\-]?{DIGIT}){{8}}|{DIGIT}{{6}}A|{DIGIT}\.{DIGIT}{{3}}\.{DIGIT}{{3}}-"
        rf"|[A-Z]{{2}}{DIGIT}{{2}} ?[A-Z0-9]{{4}}|[A-Z]{{4}}{DIGIT}{{6}}|[A-Z]{{6}}{DIGIT}{{2}}|"
        rf"[A-Z]{{2}} ?{DIGIT}{{2}} ?{DIGIT}{{2}} ?{DIGIT}{{2}}|[XYZ][ \-]?{DIGIT}{{7}}"
    ),
    patterns=(_LABELLED, _RUN, *(pattern for pattern, _ in _PATTERNS)),
    find=_find,
)
