"""Names of persons in Arabic, by titles, labels, roles, verbs and lists of names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from validator.identifiers._arabic_names import (
    BEFORE_ANY,
    PARTICLES,
    STOP,
    beginnings,
    weight_of_family,
    weight_of_given,
)
from validator.identifiers._lazily import lazily, sign_of
from validator.identifiers._names import folded, same
from validator.identifiers.kind import Passage, Span

_TITLE = lazily(
    r"(?<!\w)[وفبلك]?(?:السيدة?|للسيدة?|سيدة?|الآنسة|الدكتورة?|للدكتورة?|د\.|دكتورة?|الأستاذة?|"
    r"للأستاذة?|أ\.|المهندسة?|م\.|النقيب|العقيد|الرائد|المقدم|الملازم"
    r"(?: أول)?|العميد|اللواء|الرقيب|العريف|الشيخ|القاضية?|المحامية?|الحاج|الحاجة|المدعوة?|"
    r"المسماة?|المسمى|اسمه|اسمها|يدعى|تدعى)(?:[ /]{1,2})"
)
_LABELS = (
    r"(?<!\w)[وب]?(?:الاسم|الإسم|اسم(?: (?!المستخدم|الملف|الحساب|الموقع|البلد|السلسلة|المعيار|"
    r"الحقل)"
    r"[^\W\d_]+){0,2}|الاسم الكامل|الاسم واللقب|الاسم الثلاثي|اللقب|الكنية|النسب|الشخص المسؤول|"
    r"جهة الاتصال|نقطة الاتصال|المسؤولة?|المرسلة?|المتصلة?|المستلمة?|التوقيع|توقيع|بتوقيع|عناية|"
    r"لعناية|الاتصال|تحيات|باسم)(?: الكامل| العائلي| الشخصي)?"
)
_LABEL = lazily(
    _LABELS + r"(?: ?[:=] ?| هو | هي |(?<=توقيع) |(?<=عناية) |(?<=تحيات) |(?<=باسم) )",
    instead=_LABELS + r"(?: ?[:=] ?| هو | هي )|(?:توقيع|عناية|تحيات|باسم) ",
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
_LETTER = "[\u0621-\u064a]"
_PAIR = lazily(f"{_LETTER}[ -]{_LETTER}")
_WORD = lazily(r"[^\W\d_]+")
_LETTERS = lazily(_LETTER)
_JOINED = "وفبلك"
"""Words of one letter that are written together with the next."""
PATTERNS = (_TITLE, _LABEL, _ROLE, _VERB, _LINK, _PAIR)
"""What ``find`` begins with."""
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


def find(passage: Passage) -> Iterator[Span]:
    """The places of names in an Arabic text."""
    text = passage.text
    for match in passage.matches(_TITLE):
        name = _name(text, match.end())
        if name and (not name.words[0].startswith("ال") or name.given):
            yield Span(match.start(), name.end, labelled=True)
    if not any(map(may_begin, _WORD.findall(text))):
        return
    for match in passage.matches(_LABEL):
        name = _name(text, match.end())
        if name and (name.given or (name.words[0] in PARTICLES and len(name.words) > 1)):
            yield Span(name.start, name.end, labelled=True)
    for pattern, least in ((_ROLE, SURE), (_VERB, SURE), (_LINK, LISTED)):
        for match in passage.matches(pattern):
            name = _name(text, match.end())
            # beside a role a known given name may have any name after it
            if name and name.given and len(name.words) > 1 and name.weight >= least:
                yield Span(name.start, name.end, labelled=True)
    if passage.has(_PAIR):
        yield from _listed(text)


@cache
def prefilter() -> str:
    """What every Arabic text with a name has, in the portable subset.

    A name begins with a listed given name and goes on, unless a title or a label stands before it;
    one that is also a word begins it only beside a role.
    """
    raw: dict[str, list[str]] = {}
    for letter in map(chr, range(0x621, 0x6D4)):
        raw.setdefault(same(letter), []).append(letter)

    def one_of(weight: int) -> str:
        words = sorted("".join(map(letters, word)) for word in beginnings(weight))
        return f"[{_JOINED}]{{0,2}}(?:{'|'.join(words)})[ -]{_LETTER}"

    def letters(plain: str) -> str:
        forms = raw.get(plain, [plain])
        return f"[{''.join(forms)}]" if len(forms) > 1 else plain

    beside = "|".join(sign_of(pattern) for pattern in (_ROLE, _VERB, _LINK))
    before = "|".join(sign_of(pattern) for pattern in (_TITLE, _LABEL))
    return f"(?:^|[^\u0621-\u064a]){one_of(2)}|(?:{beside}){one_of(1)}|(?:{before}){_LETTER}"


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


@lru_cache(maxsize=65_536)
def may_begin(word: str) -> bool:
    """Whether a name can begin in a word, after at most two letters that are words themselves."""
    word = same(word)
    heads = [word[cut:] for cut in range(3) if all(c in _JOINED for c in word[:cut])]
    return any(head in PARTICLES or _begins(head)[1] for head in heads if head)


def _begins(word: str) -> tuple[int, int, str]:
    """How far into a word its name begins (after "and", "to" and the like), its weight, the name.

    "Servant of" and "father of" begin a name whatever follows.
    """
    for cut in (0, 1):
        rest = word[cut:]
        if cut and (word[0] not in _JOINED or len(rest) < 3):
            break
        if weight_of_given(rest):
            return cut, weight_of_given(rest), rest
        if rest in BEFORE_ANY:
            return cut, 2, rest
    return 0, 0, word
