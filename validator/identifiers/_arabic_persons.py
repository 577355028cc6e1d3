"""Names of persons in Arabic, by titles, labels, roles, verbs and lists of names."""

from collections.abc import Iterator
from dataclasses import dataclass

from validator.identifiers._arabic_names import (
    PARTICLES,
    STOP,
    weight_of_family,
    weight_of_given,
)
from validator.identifiers._lazily import lazily
from validator.identifiers._names import folded, same
from validator.identifiers.kind import Span

_TITLE = lazily(
    r"(?<!\w)[وفبلك]?(?:السيدة?|للسيدة?|سيدة?|الآنسة|الدكتورة?|للدكتورة?|د\.|دكتورة?|الأستاذة?|"
    r"للأستاذة?|أ\.|المهندسة?|م\.|النقيب|العقيد|الرائد|المقدم|الملازم"
    r"(?: أول)?|العميد|اللواء|الرقيب|العريف|الشيخ|القاضية?|المحامية?|الحاج|الحاجة|المدعوة?|"
    r"المسماة?|المسمى|اسمه|اسمها|يدعى|تدعى)(?:[ /]{1,2})"
)
_LABEL = lazily(
    r"(?<!\w)[وب]?(?:الاسم|الإسم|اسم(?: (?!المستخدم|الملف|الحساب|الموقع|البلد|السلسلة|المعيار|"
    r"الحقل)"
    r"[^\W\d_]+){0,2}|الاسم الكامل|الاسم واللقب|الاسم الثلاثي|اللقب|الكنية|النسب|الشخص المسؤول|"
    r"جهة الاتصال|نقطة الاتصال|المسؤولة?|المرسلة?|المتصلة?|المستلمة?|التوقيع|توقيع|بتوقيع|عناية|"
    r"لعناية|الاتصال|تحيات|باسم)(?: الكامل| العائلي| الشخصي)?"
    r"(?: ?[:=] ?| هو | هي |(?<=توقيع) |(?<=عناية) |(?<=تحيات) |(?<=باسم) )"
)
_ROLE = lazily(
    r"(?<!\w)[وفبك]{0,2}(?:ال|لل)?(?:محقق|ضابط|محلل|مترجم|موظف|مشرف|مرمز|مراجع|شاهد|مبلغ|خبير|"
    r"مسؤول|"
    r"مدقق|باحث|معلم|طبيب|ممرض|جار|والد|منسق|مدير|كاتب|وكيل|زميل|متصل|مفتش|شرطي|مدعي|مدع|رئيس|أمين|"
    r"أخصائي|اختصاصي|قاضي|محامي|ملازم|أستاذ|خال|عم|أخ|أخت|أم|أب|ابن|ابنة|وصي|مندوب|ملحق|مساعد|نائب)"
    r"(?:ة|ت)?(?:ه|ها|هم|نا)?(?: (?:ال|لل)?(?:اتصال|نيابة|نفسية?|اجتماعية?|وحدة|فريق|قسم|ملف|سجل|"
    r"عام|"
    r"عامة|ثانية?|ثاني|أول|أولى|مناوبة?|قانونية?|رئيسية?|مكلفة?|مسؤولة?|مشروع|مكتب|شرطة|شؤون|عناية|"
    r"جهة)){0,2}(?: هو| هي| اسمه| اسمها)?[ :,(-]{1,3}"
)
_VERB = lazily(
    r"(?<!\w)[وف]?(?:راجع|دقق|رمز|كتب|أعد|أرسل|وقع|سلم|هاتف|راسل|بلغ|أبلغ|استلم|حرر|قرأ|اعتمد|أدخل|"
    r"سجل|"
    r"صادق|وافق|تحقق|أجاب|رد|أكد|أفاد|أضاف|قال|ذكر|طلب|اتصل|تواصل|شرح|نقل|ترجم|أحال)ت?"
    r"(?:ه|ها|هم|هما)?(?: (?:عليه|عليها|بنا|به|بها|معه|معها|ذلك|على ذلك|منه|منها|مع|ب|إلى|إليه))?"
    r"[ :,(-]{1,3}ب?"
)
_LINK = lazily(
    r"(?<!\w)[وف]?(?:قبل|بواسطة|طرف|مع|إلى|من|لدى|بحسب|حسب|وفق|عن|عند|نسخة إلى|باسم)[ :,(-]{1,3}"
)
_PLACE = folded(
    "شارع مستشفى جامعة مدينة مطار مؤسسة معهد جبل ميدان حي جسر مدرسة مسجد مركز قاعة جائزة "
    "ولاية إمارة الملك الأمير زنقة نهج ساحة كلية ثانوية بلدية سد ملعب مجمع طريق محطة دار بنك شركة "
    "قصر مكتبة متحف خليج نهر وادي جادة درب زقاق محافظة قضاء مخيم مقاطعة عملية مشروع برنامج"
)
_WORD = lazily(r"[^\W\d_]+")
_LETTERS = lazily("[\u0621-\u064a]")
SURE, LISTED = 2, 3
"""What a name must weigh beside a person's role, and anywhere: see ``_arabic_names``."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of words from a given name on; ``weight`` says how surely it is a name."""

    start: int
    end: int
    words: tuple[str, ...]
    given: int
    weight: int


def find(text: str) -> Iterator[Span]:
    """The places of names in an Arabic text (as ``plain`` makes it)."""
    for match in _TITLE.finditer(text):
        name = _name(text, match.end())
        if name and (not name.words[0].startswith("ال") or name.given):
            yield Span(match.start(), name.end, labelled=True)
    for match in _LABEL.finditer(text):
        name = _name(text, match.end())
        if name and (name.given or (name.words[0] in PARTICLES and len(name.words) > 1)):
            yield Span(name.start, name.end, labelled=True)
    for pattern, least in ((_ROLE, SURE), (_VERB, SURE), (_LINK, LISTED)):
        for match in pattern.finditer(text):
            name = _name(text, match.end())
            # beside a role a known given name may have any name after it
            if name and name.given and len(name.words) > 1 and name.weight >= least:
                yield Span(name.start, name.end, labelled=True)
    yield from _listed(text)


def _listed(text: str) -> Iterator[Span]:
    """A given name that is no other word and a family name, wherever they stand."""
    before, position = "", 0
    while match := _WORD.search(text, position):
        position = match.end()
        name = _name(text, match.start()) if before not in _PLACE else None
        if name and name.given == SURE and name.weight >= LISTED:
            yield Span(name.start, name.end)
            position = name.end
        before = same(match[0])


def _name(text: str, start: int) -> _Name | None:
    """The words from ``start`` on that can be one name."""
    words: list[str] = []
    given = weight = 0
    end = start
    while len(words) < 5:
        match = _WORD.match(text, end + 1 if words else start)
        if match is None or (words and text[end] not in " -") or not _LETTERS.match(match[0]):
            break
        word = same(match[0])
        if word in STOP:
            break
        if not words:
            begins, given, word = _begins(word)
            start += begins
            weight = given
        elif len(words) == 1:
            weight += weight_of_family(word)
        elif not weight_of_family(word) and words[-1] not in PARTICLES:
            break
        words.append(word)
        end = match.end()
    while len(words) > 1 and words[-1] in PARTICLES:
        end -= len(words.pop()) + 1
    return _Name(start, end, tuple(words), given, weight) if words else None


def _begins(word: str) -> tuple[int, int, str]:
    """How far into a word its name begins (after "and", "to" and the like), its weight, the name.

    "Servant of" and "father of" begin a name whatever follows.
    """
    for cut in (0, 1):
        rest = word[cut:]
        if cut and (word[0] not in "وفبلك" or len(rest) < 3):
            break
        if weight_of_given(rest):
            return cut, weight_of_given(rest), rest
        if rest in {"عبد", "ابو"}:
            return cut, 2, rest
    return 0, 0, word
