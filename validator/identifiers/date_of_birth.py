"""Dates of birth, by the words beside them."""

import re
from collections.abc import Iterator

from validator.identifiers._plain import DIGIT, START, any_of
from validator.identifiers.kind import Context, Kind, Span

_BORN = any_of(
    r"born|birth ?date|date of birth|dates of birth|dob|d\.o\.b|birthday|birth|bday|b\.",
    r"née?s?|ne le|nee le|n[ée]\(e\)|né[.·]e|naissance|date de naissance|ddn|anniversaire|d\.d\.n",
    r"nacid[oa]s?|nacid[oa]/[oa]|nacid[oa]\(a\)|nació|nacio|nacimiento|fecha de nacimiento|"
    r"fecha de nac|fecha nac|nac|f\. ?nac|f\. ?de nac|fdn|fn|f\.n|cumpleaños|natalicio",
    "مواليد|مولود|مولودة|المولود|المولودة|ولد|ولدت|الميلاد|ميلاد|تاريخ الميلاد|تاريخ ميلاده|"
    "تاريخ ميلادها|ميلاده|ميلادها|تاريخ الولادة|الولادة|ازداد|ازدادت",
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
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|ª|\.)?"
_DATE = (
    rf"(?:{_YEAR} ?[./-] ?\d{{1,2}}(?: ?[./-] ?\d{{1,2}})?|"
    rf"\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?(?:{_YEAR}|\d{{2}})|(?:19|20)\d{{6}}|"
    rf"\d{{1,2}}[./-]{_YEAR}"
    rf"|{_DAY}[ -]?(?:of |de |من )?(?:شهر )?{_MONTH}(?:,? ?(?:de |del |عام |سنة |-)?(?:{_YEAR}|"
    rf"'?\d{{2}}))?"
    rf"|{_MONTH}[ -]{_DAY}(?:,? ?{_YEAR})?|{_MONTH}[ ,-](?:de |del )?{_YEAR})(?!\w)"
)
# what may stand between the word and the date: a place, never a word that starts another subject
_BETWEEN = (
    r"(?: ?(?:given|recorded|stated|listed|entered|shown|written|indiquée?|notée?|indicada|"
    r"anotada|reads|is|was|as|on|in|the|le|la|les|du|est|el|es|en|fue|día|del|à|a|"
    r"hacia|victim|user|contact|person|هو|هي|في|يوم|بتاريخ|سنة|عام|شهر|المسجل|المذكور|date|fecha|"
    r"at)(?!\w))*"
)
_FORWARD = re.compile(
    rf"(?<!\w)[وفبل]{{0,2}}(?:{_BORN})(?!\w)(?:[ .:=(\-,\"/]{{0,4}}{_BETWEEN}[ .:=(\-,\"/]{{0,4}}"
    rf"|(?: (?:in|at|à|a|en|في|ب) ?[^\W\d_]+(?:[ -][^\W\d_]+)?,? (?:on |the |le |el |el día |"
    rf"يوم |بتاريخ |في )?))({_DATE})",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"(?<![\w/.-])({_DATE}) ?[(,\[-] ?(?:the |his |her |la |sa |su |as )?(?:{_BORN})(?!\w)",
    re.IGNORECASE,
)


def _find(text: str, _context: Context) -> Iterator[Span]:
    for pattern in (_FORWARD, _BACKWARD):
        for match in pattern.finditer(text):
            yield Span(*match.span(1), labelled=True)


KIND = Kind(
    name="date-of-birth",
    title="a date of birth",
    catches=(
        "A day or a month, in digits or words and with Arabic months of both calendars, beside a "
        "word such as born, DOB, né le, nacida el, مواليد; a place may stand between."
    ),
    cannot="A year of birth alone, an age, and a date of birth that no word beside it names.",
    rank=60,
    prefilter=rf"{START}(?i:{_BORN})(?:[^A-Za-z][^\n]*)?{DIGIT}|{DIGIT}[^\n]*[^A-Za-z](?i:{_BORN})(?:[^A-Za-z]|$)",
    find=_find,
)
