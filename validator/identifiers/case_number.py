"""Numbers of cases, reports and database entries, by the words beside them."""

import re
from collections.abc import Iterator

from validator.identifiers._plain import DIGIT, START, any_of
from validator.identifiers.kind import Context, Kind, Span

_THINGS = any_of(
    "case|case file|case report|casefile|police report|crime report|crime|incident|"
    "incident report|investigation|docket|interpol|europol|police|court|complaint|warrant|"
    "police file|court file",
    r"cyber ?tip(?:line)?|cyber ?tip(?:line)? report|ncmec|ncmec report|icse|icse series|icse db|"
    r"icse database|iwf|iwf report|hotline report|inhope|inhope report|report|dossier|"
    r"intelligence report|exhibit|referral|file|evidence|log|cad|crn|urn|ficheiro",
    "affaire|procédure|enquête|plainte|procès-verbal|procès verbal|pv|parquet|signalement|"
    "rapport|rapport cyber ?tip|instruction|scellé|main courante|rg|minute|jugement|"
    "commission rogatoire|réquisition",
    "caso|expediente|expte|exp|causa|causa penal|denuncia|diligencias|diligencias previas|"
    "diligencias urgentes|atestado|sumario|informe|informe cyber ?tip|carpeta de investigación|"
    "carpeta|procedimiento|procedimiento abreviado|averiguación previa|investigación|"
    "parte policial|ruc|nuc|sentencia|reporte|oficio|auto|querella",
    "قضية|القضية|قضيه|ملف|الملف|ملف القضية|محضر|المحضر|بلاغ|البلاغ|تقرير|التقرير|تقرير الشرطة|"
    "شكوى|الشكوى|دعوى|الدعوى|سجل|السجل|تحقيق|التحقيق|إحالة|الإحالة|بلاغ سايبر تيب|حادثة|واقعة|"
    "جنحة|جناية|الجنحة|الجناية",
)
_MARK = any_of(
    r"n[o°º]s?|n\.º|n\.°|nos?\.?|nr|num|núm|number|numbers|numéro|número|nº|ref|reference|"
    r"reference number|ref no|ref n[o°º]|id|identifier|référence|réf|referencia|código|#|رقم|"
    r"رقمه|رقمها|برقم|مرجع|المرجع|الرقم|ذات الرقم|قيد",
)
_BETWEEN = r"(?: [^\W\d_]{1,20}){0,3}?"
# a number, or parts with letters and digits
_REFERENCE = r"(?=[\w./-]*\d)[^\W_]\w{0,24}(?:[./-][\w]{1,24}){0,6}"
_MARKED = re.compile(
    rf"(?<!\w)[وفبلك]{{0,2}}{_THINGS}\.?{_BETWEEN}[ (:]{{1,3}}(?:{_MARK}[ .:#=)]{{1,4}}|n[°º]|"
    rf"#){{1,2}}({_REFERENCE})(?!\w)",
    re.IGNORECASE,
)
_HASHED = re.compile(
    rf"(?<!\w)[وفبلك]{{0,2}}{_THINGS} ?(?:#|: ?#?|= ?) ?({_REFERENCE})(?!\w)", re.IGNORECASE
)
_BARE = re.compile(rf"(?<!\w)[وفبلك]{{0,2}}{_THINGS}\.? ({_REFERENCE})(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<!\w)(?:{_MARK})[ .:]{{0,3}}(?:of |de |du |de la |del |d'|l'){{0,2}}{_THINGS}(?: is|"
    rf" est| es| هو)?[ .:#=]{{1,4}}({_REFERENCE})(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?|-?Q[1-4])?|\d{1,2}[./-]\d{1,2}[./-](?:19|"
    r"20)?\d{2}",
    re.IGNORECASE,
)
_ENDING = re.compile(r".*\.[A-Za-z][A-Za-z0-9]{1,3}")


def _find(text: str, _context: Context) -> Iterator[Span]:
    for pattern, judge in (
        (_MARKED, _marked),
        (_BEFORE, _marked),
        (_HASHED, _compound),
        (_BARE, _compound),
    ):
        for match in pattern.finditer(text):
            token = match[1]
            if judge(token) and not _DATE.fullmatch(token) and not _ENDING.fullmatch(token):
                yield Span(*match.span(1), labelled=True)


def _marked(token: str) -> bool:
    """Whether what follows "case no." is longer than the place in a short list."""
    return sum(c.isdigit() for c in token) >= 3 or (len(token) >= 5 and not token.isalpha())


def _compound(token: str) -> bool:
    """Whether the token itself looks like a reference: long, or in parts that hold digits."""
    digits = sum(c.isdigit() for c in token)
    parts = [part for part in re.split(r"[./-]", token) if any(c.isdigit() for c in part)]
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
        "docket, procedure, complaint or file with a mark such as no., n°, núm., رقم, and without "
        "the mark where the number is long or in parts (case 2024/0117)."
    ),
    cannot="A reference that nothing names, and one of fewer than three digits.",
    rank=110,
    prefilter=rf"{START}(?i:{_THINGS})(?:[^A-Za-z][^\n]*)?{DIGIT}",
    find=_find,
)
