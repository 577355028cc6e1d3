"""A text in the one spelling that the kinds read, and words that several of them share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from validator.identifiers._lazily import lazily

_SAME = {
    **{chr(0x660 + n): str(n) for n in range(10)},  # Arabic-Indic digits
    **{chr(0x6F0 + n): str(n) for n in range(10)},  # their Persian and Urdu forms
    **{chr(0xFF10 + n): str(n) for n in range(10)},  # full-width digits
    **dict.fromkeys("\u00a0\u1680\u2007\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("’‘ʼ′", "'"),
    **dict.fromkeys("“”″«»", '"'),
    "٫": ".",
    "،": ",",
    "٬": ",",
    "؛": ";",
    "؟": "?",
    "＠": "@",
    "：": ":",
    "．": ".",
    "＋": "+",
}
_CHANGES = {**_SAME, **dict.fromkeys("\t\r\n\v\f", " ")}
_TABLE = str.maketrans(_CHANGES)

_UNSEEN = "\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"

FORMS = {
    plain: "".join(c for c, same in _CHANGES.items() if same == plain) for plain in " -'\",;"
} | dict.fromkeys("0123456789", "0-9٠-٩۰-۹０-９")
"""Other forms of characters that ``plain`` reads as these. For the rest see ``STRANGE``.

Each digit stands for every other: whether a text may hold something depends on its shape alone.
"""
STRANGE = (
    # digits of other scripts, accents apart, Turkish i, other forms of Latin and Arabic letters
    r"[^\P{Nd}0-9٠-٩۰-۹]|[\x{130}\x{131}\x{300}-\x{36F}\x{FB00}-\x{FDFF}\x{FE70}-\x{FEFC}\x{FF00}-"
    r"\x{FFEF}٫]"
)
"""A character that ``FORMS`` does not know and a kind may; in the portable subset."""
DROPPED = f"[{_UNSEEN}\u064b-\u0652\u0670]"
"""Marks that are left out."""
_DROPPED = lazily(DROPPED)
_CHANGED = lazily(f"[{''.join(_CHANGES)}]")
_ODD = lazily(r"[^\D0-9]|[\u0130\u0131]")

DIGIT = "[0-9]"
START = "(?:^|[^A-Za-z])"
"""Before a word of Latin letters; Arabic words may have a letter before them."""
GAP = r"[ .()/\-]"
"""What stands between the digits of one number."""


def plain(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text with one form of digits, spaces, dashes and quotes, and without unseen marks.

    With it the original position of each character, or None where nothing moved.
    """
    if text.isascii():
        return (text if text.isprintable() else text.translate(_TABLE)), None
    if not unicodedata.is_normalized("NFC", text):
        return _recomposed(text)
    if not _DROPPED.search(text):
        # most texts need none of it, and to find that out is ten times as quick
        return (text.translate(_TABLE) if _CHANGED.search(text) else text), None
    kept = tuple(i for i, c in enumerate(text) if not _DROPPED.match(c))
    return "".join(text[i] for i in kept).translate(_TABLE), kept


def is_odd(text: str) -> bool:
    """Whether a plain text has digits that are none of ASCII's, or a Turkish i with its own dot.

    Python reads those as digits and as an i; patterns that are linear in the text do not.
    """
    return not text.isascii() and _ODD.search(text) is not None


def _recomposed(text: str) -> tuple[str, tuple[int, ...]]:
    """Letters and the accents that follow them as one character, each at its letter's place."""
    characters: list[str] = []
    places: list[int] = []
    for place, c in enumerate(text):
        if _DROPPED.match(c):
            continue
        joined = unicodedata.normalize("NFC", characters[-1] + c) if characters else ""
        if unicodedata.combining(c) and len(joined) == 1:
            characters[-1] = joined
        else:
            characters.append(c)
            places.append(place)
    return "".join(characters).translate(_TABLE), tuple(places)


def fold(word: str) -> str:
    """A word in lower case without accents."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


_LETTER = lazily(r"[^\W\d_](?![?*+{])")
_BAR = lazily(r"\|(?![^(]*\))")
"""A bar that stands in no group."""


def any_of(*lines: str) -> str:
    """A pattern for one of the words, the longest first. Each line holds words between bars."""
    return _one_of(sorted({w for ln in lines for w in _BAR.split(ln)}, key=lambda w: (-len(w), w)))


def _one_of(words: Sequence[str]) -> str:
    """A pattern for the first that matches, by first letters: far quicker than one by one.

    Words that begin with other letters are no rivals, so that their order is free.
    """
    found: list[str] = []
    for lettered, some in groupby(words, lambda word: _LETTER.match(word) is not None):
        if not lettered:
            found += some
            continue
        by_letter: dict[str, list[str]] = {}
        for word in some:
            by_letter.setdefault(word[0], []).append(word[1:])
        if len(set(map(str.casefold, by_letter))) < len(by_letter):  # Mr, monsieur
            found += [letter + word for letter, rest in by_letter.items() for word in rest]
            continue
        found += [
            letter + (_one_of(rest) if len(rest) > 1 else rest[0])
            for letter, rest in by_letter.items()
        ]
    return f"(?:{'|'.join(found)})"


def sole(text: str) -> str:
    """The pattern ``text`` where no letter or digit touches it."""
    return rf"(?<!\w)(?:{text})(?!\w)"


_RUNS = lazily("[0-9]+")


def groups(match_text: str) -> tuple[str, ...]:
    """The runs of digits in a text."""
    return tuple(_RUNS.findall(match_text))


_NO_DIGITS = str.maketrans("", "", "0123456789")


def digits(match_text: str) -> int:
    """How many digits a text has."""
    return len(match_text) - len(match_text.translate(_NO_DIGITS))


_EMPTY = (
    "unknown withheld redacted removed hidden masked none null nil na missing pending blank empty "
    "not no never yes and or the was is are were has had be been of in on at to for with from by "
    "inconnu inconnue retire retiree masque masquee aucun aucune neant non pas oui et ou le la "
    "les un une des du de est a ete sur dans pour par avec desconocido desconocida retirado "
    "retirada oculto oculta ninguno ninguna sin si y o el los las una es fue ha en para por con "
    "del al se que qui that this recorded given available applicable determined renseigne "
    "renseignee disponible communique registrado registrada consta facilitado غير مجهول محجوب "
    "محذوف لا لم ليس بدون من في على الى هو هي"
)
NOTHING = frozenset(_EMPTY.split())
"""Words, folded, that stand after a label where there is nothing to hide."""

_COUNTING = any_of(
    r"v|ver\.?|version|versions|release|build|rev\.?|revision|batch|batches|lot|lots|ticket",
    "tickets|total|totals|count|counts|sum|page|pages|p|pp|row|rows|line|lines|section|chapter",
    "figure|table|invoice|invoices|item|items|entry|step|level|grade|form|codebook|copine|score",
    "queue|contract|order|purchase order|job|serial|parcel|asset|clause|annex|isbn|issn|run",
    "contrat|commande|colis|contrato|pedido|orden|cola|cláusula|عقد|العقد|طابور|الطابور",
    "queue|contract|order|purchase order|job|serial|parcel|asset|clause|annex|isbn|issn|run",
    "contrat|commande|colis|file d'attente|contrato|pedido|orden|cola|cláusula|عقد|العقد|طابور",
    "révision|livraison|totaux|nombre|somme|ligne|lignes|chapitre|tableau|facture|niveau|colonne",
    "versión|versiones|revisión|lote|lotes|tique|tiques|tíquet|página|páginas|fila|filas|línea",
    "líneas|sección|capítulo|tabla|factura|nivel|suma|recuento|columna|column|columns|anexo|annexe",
    "إصدار|الإصدار|نسخة|النسخة|دفعة|الدفعة|تذكرة|التذكرة|مجموع|المجموع|صفحة|الصفحة|سطر|السطر",
    "صف|الصف|قسم|القسم|فاتورة|الفاتورة|مستوى|المستوى|جدول|الجدول|عدد|العدد|إجمالي|الإجمالي",
)
_NUMBER_MARK = (
    r"(?:[ .:#=(\-]|n[o°º]\.?|nos\.?|nr\.?|núm\.?|num\.?|number|numéro|número|رقم|:){0,4}"
)
_COUNTED = lazily(rf"(?<!\w)[وفبل]?{_COUNTING}{_NUMBER_MARK}$", re.IGNORECASE)


def counted(text: str, start: int) -> bool:
    """Whether the words just before say that a number counts or labels a thing, no person."""
    first = max(0, start - 32)
    before = text[first:start].rstrip(" .:#=(-")[-1:]
    # a digit or a comma ends no such word
    return (before.isalpha() or before == "°") and _COUNTED.search(text, first, start) is not None
