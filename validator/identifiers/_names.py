"""Given names and surnames of many countries, from the lists that Faker keeps; and what is no name.

Faker's person lists (MIT licence, some eighty locales, Arabic script among them) are data of a
library that is kept up; nothing of them is copied here. They are loaded at the first candidate.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from validator.identifiers._plain import fold


@dataclass(frozen=True, slots=True)
class Names:
    """Folded words that are given names, and that are surnames."""

    given: frozenset[str]
    surnames: frozenset[str]


@cache
def names(*languages: str) -> Names:
    """Every name of every list, word by word; or of the lists of some languages."""
    given: set[str] = set()
    surnames: set[str] = set()
    room = import_module("faker.providers.person")
    for info in pkgutil.iter_modules(room.__path__):
        if languages and not info.name.startswith(languages):
            continue
        provider = import_module(f"{room.__name__}.{info.name}").Provider
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if isinstance(listed, (tuple, list, dict)):
                if attribute.startswith(("first_names", "first_romanized")):
                    given.update(map(str, listed))
                elif attribute.startswith(("last_names", "last_romanized")):
                    surnames.update(map(str, listed))
    return Names(_words(given), _words(surnames))


def _words(listed: set[str]) -> frozenset[str]:
    # all at once: word by word it takes a tenth of a second
    words = set(same(" ".join(listed).replace("-", " ")).split())
    return frozenset(w for w in words if (len(w) > 2 or w in SHORT) and w not in NO_NAMES)


def same(word: str) -> str:
    """A word as names are compared: folded, with one form of the Arabic letters often mixed up."""
    return fold(word).translate({ord("ى"): "ي", ord("ة"): "ه", ord("'"): ""})


def folded(words: str) -> frozenset[str]:
    """Words between spaces, as they are compared."""
    return frozenset(map(same, words.split()))


@cache
def places() -> frozenset[str]:
    """Countries, and their parts of two words and more, folded."""
    import pycountry

    found = {fold(c.name) for c in pycountry.countries}
    found |= {fold(c.common_name) for c in pycountry.countries if hasattr(c, "common_name")}
    return frozenset(found | {fold(part.name) for part in pycountry.subdivisions})


_TIMES = (
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday janvier fevrier mars avril mai juin "
    "juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi "
    "dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre lunes martes miercoles jueves viernes sabado domingo spring summer autumn winter"
)
_BODIES = (
    "unit units team teams bureau office offices police agency department division section branch "
    "service services centre center institute university college school hospital clinic "
    "foundation association society council committee commission court ministry government "
    "federal national international interpol europol ecpat unicef group network union board "
    "authority registry desk headquarters hotline helpdesk contact point liaison training lead "
    "leader head chief deputy director manager officer inspector agent analyst coder reviewer "
    "translator company bank hotel street road avenue lane drive square place park river lake "
    "mount island islands city town county state province region district north south east west "
    "central northern southern eastern western new saint san santa santo sao sainte los las "
    "airport station bridge beach bay falls valley unite equipe brigade gendarmerie direction "
    "commissariat ministere tribunal parquet prefecture mairie hopital ecole universite institut "
    "fondation conseil cour cabinet siege unidad equipo oficina policia agencia departamento "
    "comisaria juzgado fiscalia ministerio guardia civil nacional escuela universidad centro "
    "instituto fundacion consejo audiencia brigada database standard report note notes file files "
    "record records series media victim victims offender offenders suspect batch version form "
    "table field code codes total count list data review quality studies reader workshop meeting "
    "conference system platform server tool project operation task force level copine sheet row "
    "page line entry ticket invoice chat messenger telegram skype discord signal whatsapp "
    "facebook instagram general generale superior pending annex annexe appendix grade form regards "
    "thanks vitamin operation checked coded agreed reviewed confirmed signed approved"
)
_LITTLE = (
    "the and for with from this that these those not are was were has had have been all any two "
    "one three four five six seven eight nine ten our their his her its who what when where why "
    "how see please thanks dear hello but also only some each both per via after before during "
    "between about les des une dans pour par avec sans sur sous que qui est pas plus deux trois "
    "quatre cinq then later next there here they she both thus "
    "los las una del con sin por para sus dos tres cuatro cinco son fue mas unknown "
    "none null withheld pending inconnu inconnue desconocido desconocida"
)
_ARABIC = (
    "في من الى بدون دون اسم الاسم عن مع هذا هذه لا لم لن ليس قد كان كانت تم ثم او ان التي الذي كل "
    "بعد قبل عند حول غير مجهول محجوب المدير الفريق المكتب الوحده القسم الشرطه الوزاره المركز "
    "السجل الملف التقرير المحكمه"
)
NO_NAMES = folded(f"{_TIMES} {_BODIES} {_LITTLE} {_ARABIC}")
"""Words, folded, that are capitalised and are no part of a person's name."""

_ALSO_WORDS = (
    "will mark grace faith hope joy rose lily ivy bill rich art miles max page case drew grant "
    "chase hunter mason carter price justice major royal king prince earl dean star dawn eve iris "
    "amber crystal ruby pearl jade sky robin jay angel destiny trinity harmony melody chance ace "
    "ray frank ernest gene pat sandy guy carol holly noel pierce reed brook brooks ford glen "
    "heath cliff clay stone wood woods hall hill banks bush green brown white black gray grey "
    "gold young long short small little strong power best sharp wise good day true early win love "
    "dale paris florence jordan georgia chad sydney victoria chelsea israel kenya india china "
    "asia america austin dallas houston charlotte carolina virginia dakota madison savannah "
    "brooklyn london milan roma santiago salvador domingo lourdes mercedes cuba france ireland "
    "italia lorraine bretagne vienna geneva valencia cordoba leon lyon nice alma aurora sierra "
    "costa luz reyes santos cruz rosa blanca pilar sol mar consuelo dolores socorro remedios paz "
    "gloria victor constant prudence modeste blanche claire marine olive prune clement juste "
    "parfait desire noelle pascal avril mai marina bella prima latino latina rico"
)
SHORT = frozenset(("li", "wu", "xu", "yu", "hu", "ng", "xi", "bo", "vu", "do"))
"""Names of two letters that are hardly ever words."""
DOUBTFUL = folded(_ALSO_WORDS)
"""Given names, folded, that are also words or places: they need a surname that is listed."""
