"""What a text says of the fields that it may speak for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from validator.model.standard import CodeList, Field, Kind, Speaks, Table, Wording
from validator.model.text import LANGUAGES
from validator.texts.company import in_company
from validator.texts.items import Item, items
from validator.texts.numbers import Counted, counted
from validator.texts.places import Placed, placed, worded
from validator.texts.polarity import Stance, contrasted, of_some, partial, stance
from validator.texts.roles import OTHER, beside, others_only, role_of
from validator.texts.terms import TermIndex, index
from validator.texts.tokenise import MAX_CHARACTERS, Clause, clauses
from validator.texts.totals import total
from validator.texts.words import Phrases, language, languages_of, lexicon

PLACE = "place"
AND = 4
"""Items from one noun to the next that ``and`` joins to it."""
FEW = 8
"""A clause of at most this many items may leave out whom it is about."""
CARRIED = "carried"
"""The role of what is said of whoever was named last before."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The values that a text gives for one field.

    ``certain`` where it plainly says one; ``whole`` where it speaks of all of a group.
    """

    values: tuple[str, ...]
    certain: bool
    whole: bool = True

    @property
    def value(self) -> str | None:
        """The one value that is plainly said."""
        return self.values[0] if self.certain and len(self.values) == 1 else None


@dataclass(frozen=True, slots=True)
class _Said:
    role: str | None
    codes: Mapping[str, str]
    certain: bool
    whole: bool
    some: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What some clauses say by themselves; ``carries`` is whom they name last, if anybody."""

    said: tuple[_Said, ...] = ()
    counts: tuple[Counted, ...] = ()
    places: tuple[Placed, ...] = ()
    carries: str | None = None

    @property
    def key(self) -> object:
        """Equal for all that say the same."""
        said = tuple((s.role, *s.codes.items(), s.certain, s.whole, s.some) for s in self.said)
        places = tuple((*p.codes.items(), p.wording, p.certain, p.latest) for p in self.places)
        return said, self.counts, places, self.carries


class Speaker:
    """Reads the texts of one field of a table."""

    def __init__(self, table: Table, text: Field) -> None:
        self.speaks = tuple(s for s in text.speaks_for if s.field in table.by_name)
        self.fields = {s.field: table.by_name[s.field] for s in self.speaks}
        lists = [c for s in self.speaks if (c := self.fields[s.field].codelist)]
        unique: tuple[CodeList, ...] = tuple(dict.fromkeys(lists))
        places = frozenset(
            codes.id
            for s in self.speaks
            if s.role == PLACE and (codes := self.fields[s.field].codelist)
        )
        self.lists = unique
        self.index: TermIndex = index(unique, places)
        self.roles = frozenset(s.role for s in self.speaks)
        self.people = self.roles - {"image", "video"}
        self._doubtful = frozenset(
            " ".join(keys) for name in LANGUAGES for keys in language(name).ambiguous
        )
        self.positive = frozenset(
            code for opposites in self.index.opposites.values() for code in opposites
        )
        self._kinds = frozenset(
            codes.id
            for codes in unique
            if codes.id not in places and not self.index.opposites[codes.id]
        )
        # prepubescent can only be said of the victims; identified is said of anything
        self._alone = frozenset(
            codes.id
            for codes in unique
            if sum(one is codes for one in lists) == 1 and codes.id in self._kinds
        )
        self.says = lru_cache(maxsize=100_000)(self._says)

    def _says(self, text: str) -> Mapping[str, Stated]:
        cut = tuple(clauses(text))
        names = languages_of(word for clause in cut for word in clause.words)
        return self.stated([self.heard(cut, names)])

    def heard(self, cut: Sequence[Clause], names: frozenset[str]) -> Heard:
        """What the clauses of a text say, or some that follow each other; in these languages."""
        words = lexicon(names)
        said: list[_Said] = []
        counts: list[Counted] = []
        places: list[Placed] = []
        carried = CARRIED
        before: tuple[Clause, Wording | None] | None = None
        for number, (clause, part) in enumerate(_parts(cut, words, self.index)):
            if others_only(part):
                continue
            said += self._terms(part, carried, asked=clause.asked)
            counts += counted(part, number, self._kinds, asked=clause.asked)
            # what comes after but is worded as what came before it
            lent = before[1] if before and before[0] is clause and len(part) <= AND else None
            places += placed(part, self._doubtful, self.positive, asked=clause.asked, lent=lent)
            before = (clause, worded(part) or lent)
            for item in part:
                if item.role in self.people:
                    carried = item.role
        carries = None if carried == CARRIED else carried
        return Heard(tuple(said), tuple(counts), tuple(places), carries)

    def stated(self, heard: Sequence[Heard]) -> Mapping[str, Stated]:
        """What a text states, from what its stretches say, in order."""
        said: list[_Said] = []
        counts: list[Counted] = []
        carried: str | None = None
        for number, one in enumerate(heard):
            said += [replace(s, role=carried) if s.role == CARRIED else s for s in one.said]
            # no stretch has more clauses than a text has characters
            counts += [c.after(number * MAX_CHARACTERS) if number else c for c in one.counts]
            carried = one.carries or carried
        places = [place for one in heard for place in one.places]
        stated: dict[str, Stated] = {}
        for speaks in self.speaks:
            value = self._stated(speaks, said, counts, places)
            if value is not None:
                stated[speaks.field] = value
        return stated

    def _terms(self, part: Sequence[Item], carried: str, *, asked: bool) -> Iterable[_Said]:
        for at, item in enumerate(part):
            codes: Mapping[str, str] = item.tags.get("term", {})
            codes = {of: code for of, code in codes.items() if of not in self.index.places}
            if not codes:
                continue
            stands = stance(part, at, asked=asked)
            if stands is Stance.DENIED:
                codes, stands = self._opposite(codes), Stance.SAID
            if not codes or stands is Stance.DROPPED:
                continue
            role = role_of(part, at)
            if role == OTHER:
                continue
            if role is None or role in {"image", "video"}:
                if len(part) > FEW:
                    continue
                role = carried
            if item.role is not None and _among_others(part, at):
                continue
            status = any(self.index.opposites[of] for of in codes)
            some = of_some(part, at)
            against, whose = contrasted(part, at) if status else (False, None)
            some = some or (against and whose in {None, role})
            if partial(part, at) and not some and not _of_rest(part, at, codes):
                continue
            said = _Said(role, codes, stands is Stance.SAID, _whole(part, at), some)
            yield said
            if status and (other := beside(part, at)) is not None:
                yield replace(said, role=other)
            if against and whose in self.people - {role}:
                yield replace(said, role=whose, codes=self._opposite(codes))

    def _opposite(self, codes: Mapping[str, str]) -> Mapping[str, str]:
        return {
            of: self.index.opposites[of][code]
            for of, code in codes.items()
            if code in self.index.opposites.get(of, {})
        }

    def _stated(
        self,
        speaks: Speaks,
        said: Sequence[_Said],
        counts: Sequence[Counted],
        places: Sequence[Placed],
    ) -> Stated | None:
        field = self.fields[speaks.field]
        if field.kind is Kind.INTEGER:
            mentions = [c for c in counts if c.role == speaks.role]
            found = total(mentions) if mentions else None
            return None if found is None else Stated((str(found[0]),), found[1])
        codes = field.codelist
        if codes is None or not (places if speaks.role == PLACE else said):
            return None
        if speaks.role == PLACE:
            here = [p for p in places if codes.id in p.codes and p.wording is speaks.wording]
            values = tuple(dict.fromkeys(p.codes[codes.id] for p in here))
            if latest := [p for p in here if p.latest]:
                # thought to be in Peru, now in Chile
                here = here[here.index(latest[0]) :]
                values = tuple(dict.fromkeys(p.codes[codes.id] for p in here))
            return Stated(values, all(p.certain for p in here)) if values else None
        if not any(codes.id in s.codes for s in said):
            return None
        opposites, alone = self.index.opposites[codes.id], codes.id in self._alone
        mine = [
            s
            for s in said
            if codes.id in s.codes and (s.role == speaks.role or (s.role is None and alone))
        ]
        return _combined(speaks, codes, opposites, mine)


def _combined(
    speaks: Speaks, codes: CodeList, opposites: Mapping[str, str], mine: Sequence[_Said]
) -> Stated | None:
    values = tuple(dict.fromkeys(s.codes[codes.id] for s in mine))
    if not values:
        return None
    certain = all(s.certain for s in mine)
    if speaks.several is not None:
        if speaks.several in values and certain:
            return Stated((speaks.several,), certain)
        if certain and (len(values) > 1 or any(s.some for s in mine)):
            # some of a group identified is the group partly identified; some girls is not both
            if len(values) == 1 and not opposites:
                return None
            return Stated((speaks.several,), certain)
    return Stated(values, certain, all(s.whole for s in mine))


def _among_others(part: Sequence[Item], at: int) -> bool:
    """Whether it stands in a list with others whose value is not said: two children and a girl."""
    after = list(_listed_with(part, at, 1))
    others = (*after, *_listed_with(part, at, -1, several=bool(after)))
    mine = part[at].values
    for of, code in mine.items():
        theirs = [item.values.get(of) for item in others]
        # a girl in puberty and an infant
        theirs += [item.values[of] for item in part if item.role is None and of in item.values]
        if None in theirs and not {*theirs} - {None, code}:
            return True
    return False


def _listed_with(
    part: Sequence[Item], at: int, step: int, *, several: bool = False
) -> Iterator[Item]:
    """The nouns of its role in the same list, in one direction: a girl, a boy and an infant.

    What a comma alone parts is a list where the numbers differ; else it says the same again.
    """
    last, position, far = at, at + step, AND
    joined, comma = part[at].joins and step < 0, False
    while 0 <= position < len(part) and far:
        item = part[position]
        if item.role == part[at].role and not item.has("adjective"):
            numbers = {_number(part, last), _number(part, position)}
            joined = joined or (step > 0 and item.joins)
            later = part[position + 1 : position + AND] if step > 0 else ()
            several = several or joined or any(after.joins for after in later)
            if not joined and not (comma and (several or len(numbers - {None}) > 1)):
                return
            yield item
            last, far = position, AND + 1
            joined, comma = item.joins and step < 0, False
        elif item.joins:
            joined = True
        elif item.mark in {",", "،"}:
            comma = True
        elif item.mark or item.role is not None:
            return
        position += step
        far -= 1


def _number(part: Sequence[Item], noun: int) -> int | None:
    """The number before a noun and its adjectives."""
    start = noun - 1
    while start > 0 and part[start].role is None and part[start].has("term"):
        start -= 1
    return part[start].number if start >= 0 else None


def _of_rest(part: Sequence[Item], at: int, codes: Mapping[str, str]) -> bool:
    """Whether the rest is named as well: one of them a boy, the others girls."""
    rest = next((position for position, item in enumerate(part) if item.has("rest")), None)
    if rest is None:
        return False
    other = part[:rest] if at > rest else part[rest:]
    return any(not codes.keys().isdisjoint(item.tags.get("term", {})) for item in other)


def _whole(part: Sequence[Item], at: int) -> bool:
    """Whether it is said of all: not of a girl, but of girls, of the girl, of one girl."""
    before = [item for item in part[max(at - 3, 0) : at] if item.has("article")]
    return not before or part[at].has("many") or any(i.has("many") for i in part)


def _parts(
    cut: Sequence[Clause], words: Phrases, terms: TermIndex
) -> Iterable[tuple[Clause, list[Item]]]:
    for clause in cut:
        part: list[Item] = []
        person: Item | None = None
        found = in_company(items(clause, words, terms), terms)
        for at, item in enumerate(found):
            if item.has("breaks"):
                # suspected but ruled out: that is still said of what came before
                if any(after.has("excludes") for after in found[at + 1 : at + 3]):
                    continue
                if part:
                    yield clause, part
                part = []
            else:
                if item.role == "offender":
                    person = replace(item, number=None, tags={"role": item.role})
                elif item.has("adult") and person is not None and not any(i.role for i in part):
                    # the offender is no woman but a man
                    part.append(person)
                part.append(item)
        if part:
            yield clause, part
