"""Numbers of cases, reports and database entries, by the words beside them."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import DIGIT, START, any_of, counted
from validator.identifiers.kind import Context, Kind, Passage, Span

_THINGS = any_of(
    "case|case file|case report|casefile|police report|crime report|crime|incident|"
    "incident report|investigation|docket|interpol|europol|police|court|complaint|warrant|"
    "police file|court file|hotline reference|fir|indictment|prosecution|judge?ment|ruling|court "
    "order",
    r"cyber ?tip(?:line)?|cyber ?tip(?:line)? report|ncmec|ncmec report|icse|icse series|icse db|"
    r"icse database|iwf|iwf report|hotline report|inhope|inhope report|report|dossier|"
    r"intelligence report|exhibit|referral|file|evidence|log|cad|crn|urn|ficheiro",
    "affaire|procédure|enquête|plainte|procès-verbal|procès verbal|pv|parquet|signalement|"
    "rapport|rapport cyber ?tip|instruction|scellé|main courante|rg|minute|jugement|"
    "commission rogatoire|réquisition|pharos|tribunal|gendarmerie",
    "caso|expediente|expte|exp|causa|causa penal|denuncia|diligencias|diligencias previas|"
    "diligencias urgentes|atestado|sumario|informe|informe cyber ?tip|carpeta de investigación|"
    "carpeta|procedimiento|procedimiento abreviado|averiguación previa|investigación|"
    "parte policial|ruc|nuc|sentencia|reporte|oficio|auto|querella|fiscalía|juzgado|policía",
    "قضية|القضية|قضيه|ملف|الملف|ملف القضية|محضر|المحضر|بلاغ|البلاغ|تقرير|التقرير|تقرير الشرطة|"
    "شكوى|الشكوى|دعوى|الدعوى|سجل|السجل|تحقيق|التحقيق|إحالة|الإحالة|بلاغ سايبر تيب|حادثة|واقعة|"
    "جنحة|جناية|الجنحة|الجناية|نيابة|النيابة|محكمة|المحكمة|شرطة|الشرطة|إنتربول|الإنتربول|الانتربول|"
    "يوروبول|اليوروبول|حكم|الحكم|أمر قضائي|الأمر القضائي|إنابة|الإنابة|سايبر ?تيب",
)
_BODY = any_of(
    "police|court|prosecution|hotline|reference|pharos|parquet|judiciaire|pénale|policial|judicial",
    "penal|fiscal|الشرطة|النيابة|المحكمة|القضائية?|التحقيق|الضبط|الدرك|الأمن|الجنائية?|الجزائية?",
    "الخط الساخن|سايبر ?تيب",
)
_MARK = any_of(
    r"n[o°º]s?|n\.º|n\.°|nos?\.?|nr|num|núm|number|numbers|numéro|número|nº|ref|reference|"
    r"reference number|ref no|ref n[o°º]|id|identifier|référence|réf|referencia|código|#|رقم|"
    r"رقمه|رقمها|ب?رقم|مرجع|المرجع|الرقم|بالرقم|ذات الرقم|قيد|عدد|ال?مرقمة?|under|sous|bajo|folio",
)
_BETWEEN = r"(?P<between>(?:,? [^\W\d_]{1,20}){0,4}?)"
# a number, or parts with letters and digits
_DOCKET = r"(?:\d:(?=\d\d-[a-z]{2}-))?"
"""The court's number before that of the year: 2:23-cr-00119."""
_TOKEN = rf"(?P<token>{_DOCKET}(?=[\w./\\-]*\d)[^\W_]\w{{0,24}}(?:[./\\-]\w{{1,24}}){{0,6}})(?!\w)"
_IS = r"(?:(?:is|est|es|هو|هي) )?"
_PREFIX = r"(?<!\w)[وفبلك]{0,2}"


def _sought(pattern: str) -> re.Pattern[str]:
    """A pattern of which nothing is left where no digit stands in the token."""
    return lazily(
        pattern, re.IGNORECASE, instead=pattern.replace(_TOKEN, r"[\w./\\-]*\d[\w./\\-]*")
    )


_MARKED = _sought(
    rf"{_PREFIX}{_THINGS}\.?{_BETWEEN},?[ (:]{{1,3}}(?:{_MARK}[ .:#=)]{{1,4}}|n[°º]|#){{1,2}}"
    rf"{_IS}{_TOKEN}",
)
_HASHED = _sought(rf"{_PREFIX}{_THINGS}(?: {_BODY})? ?(?:#|: ?#?|= ?|\() ?{_TOKEN}")
_BARE = _sought(rf"{_PREFIX}{_THINGS}\.?(?: {_BODY})? {_TOKEN}")
_BEFORE = _sought(
    rf"(?<!\w)[وبل]?(?:{_MARK})[ .:]{{0,3}}(?:(?:of|de|du|de la|del|the|تسجيل|قيد) |d'|l'){{0,2}}"
    rf"{_THINGS}{_BETWEEN}(?: is| est| es| هو| هي)?[ .:#=]{{1,4}}{_TOKEN}",
)
_AT_COURT = _sought(
    rf"(?<!\w)(?:{_MARK})[ .:#]{{1,3}}{_TOKEN} (?:(?:of|at|with|by|au|du|de|del|en|à|ante|لدى|في|"
    r"من) )?(?:(?:the|la|el|le) )?(?:police|court|parquet|tribunal|prosecut\w{1,6}|gendarmerie|"
    r"fiscalía|juzgado|policía|comisaría|ب?الشرطة|ب?النيابة|ب?المحكمة)(?!\w)",
)
_OF_YEAR = lazily(
    rf"{_PREFIX}{_THINGS} (?:{_MARK}[ .:]{{1,3}})?(?P<token>\d{{2,6}}) "
    r"(?:of|de|del año|لسنة|لعام|سنة) (?:19|20)\d{2}(?!\d)",
    re.IGNORECASE,
)
_DATE = lazily(
    r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?|-?Q[1-4])?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|\d{1,2}/\d{1,2}",
    re.IGNORECASE,
)
_YEARS = lazily(r"((?:19|20)\d{2})[/-]((?:19|20)\d{2})")
_ENDING = lazily(r".*\.[A-Za-z][A-Za-z0-9]{1,3}")


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    text = passage.text
    for pattern, judge in (
        (_MARKED, _marked),
        (_BEFORE, _marked),
        (_AT_COURT, _marked),
        (_HASHED, _compound),
        (_BARE, _compound),
        (_OF_YEAR, _numbered),
    ):
        for match in passage.matches(pattern):
            token, start = match["token"], match.start("token")
            several = judge is _compound and " " in text[match.start() : start].strip(" (:#=")
            # two words ("hotline report") say more than one does
            told = judge(token) or (several and token.isdigit() and len(token) >= 5)
            if not told or _is_time(token) or _ENDING.fullmatch(token):
                continue
            # "case batch no. 24-00118" numbers the batch
            if match.groupdict().get("between") and counted(text, match.end("between")):
                continue
            yield Span(*match.span("token"), labelled=True)


def _marked(token: str) -> bool:
    """Whether what follows "case no." is longer than the place in a short list."""
    return sum(c.isdigit() for c in token) >= 3 or (len(token) >= 5 and not token.isalpha())


def _is_time(token: str) -> bool:
    """Whether the token is a date, or some years in a row (2024-2025)."""
    years = _YEARS.fullmatch(token)
    if years:
        return 0 < int(years[2]) - int(years[1]) <= 5
    return _DATE.fullmatch(token) is not None


def _numbered(token: str) -> bool:
    """Whether a number with a year after it is longer than that of a month."""
    return len(token) >= 3


def _compound(token: str) -> bool:
    """Whether the token itself looks like a reference: long, or in parts that hold digits."""
    digits = sum(c.isdigit() for c in token)
    parts = [part for part in re.split(r"[./\\-]", token) if any(c.isdigit() for c in part)]
    letters = any(c.isalpha() for c in token)
    return (
        digits >= 6
        or (digits >= 4 and (len(parts) > 1 or letters))
        or (digits >= 3 and letters and len(token) >= 6)
    )


KIND = Kind(
    name="case-number",
    title="a case or report number",
    catches=(
        "A number or reference after the words for a case, police or hotline report, CyberTip, "
        "ICSE, "
        "docket, procedure, complaint or file with a mark such as no., n°, núm., رقم, عدد, and "
        "without the mark where the number is long, in parts, or has a year (case 2024/0117, "
        "قضية 117 لسنة 2024); also the mark first, with the thing or the court after it."
    ),
    cannot="A reference that nothing names, and one of fewer than three digits.",
    rank=110,
    prefilter=(
        rf"{START}(?i:{_THINGS})(?:[^A-Za-z](?s:.)*)?{DIGIT}"
        rf"|{DIGIT}(?s:.)*(?i:police|court|parquet|tribunal|prosecut|gendarmerie|fiscalía|juzgado|"
        r"policía|comisaría|الشرطة|النيابة|المحكمة)"
    ),
    patterns=(_MARKED, _BEFORE, _AT_COURT, _HASHED, _BARE, _OF_YEAR),
    find=_find,
)
