"""Dates of birth, by the words beside them."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import DIGIT, START, any_of, fold
from validator.identifiers.kind import Context, Kind, Passage, Span

_BORN = any_of(
    r"born|birth ?date|date of birth|dates of birth|dob|d\.o\.b|birthday|birth|bday|[bn]\.",
    r"née?s?|ne le|nee le|n[ée]\(e\)|né[.·]e|naissance|date de naissance|date de naiss|ddn|"
    r"anniversaire|d\.d\.n",
    r"nacid[oa]s?|nacid[oa]/[oa]|nacid[oa]\(a\)|nació|nacio|nacimiento|fecha de nacimiento|"
    r"fecha de nac|fecha nac|fecha de nacim|nac|f\. ?nac|f\. ?de nac|fdn|fn|f\.n|f/n|cumpleaños|"
    r"cumple años|natalicio",
    "مواليد|مولود|مولودة|المولود|المولودة|ولد|ولدت|الميلاد|ميلاد|تاريخ الميلاد|تاريخ ميلاده|"
    "تاريخ ميلادها|ميلاده|ميلادها|تاريخ الولادة|الولادة|ولادته|ولادتها|ولادة|ازداد|ازدادت|الازدياد|"
    "ازدياده|ازديادها|مزدادة?",
)
_MONTH = any_of(
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|"
    r"\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?",
    r"nov(?:ember|\.)?|dec(?:ember|\.)?|janvier|janv\.?|février|fevrier|févr\.?|mars|avril|"
    r"avr\.?|mai|juin|juillet|juil\.?|août|aout|septembre|octobre|novembre|décembre|decembre|"
    r"déc\.?",
    r"enero|ene\.?|febrero|marzo|abril|abr\.?|mayo|junio|julio|agosto|ago\.?|septiembre|"
    r"setiembre|octubre|noviembre|diciembre|dic\.?",
    "يناير|فبراير|مارس|أبريل|إبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|"
    "نوفمبر|ديسمبر|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت",
    "كانون الثاني|كانون الأول|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|"
    "محرم|صفر|رجب|شعبان|رمضان|شوال|غشت|شتنبر|نونبر|دجنبر|ماي|يوليوز",
)
_YEAR = r"(?:1[389]|20)\d{2}"
_DAY = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.?[ºª°]|\.)?|premier|primero|first|الأول)"
_NUMERAL = r"(?:0?[1-9]|1[0-2]|I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})"
_WEEKDAY = any_of(
    "mon|tues|wednes|thurs|fri|satur|sun",
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
)
_DATE = (
    rf"(?:{_YEAR} ?[./-] ?\d{{1,2}}(?: ?[./-] ?\d{{1,2}})?|"
    rf"\d{{1,2}} ?[./-] ?{_NUMERAL} ?[./-] ?(?:{_YEAR}|\d{{2}})|(?:19|20)\d{{6}}|"
    rf"\d{{1,2}}[./-]{_YEAR}"
    rf"|{_DAY}[ -]?(?:of |de |من )?(?:شهر )?{_MONTH}(?:,? ?(?:de |del |del año |عام |سنة |-)?"
    rf"(?:{_YEAR}|'?\d{{2}}))?"
    rf"|{_MONTH}[ -]{_DAY}(?:,? ?{_YEAR})?|{_MONTH}[ ,-](?:de |del )?{_YEAR})(?!\w)"
)
# what may stand between the word and the date: places and persons, in one clause
_GAP = r"(?P<gap>(?:[ .:=(),\"/'-]{1,4}[^\W\d_]+){0,8}?[ .:=(),\"/-]{0,4})"
_FORWARD = lazily(
    rf"(?<!\w)[وفبل]{{0,2}}(?P<born>{_BORN})(?!\w){_GAP}(?:{_WEEKDAY}(?:day)?,? )?"
    rf"(?:(?:the|le|el|l') ?)?(?P<date>{_DATE})",
    re.IGNORECASE,
)
_BACKWARD = lazily(
    rf"(?<![\w/.-])(?P<date>{_DATE}) ?"
    r"(?:[(,\[-] ?|(?:(?:is|was|as|given|stated|recorded|noted|est|comme|indiqué|noté|es|como|"
    r"figura"
    r"|consta|anotado|indicado|هو|هي) ){1,3})"
    rf"(?:(?:as|the|his|her|their|la|sa|su) ){{0,2}}(?P<born>{_BORN})(?!\w)",
    re.IGNORECASE,
)
_FULL = lazily(rf"{_YEAR}\W+\d+\W+\d|\d\W+\w+(?:\W+\w+)*?\W+{_YEAR}|\d\W\d+\W\d\d$")
"""A date with its year: what else follows one letter is a number of something."""
_CLAUSE = lazily(r"[;!?]|\. (?=[A-ZÀ-Þ\u0621-\u064a])|, (?=\w+ (?:on|le|el|في) )|\n")
_STEMS = (
    "cod recod rece recib recu recep review revis relu remov retir retrait withh unkn descon "
    "inconn effac borr delet empt vaci request demand solicit check verif comprob updat actuali "
    "missing blank redact version batch lot submi envi enviad import export clos cerr ferm field "
    "campo champ correct corrig add ajout anad anon mask masq suppr supri general coars transf "
    "transl sent shared abroad fuera hors outside agre رمز ترميز مراجع راجع استلم حذف "
    "محجوب دفعه نسخه تحديث حقل صحح اضيف ارسل"
)
_WORDS = (
    "not no non pas sin sans never none since depuis until hasta غير لم بدون لا ليس منذ form "
    "record records sheet series serie file files fiche hoja y and et"
)
"""With one of these between, the date is that of something else."""


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    for match in passage.matches(_FORWARD):
        near = not match["gap"].strip()
        if _is_word(match["born"], match["date"], near=near) and _is_of_birth(match["gap"]):
            yield Span(*match.span("date"), labelled=True)
    for match in passage.matches(_BACKWARD):
        if _is_word(match["born"], match["date"], near=False):
            yield Span(*match.span("date"), labelled=True)


def _is_word(born: str, date: str, *, near: bool) -> bool:
    """Whether the word is no letter of a reference: 2024-77-B., annex b. of 12 March."""
    return len(born) > 2 or born.isalpha() or (born.islower() and near and bool(_FULL.search(date)))


def _is_of_birth(gap: str) -> bool:
    """Whether the words between say nothing of another day: received, coded, unknown."""
    if _CLAUSE.search(gap):
        return False
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", gap)]
    stems = tuple(_STEMS.split())
    return not any(word in _WORDS.split() or word.startswith(stems) for word in words)


KIND = Kind(
    name="date-of-birth",
    title="a date of birth",
    catches=(
        "A day or a month, in digits, Roman numerals or words and with Arabic months of both "
        "calendars, beside a word such as born, DOB, né le, nacida el, مواليد; a place or a person "
        "may stand between."
    ),
    cannot="A year of birth alone, an age, and a date of birth that no word beside it names.",
    rank=60,
    prefilter=rf"{START}(?i:{_BORN})(?:[^A-Za-z](?s:.)*)?{DIGIT}|{DIGIT}(?s:.)*[^A-Za-z](?i:{_BORN})(?:[^A-Za-z]|$)"
    rf"|{START}(?i:{_BORN}) (?s:.)*(?i:premier|primero|first|الأول)",
    patterns=(_FORWARD, _BACKWARD),
    find=_find,
)
