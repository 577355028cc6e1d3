"""Many texts at once: what differs in nothing that is read is read once.

Remarks differ by ticket numbers, dates and totals far more than by what they state. The shapes of
the texts are cut into sentences, and each sentence is read once, with a stand-in for each number
that may count something. What is left of a text is which sentences say anything, and its numbers
that count. The answers equal those of ``Speaker.says``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from validator.model.text import LANGUAGES
from validator.texts.prefilter import anchors
from validator.texts.sayings import Form, Saying, Sentence, Shape, with_numbers
from validator.texts.speaker import Heard, Speaker, Stated
from validator.texts.tokenise import MAX_CHARACTERS, SHORTENED, Clause, Word, clauses, plain
from validator.texts.unseen import Unseen
from validator.texts.words import elected, language, vote

if TYPE_CHECKING:
    import polars as pl

    from validator.model.shapes import Shapes

MOST = 100_000
"""Sentences that are remembered; when there are more, all are forgotten and learnt anew."""

_CUT = "\x1f"
_LETTERS = "".join(
    c for c in map(chr, range(0x61, 0x64B)) if c.islower() or "\u0620" < c != "\u0640"
)
_ENDS = [*(f"{c}. " for c in f'{_LETTERS}0123456789)]»"'), "! ", "? ", "; ", "؟ ", "؛ ", "\n"]
"""Where a clause ends for certain: capitals before a full stop may go on as initials."""
_AFTER = [end.rstrip(" ") + _CUT for end in _ENDS]
_DIGITS, _ZEROS = re.compile(r"\d+"), re.compile("0+")
STAND_IN = 900_000_000
"""From this on numbers stand for others, in order. They have as many digits as a number may."""
ALONE = range(10)
"""Numbers that may mean something of their own (both), or be too short to be a word."""
SHORT = 3
"""From this on numbers of one digit stand for others."""
ODD, COUNTING = -1, -2
"""Instead of a meaning, for shapes whose texts are read one by one, and whose numbers matter."""
NOTHING = Heard().key


class Columns:
    """Reads columns of texts for a speaker.

    ``stated`` holds what the texts of the last column state, by their meanings. It is a new list
    once all is forgotten, and else grows.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self._anchors = anchors(speaker.index, speaker.roles)
        self._known = speaker.index.phrases.vocabulary.union(
            *(language(name).phrases.vocabulary for name in LANGUAGES)
        )
        self._plain = not any(map(str.isdigit, self._known))
        self._forget()

    def _forget(self) -> None:
        self.stated: list[Mapping[str, Stated]] = [{}]
        self._sentences: dict[str, Sentence] = {}
        self._sayings: dict[tuple[str, frozenset[str]], Saying | None] = {}
        self._numbered: dict[object, int] = {}
        self._alike: dict[tuple[str, frozenset[str], tuple[int, ...]], Heard] = {}
        self._shapes: dict[str, Shape] = {}
        self._fixed: dict[tuple[int, ...], Shape] = {}
        self._meanings: dict[tuple[Any, ...], int] = {(): 0}
        self._forms: dict[tuple[int, ...], Form | None] = {}
        self._read: dict[tuple[tuple[int, ...], str], int] = {}

    def meanings(self, texts: pl.Series, shapes: Shapes) -> pl.Series:
        """The number of what each text states, an index of ``stated``; 0 where that is nothing.

        ``shapes`` are those of the texts.
        """
        import numpy as np
        import polars as pl

        learnt: tuple[Sized, ...] = (self._shapes, self._read, self._alike, self.stated)
        if max(map(len, learnt)) > MOST:
            self._forget()
        if texts.is_empty():
            return pl.Series(dtype=pl.UInt32)
        there, code = np.unique(shapes.codes.to_numpy(), return_inverse=True)
        names = [shapes.names[one] for one in there.tolist()]
        self._learn([name for name in names if name not in self._shapes])
        of_names = [self._shapes[name] for name in names]
        found = np.array([shape.meaning for shape in of_names], dtype=np.int64)[code]
        counting = np.flatnonzero(found == COUNTING)
        if counting.size:
            found[counting] = self._counted(texts.gather(counting), of_names, code[counting])
        for position in np.flatnonzero(found == ODD):
            found[position] = self._meaning(self.speaker.says(texts[int(position)]))
        return pl.Series(found, dtype=pl.UInt32)

    def _learn(self, names: Sequence[str]) -> None:
        """Read shapes that were not met before."""
        import numpy as np
        import polars as pl

        if not names:
            return
        new = pl.Series(names, dtype=pl.String)
        cut = new.str.replace_many(_ENDS, _AFTER).str.split(_CUT)
        many = cut.list.len().cast(pl.Int64).to_numpy()
        first, at = many.cumsum() - many, np.repeat(np.arange(len(many)), many)
        every = cut.explode()
        distinct = every.unique()
        code = every.cast(pl.Enum(distinct)).to_physical().cast(pl.Int64).to_numpy()
        texts = distinct.to_list()
        sentences = [self._sentence(text) for text in texts]
        odd = np.logical_or.reduceat(np.array([s.odd for s in sentences])[code], first)
        odd |= (new.str.len_chars() > MAX_CHARACTERS).to_numpy()
        odd |= new.str.contains(_CUT, literal=True).to_numpy()
        votes = np.add.reduceat(np.array([s.votes for s in sentences])[code], first)
        totals, total = np.unique(votes, return_inverse=True)
        tongues: dict[frozenset[str], int] = {}
        by_total = [tongues.setdefault(elected(one), len(tongues)) for one in totals.tolist()]
        tongue, elections = np.array(by_total)[total], list(tongues)
        # each sentence that may say something, once in each choice of languages
        rows = np.flatnonzero(np.array([s.speaks for s in sentences])[code] & ~odd[at])
        pairs, pair = np.unique(code[rows] * len(tongues) + tongue[at[rows]], return_inverse=True)
        sayings = [
            self._saying(texts[number // len(tongues)], elections[number % len(tongues)])
            for number in pairs.tolist()
        ]
        says = np.array([saying is not None for saying in sayings], dtype=bool)[pair]
        rows, pair = rows[says], pair[says]
        runs = np.array([len(s.counts) for s in sentences])[code]
        before = runs.cumsum() - runs
        before -= before[first][at]
        nothing, alone = Shape(0), Shape(ODD)
        self._shapes.update(dict.fromkeys(names, nothing))
        self._shapes.update((names[number], alone) for number in np.flatnonzero(odd).tolist())
        starts = np.flatnonzero(np.diff(at[rows], prepend=-1)).tolist()
        ends = [*starts[1:], len(rows)] if starts else []
        said, places = [sayings[number] for number in pair.tolist()], before[rows].tolist()
        which = at[rows][starts].tolist()
        for number, start, end in zip(which, starts, ends, strict=True):
            both = zip(said[start:end], places[start:end], strict=True)
            runs = [place + run for saying, place in both for run in saying.runs]
            self._shapes[names[number]] = self._shape(said[start:end], runs)

    def _shape(self, says: Sequence[Saying], runs: Sequence[int]) -> Shape:
        key = tuple([saying.number for saying in says])
        if runs:
            return Shape(COUNTING, tuple(says), tuple(runs), key)
        if key not in self._fixed:
            self._fixed[key] = Shape(self._meaning(self._stated(says, ())))
        return self._fixed[key]

    def _counted(self, texts: pl.Series, learnt: Sequence[Shape], code: Any) -> Any:
        """The meanings of texts in which numbers matter; ``code`` tells which shapes they have."""
        import numpy as np
        import polars as pl

        keys: dict[tuple[int, ...], int] = {}
        said = [keys.setdefault(shape.key, len(keys)) for shape in learnt]
        numbers = self._numbers(texts, [shape.runs for shape in learnt], code)
        told = pl.DataFrame({"said": np.array(said)[code], "numbers": numbers})
        distinct = told.unique(maintain_order=True).with_row_index("key")
        same = told.join(distinct, on=told.columns, how="left", maintain_order="left")
        shapes = dict(zip(said, learnt, strict=True))
        meanings = [
            self._meant(shapes[number], digits) for _, number, digits in distinct.iter_rows()
        ]
        return np.array(meanings)[same.get_column("key").to_numpy()]

    def _numbers(self, texts: pl.Series, runs: Sequence[tuple[int, ...]], code: Any) -> pl.Series:
        """The runs of digits of each text that matter, with spaces between them."""
        import numpy as np
        import polars as pl

        every = texts.str.extract_all(r"\d+")
        many = every.list.len().cast(int).to_numpy()
        size = np.array([len(some) for some in runs])
        start, n = (size.cumsum() - size)[code], size[code]
        row = np.repeat(np.arange(len(code)), n)
        place = np.fromiter(chain.from_iterable(runs), dtype=np.int64)[
            np.arange(n.sum()) + (start - n.cumsum() + n)[row]
        ]
        found = every.explode().gather(place + (many.cumsum() - many)[row])
        rows = pl.DataFrame({"row": row, "run": found}).group_by("row", maintain_order=True)
        return rows.agg(pl.col("run").str.join(" ")).get_column("run")

    def _meant(self, shape: Shape, digits: str) -> int:
        """The meaning of a shape with these for the numbers that matter in it."""
        place = shape.key, digits
        if place not in self._read:
            if shape.key not in self._forms:
                self._forms[shape.key] = self._form(shape.says)
            form, numbers = self._forms[shape.key], digits.split()
            stated = self._stated(shape.says, numbers) if form is None else form.filled(numbers)
            self._read[place] = self._meaning(stated)
        return self._read[place]

    def _form(self, says: Sequence[Saying]) -> Form | None:
        """What is stated whatever the numbers; None where it is asked how large they are."""
        if any(saying.heard is None for saying in says):
            return None
        numbers = [Unseen(STAND_IN + at) for at in range(sum(len(saying.runs) for saying in says))]
        stated = self._stated(says, numbers)
        if any(number.seen for number in numbers):
            return None
        order = {str(number): at for at, number in enumerate(numbers)}
        places = {
            name: order[one.values[0]] for name, one in stated.items() if one.values[0] in order
        }
        return Form(stated, places)

    def _stated(self, says: Sequence[Saying], numbers: Sequence[Any]) -> Mapping[str, Stated]:
        """What sentences that follow each other state, with the numbers that matter in them."""
        heard: list[Heard] = []
        end = 0
        for saying in says:
            start, end = end, end + len(saying.runs)
            heard.append(self._hear(saying, numbers[start:end]))
        return self.speaker.stated(heard)

    def _meaning(self, stated: Mapping[str, Stated]) -> int:
        key = tuple(stated.items())
        if key not in self._meanings:
            self._meanings[key] = len(self.stated)
            self.stated.append(stated)
        return self._meanings[key]

    def _hear(self, saying: Saying, numbers: Sequence[Any]) -> Heard:
        """What a sentence says with these numbers."""
        if saying.heard is None:
            return self._compared(saying, numbers)
        order = {
            STAND_IN + at: number if isinstance(number, Unseen) else int(number)
            for at, number in enumerate(numbers)
        }
        return with_numbers(saying.heard, order)

    def _compared(self, saying: Saying, numbers: Sequence[str]) -> Heard:
        """What a sentence says with numbers that are compared: the same for all that compare so."""
        if not self._sentences[saying.shape].whole:
            return self._heard_in(saying.shape, saying.names, numbers)
        values = [int(number) for number in numbers]
        ranks = {value: STAND_IN + at for at, value in enumerate(sorted({*values} - {*ALONE}))}
        alike = tuple(ranks.get(value, value) for value in values)
        place = saying.shape, saying.names, alike
        if place not in self._alike:
            self._alike[place] = self._heard_in(saying.shape, saying.names, alike)
        return with_numbers(self._alike[place], {rank: value for value, rank in ranks.items()})

    def _heard_in(self, shape: str, names: frozenset[str], numbers: Iterable[object]) -> Heard:
        return self.speaker.heard(self._cut(shape, numbers), names)

    def _cut(self, shape: str, numbers: Iterable[object]) -> tuple[Clause, ...]:
        """The clauses of a sentence with these instead of the runs of zeros that count."""
        left, counts = iter(map(str, numbers)), iter(self._sentences[shape].counts)
        return tuple(clauses(_ZEROS.sub(lambda r: next(left) if next(counts) else r[0], shape)))

    def _saying(self, shape: str, names: frozenset[str]) -> Saying | None:
        """What a sentence says; None where that is nothing whatever its numbers."""
        names &= self._sentences[shape].known
        place = shape, names
        if place not in self._sayings:
            counting = tuple(i for i, counts in enumerate(self._sentences[shape].counts) if counts)
            self._sayings[place] = self._new_saying(shape, names, counting)
        return self._sayings[place]

    def _new_saying(
        self, shape: str, names: frozenset[str], counting: tuple[int, ...]
    ) -> Saying | None:
        numbers = range(STAND_IN, STAND_IN + len(counting))
        heard = self._heard_of_any(shape, names, numbers)
        if heard is not None:
            if heard.key == NOTHING:
                return None
            used = sorted({c.number for c in heard.counts if c.number and c.number >= STAND_IN})
            same = with_numbers(heard, {n: STAND_IN + at for at, n in enumerate(used)})
            number = self._numbered.setdefault((same.key, len(used)), len(self._numbered))
            runs = tuple(counting[number - STAND_IN] for number in used)
            return Saying(number, runs, same, shape, names)
        number = self._numbered.setdefault((shape, names), len(self._numbered))
        return Saying(number, counting, None, shape, names)

    def _heard_of_any(
        self, shape: str, names: frozenset[str], numbers: Sequence[int]
    ) -> Heard | None:
        """What a sentence says with these numbers; None where others may say something else."""
        if not numbers:
            return self._heard_in(shape, names, numbers)
        longer = len(shape) + len(numbers) * len(str(STAND_IN))
        few = ALONE[SHORT:][: len(numbers)]
        if longer > MAX_CHARACTERS or len(few) < len(numbers) or not self._sentences[shape].whole:
            return None
        long, short = (self._heard_unseen(shape, names, some) for some in (numbers, few))
        if long is None or short is None:
            return None
        same = with_numbers(short, dict(zip(few, numbers, strict=True)))
        return long if long.key == same.key else None

    def _heard_unseen(
        self, shape: str, names: frozenset[str], numbers: Sequence[int]
    ) -> Heard | None:
        """What a sentence says with these numbers; None where it is asked how large they are."""
        unseen: list[Unseen] = []

        def hidden(word: Word) -> Word:
            # those that count nothing are zeros
            if not (word.number and word.raw.isdigit()):
                return word
            unseen.append(Unseen(word.number))
            return replace(word, number=unseen[-1])

        cut = [replace(c, words=tuple(map(hidden, c.words))) for c in self._cut(shape, numbers)]
        heard = self.speaker.heard(cut, names)
        if any(number.seen for number in unseen):
            return None
        return with_numbers(heard, {int(number): int(number) for number in unseen})

    def _sentence(self, text: str) -> Sentence:
        if text not in self._sentences:
            self._sentences[text] = self._new_sentence(text)
        return self._sentences[text]

    def _new_sentence(self, text: str) -> Sentence:
        cut = tuple(clauses(text))
        words = [word for clause in cut for word in clause.words]
        counts = tuple(count for clause in cut for count in self._counts(clause))
        # where folding makes digits of other signs, places in the two cannot be compared
        runs = _DIGITS.findall(plain(text))
        return Sentence(
            votes=sum(map(vote, words)),
            known=frozenset(name for name in LANGUAGES if _knows(name, words)),
            speaks=any(not self._anchors.isdisjoint(word.forms) for word in words),
            counts=counts,
            whole=self._plain and all(w.raw.isdigit() for w in words if w.number is not None),
            odd=runs != _ZEROS.findall(text)
            or len(runs) != len(counts)
            or SHORTENED.search(plain(text)) is not None,
        )

    def _counts(self, clause: Clause) -> list[bool]:
        """For each run of digits of a clause, whether what stands beside it may be counted."""
        words, found = clause.words, list[bool]()
        for at, word in enumerate(words):
            runs = len(_DIGITS.findall(word.raw))
            if runs:
                after = at + 1 < len(words) and self._is_known(words[at + 1])
                before = at > 0 and (words[at - 1].raw in ":=(" or self._is_known(words[at - 1]))
                # numbers with commas may be joined to number words
                counts = word.number is not None and (after or before or not word.raw.isdigit())
                found += [counts] * runs
        return found

    def _is_known(self, word: Word) -> bool:
        return not self._known.isdisjoint(word.forms)


def _knows(name: str, words: Iterable[Word]) -> bool:
    """Whether a phrase of the language may have one of the words."""
    vocabulary = language(name).phrases.vocabulary
    return any(not vocabulary.isdisjoint(word.forms) for word in words)
