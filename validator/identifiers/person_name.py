"""Names of persons, by titles, labels, roles and lists of names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from validator.identifiers import _arabic_persons
from validator.identifiers._lazily import lazily, sign_of
from validator.identifiers._names import DOUBTFUL, NO_NAMES, names, places, same
from validator.identifiers._plain import START, any_of, fold
from validator.identifiers.kind import Context, Kind, Passage, Span

_TITLES = any_of(
    r"Mr|MR|Mrs|MRS|Ms|MS|Miss|Mx|Dr|DR|Drs|Prof|Professor|Sir|Madam|Lady|Lord|Rev|Reverend|"
    r"Father|Sister|Messrs",
    r"M\.|MM\.|Mme|MME|Mmes|Mlle|MLLE|Monsieur|monsieur|Madame|madame|Mademoiselle|mademoiselle|"
    r"Maître|maître|Me|Docteur|docteur|Dr\.|Pr",
    r"Sr|SR|Sra|SRA|Srta|Sres|Señor|señor|Señora|señora|Señorita|señorita|D\.|D\.ª|D\.a|Dña|Dª|"
    r"Don|don|Doña|doña|Dra|DRA|Lic|Licda|Ing|Profa|doctora?|Doctora?",
)
_RANKS = any_of(
    r"PC|DC|DS|DI|DCI|PS|WPC|Cst|Sgt|Insp|Det|Cpl|Lt|Capt|Cmdr|Supt|Col|Maj|Cdt|Adj|Gend|Cap|Cmte|"
    r"Subinsp|Ten|SSA|SA",
    r"[Oo]fficer|[Ii]nspector|[Dd]etective|[Cc]onstable|[Ss]ergeant|[Ii]nvestigator|[Jj]udge|"
    r"[Pp]rosecutor|[Cc]aptain|[Ll]ieutenant|[Ss]uperintendent|[Aa]gent",
    r"[Ii]nspecteur|[Ii]nspectrice|[Cc]ommissaire|[Cc]apitaine|[Bb]rigadier|[Aa]djudante?|"
    r"[Gg]endarme|[Ee]nquêteur|[Ee]nquêtrice|[Jj]uge|[Pp]rocureure?|[Ll]ieutenante?|[Mm]ajor|"
    r"[Cc]olonel",
    r"[Ii]nspectora|[Cc]omisari[oa]|[Aa]gente|[Ss]argento|[Cc]apitán|[Ss]ubinspectora?|[Jj]ueza?|"
    r"[Ff]iscal|[Ii]nvestigadora?|[Ll]etrad[oa]|[Aa]bogad[oa]|[Tt]eniente|[Oo]ficial|[Cc]abo",
)
_ROLES = any_of(
    "analyst|coder|reviewer|translator|interpreter|lawyer|solicitor|counsel|clerk|supervisor|"
    "manager|director|coordinator|steward|contact|caller|witness|suspect",
    "teacher|doctor|nurse|neighbour|neighbor|parent|mother|father|guardian|uncle|aunt|brother|"
    "sister|owner|holder|handler|liaison|colleague|trainer|author|editor|secretary|"
    "officer in charge|case ?worker|social worker|worker|annotator|signatory|focal point",
    "analyste|codeur|codeuse|relecteur|relectrice|traducteur|traductrice|interprète|avocate?|"
    "greffier|greffière|responsable|directeur|directrice|coordinateur|coordinatrice|témoin|"
    "suspecte?",
    "enseignante?|médecin|infirmière?|voisine?|mère|père|tuteur|tutrice|oncle|tante|frère|sœur|"
    "collègue|référente?|appelante?",
    "analista|codificadora?|revisora?|traductora?|intérprete|procuradora?|secretari[oa]|"
    "responsable|directora?|coordinadora?|testigo|sospechos[oa]|profesora?|médic[oa]|"
    "enfermer[oa]|vecin[oa]|madre|padre",
    "tutora?|tí[oa]|herman[oa]|compañer[oa]|contacto|titular|técnic[oa]",
)
_LINKS = any_of(
    "by|from|with|to|ask|call|contacted|signed|per|cc|attn|for|of|and|victim|offender|named|"
    "called|is|was|thanks|regards|sincerely|known as|approved|reviewed|merci|cordialement|gracias|"
    "saludos|atentamente",
    "par|avec|de|à|pour|auprès|signé|nommée?|prénommée?|appelée?|dénommée?|et",
    "por|con|para|firmad[oa]|llamad[oa]|denominad[oa]|y",
)
_LABELS = any_of(
    "name|names|full name|real name|first name|last name|surname|family name|given name|"
    "maiden name|name is|name was|my name is|goes by",
    "nom|noms|nom complet|nom de famille|prénom|prénoms|nom et prénom|nom et prénoms|s'appelle|"
    "identité",
    "nombre|nombres|nombre completo|nombre y apellidos|apellidos?|se llama|nombre real",
)
_OTHER_NAMES = lazily(
    r"(?:file|user|series|code|country|unit|field|domain|host|street|project|table|column|screen|"
    r"list|display|place|brand|product|account|skype|sheet|standard|organi[sz]ation|agency"
    r"|fichier|série|pays|unité|champ|domaine|rue|projet|utilisateur|lieu|marque|compte|"
    r"organisme|archivo|fichero|serie|país|unidad|campo|dominio|calle|proyecto|usuario|lugar|el|un)"
    r"(?: de| du| d'| del)?(?: la| el)?[ _-]?$",
    re.IGNORECASE,
)
_SURE_RANKS = lazily(
    r"(?:inspector|detective|sergeant|constable|investigator|judge|prosecutor|captain|lieutenant|"
    r"superintendent|sgt|insp|det|capt|lt"
    r"|inspecteur|inspectrice|commissaire|capitaine|brigadier|adjudante?|enquêteur|enquêtrice|"
    r"juge|procureure?|lieutenante?"
    r"|inspectora|comisari[oa]|sargento|capitán|subinspectora?|jueza?|fiscal|investigadora?|"
    r"letrad[oa]|abogad[oa]|teniente)\.? ",
    re.IGNORECASE,
)
_THEN_ROLE = lazily(rf" ?[,(-] ?(?:the |an? |le |la |l'|el )?(?:{_RANKS}|(?i:{_ROLES}))(?!\w)")
_CAPITAL = r"[\p{Lu}\x{2160}-\x{216F}]"
_A_TITLE = lazily(rf"(?<![\w.])(?:{_TITLES})\.? ", then=_CAPITAL)
_A_RANK = lazily(rf"(?<![\w.])(?:{_RANKS})\.?[ :,]{{1,2}}(?:\d{{2,6}} )?", then=_CAPITAL)
_A_ROLE = lazily(
    rf"(?<!\w)(?:{_ROLES}|{_LINKS})[ :,(-]{{1,3}}(?:is |was |est |es )?",
    re.IGNORECASE,
    then=_CAPITAL,
)
_SAYS_NAME = lazily(r"name (?:is|was)|s'appelle|se llama", re.IGNORECASE)
_A_PERSON = lazily(
    rf"(?:{_ROLES}|by|cc|attn|signed|contacted|per|par|signé|por|firmad[oa]|thanks|regards|merci|"
    r"gracias|approved|ask|call)[ :,(-]",
    re.IGNORECASE,
)
"""Words beside which stands a person, rather than a place or a thing."""
_A_LABEL = lazily(
    rf"(?<!\w)(?:{_LABELS})(?: ?[:=] ?| +)[\"(]?",
    re.IGNORECASE,
    then=r"[A-Za-z\x{80}-\x{10FFFF}]",
)
_WORD = lazily(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "de",
        "los",
        "las",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "des",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ben",
        "ibn",
        "bint",
        "al",
        "el",
        "abu",
        "abou",
        "ter",
        "ten",
        "y",
        "e",
    ]
)
_VOWELS = str.maketrans(
    {"a": "[aàáâä]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôö]", "u": "[uúùûü]"}
)
# as names are compared: a particle may have accents, and apostrophes within
_LITTLE = "|".join("'?".join(word).translate(_VOWELS) for word in sorted(_PARTICLES))
_TAIL = r"[A-Za-z'\x{80}-\x{10FFFF}-]*"
_CAPITALS = lazily(
    "",
    # a full stop ends a name, unless it stands after an initial
    then=rf"(?:{_CAPITAL}{_TAIL}|{START}{_CAPITAL}(?:'s)?\.)[ -]"
    rf"(?:(?:{_LITTLE})[.']{{0,2}}[ -])*{_CAPITAL}",
)
"""Two words that can be a name."""
_SPEAKS = lazily(
    r" (?:called|said|says|confirmed|confirms|wrote|replied|asked|reported|reviewed|checked|"
    r"coded|will|phoned|rang|sent|signed|agreed|has |is "
    r"|a (?:appelé|confirmé|écrit|répondu|demandé|signalé|relu|vérifié|codé|envoyé|signé|dit)|"
    r"confirmera|appellera|confirme|demande|signale"
    r"|llamó|confirmó|escribió|respondió|pidió|informó|revisó|codificó|envió|firmó|dijo|"
    r"confirmará|llamará|confirma)"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that may be a name: as written, and as they are compared."""

    start: int
    end: int
    words: tuple[str, ...]
    capital: bool

    def listed(self, *, given: bool) -> bool:
        """Whether the first word is a listed given name, or another one a listed surname."""
        if given:
            return _is_given(self.words[0])
        return any(_is_surname(word) for word in self.words[1:] if word not in _PARTICLES)


def _parts(word: str) -> list[str]:
    """The words that a hyphen joins; none where the first is a saint's place."""
    parts = word.split("-")
    return [] if parts[0] in NO_NAMES else parts


def _is_given(word: str) -> bool:
    return any(part in names().given for part in _parts(word)) and word not in NO_NAMES


def _is_surname(word: str) -> bool:
    known = names()
    parts = _parts(word)
    return (
        any(part in known.surnames or part in known.given for part in parts)
        and word not in NO_NAMES
    )


def _run(text: str, start: int, *, lower: bool = False) -> _Run | None:
    """The name-like words from ``start`` on: capitalised ones and the particles between them."""
    words: list[str] = []
    first, end, capital = start, start, True
    while len(words) < 5:
        match = _WORD.match(text, end + 1 if words else start)
        if match is None or (words and text[end] not in " -"):
            break
        word = match[0]
        bare = word.rstrip(".").removesuffix("'s")
        dot = word.endswith(".") and len(bare) > 1
        joined = bool(words) and same(bare) in _PARTICLES and (len(words) > 1 or len(bare) > 1)
        upper = bare[0].isupper()
        if same(bare) in NO_NAMES or not (upper or joined or lower):
            break
        words.append(same(bare))
        capital = capital and (upper or joined)
        end = match.end() - (1 if dot else 0)
        if dot or end >= len(text):
            break
    while words and words[-1] in _PARTICLES and len(words) > 1:
        words.pop()
    return _Run(first, end, tuple(words), capital) if words else None


def _body_follows(text: str, run: _Run) -> bool:
    """Whether the words belong to the name of a body or a place (Florence Hospital)."""
    match = _WORD.match(text, run.end + 1) if text[run.end : run.end + 1] in {" ", "-"} else None
    return match is not None and match[0][0].isupper() and same(match[0]) in NO_NAMES


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    yield from _titled(passage)
    yield from _by_label(passage)
    if passage.has(_CAPITALS):
        yield from _by_role(passage)
        yield from _by_list(passage.text)
    if not passage.text.isascii():
        yield from _arabic_persons.find(passage)


def _titled(passage: Passage) -> Iterator[Span]:
    text = passage.text
    for match in passage.matches(_A_TITLE):
        run = _run(text, match.end())
        if run and not _body_follows(text, run) and (len(run.words[0]) > 1 or len(run.words) > 1):
            yield Span(match.start(), run.end, labelled=True)
    for match in passage.matches(_A_RANK):
        run = _run(text, match.end())
        if run is None or _body_follows(text, run):
            continue
        known = _is_given(run.words[0]) or _is_surname(run.words[0])
        if known and len(run.words) == 1:
            known = run.words[0] not in DOUBTFUL
        elif len(run.words) == 1:
            # a surname that no list has, unless it is an abbreviation
            known = (
                _SURE_RANKS.fullmatch(match[0]) is not None
                and not text[run.start : run.end].isupper()
            )
        if (known or len(run.words) > 1) and not _is_place(text, run):
            yield Span(run.start, run.end, labelled=True)


def _is_place(text: str, run: _Run) -> bool:
    return fold(text[run.start : run.end]) in places() or (
        fold(text[run.start : run.end].split(maxsplit=1)[0]) in places()
        and not (run.listed(given=True) and run.listed(given=False))
    )


def _by_label(passage: Passage) -> Iterator[Span]:
    text = passage.text
    for match in passage.matches(_A_LABEL):
        if _OTHER_NAMES.search(text, max(0, match.start() - 24), match.start()):
            continue
        colon = any(c in match[0] for c in ":=")
        run = _run(text, match.end(), lower=True)
        if run is None or _body_follows(text, run):
            continue
        given, surname = _is_given(run.words[0]), _is_surname(run.words[0])
        several = len(run.words) > 1
        if (
            (colon and run.capital and (several or given or surname or match.start() == 0))
            or (given and several and run.listed(given=False) and (colon or run.capital))
            or (run.capital and given and (several or run.words[0] not in DOUBTFUL))
            or (run.capital and not several and _SAYS_NAME.search(match[0]) and _proper(text, run))
        ):
            yield Span(run.start, run.end, labelled=True)


def _proper(text: str, run: _Run) -> bool:
    """Whether one word is written as a name is, and is no place."""
    word = text[run.start : run.end]
    return word[0].isupper() and word[1:].islower() and not _is_place(text, run)


def _by_role(passage: Passage) -> Iterator[Span]:
    text = passage.text
    for match in passage.matches(_A_ROLE):
        run = _run(text, match.end())
        if run is None or len(run.words) < 2 or _body_follows(text, run):
            continue
        if _is_place(text, run):
            continue
        sure = run.words[0] not in DOUBTFUL
        person = _A_PERSON.match(match[0]) is not None
        if (
            (run.listed(given=True) and (sure or run.listed(given=False)))
            or _has_initials(text, run, person=person)
            # a rare given name beside somebody's role
            or (person and run.listed(given=False) and not set(run.words) & DOUBTFUL)
        ):
            yield Span(run.start, run.end, labelled=True)


def _has_initials(text: str, run: _Run, *, person: bool) -> bool:
    """Whether the run is initials and a surname: listed, or any beside a role or "by"."""
    written = text[run.start : run.end].split()
    initials = [word for word in written if re.fullmatch(r"[^\W\d_](?:\.-?[^\W\d_])?\.?", word)]
    last = written[-1]
    if not initials or len(initials) == len(written) or last in initials:
        return False
    dotted = all(word.endswith(".") for word in initials)
    name = last[0].isupper() and len(last) > 2 and not last.isupper()
    return name and ((person and dotted) or _is_surname(run.words[-1]))


def _by_list(text: str) -> Iterator[Span]:
    """A listed given name and a listed surname, wherever they stand."""
    position = 0
    while match := _WORD.search(text, position):
        position = match.end()
        if not match[0][0].isupper() or text[max(0, match.start() - 1) : match.start()] in {
            "@",
            "_",
            "/",
        }:
            continue
        run = _run(text, match.start())
        if run is None or len(run.words) < 2:
            continue
        if run.listed(given=True) and not _body_follows(text, run) and not _is_place(text, run):
            sure = run.words[0] not in DOUBTFUL
            aside = text[run.start - 1 : run.start] == "(" and text[run.end : run.end + 1] == ")"
            speaks = _SPEAKS.match(text, run.end) is not None
            both = run.listed(given=False)
            speaks = speaks or (sure and _THEN_ROLE.match(text, run.end) is not None)
            if (both and (sure or aside or speaks)) or (speaks and run.words[1] not in DOUBTFUL):
                yield Span(run.start, run.end)
                position = run.end


KIND = Kind(
    name="person-name",
    title="the name of a person",
    catches=(
        "A title or rank and a name (Mr, Dr, PC, Mme, Sra., السيد), a name after name:, nom :, "
        "nombre:, الاسم:, a listed given name with another name beside a role word (analyst, by, "
        "par, contacto, المحقق), and a listed given name with a listed surname anywhere. The lists "
        "are those of Faker, with names of some eighty locales."
    ),
    cannot=(
        "A given name or a surname alone, names in lower case that nothing names, names in other "
        "scripts than Latin and Arabic, rare names without a title, and names that are also words "
        "or "
        "places (Jordan, Florence) without a role word and a listed surname."
    ),
    rank=130,
    prefilter=(
        rf"{sign_of(_CAPITALS)}|(?:{_TITLES}|{_RANKS})\.?[ :,]{{1,2}}(?:[0-9]{{2,6}} )?{_CAPITAL}"
        rf"|{START}(?i:{_LABELS})(?: ?[:=] ?[\"(]?[A-Za-z\x{{80}}-\x{{10FFFF}}]| +[\"(]?{_CAPITAL})"
    ),
    listed=_arabic_persons.prefilter,
    patterns=(_A_TITLE, _A_RANK, _A_LABEL, _A_ROLE, _CAPITALS, *_arabic_persons.PATTERNS),
    find=_find,
    digits=False,
)
