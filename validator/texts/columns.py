"""Many texts at once: what differs in nothing that is read is read once.

Remarks differ by ticket numbers, dates and totals far more than by what they state. The texts are
cut into sentences, digits that count nothing are made zeros, and each sentence that is then left is
read once. The answers equal those of ``Speaker.says``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validator.model.text import LANGUAGES
from validator.texts.prefilter import anchors
from validator.texts.speaker import Heard, Speaker, Stated
from validator.texts.tokenise import MAX_CHARACTERS, SHORTENED, Clause, Word, clauses, plain
from validator.texts.words import elected, language, vote

if TYPE_CHECKING:
    import polars as pl

MOST = 100_000
"""Sentences that are remembered; when there are more, all are forgotten and learnt anew."""

_CUT = "\x1f"
_LETTERS = "".join(
    c for c in map(chr, range(0x61, 0x64B)) if c.islower() or "\u0620" < c != "\u0640"
)
_ENDS = [*(f"{c}. " for c in f'{_LETTERS}0123456789)]»"'), "! ", "? ", "; ", "؟ ", "؛ ", "\n"]
"""Where a clause ends for certain: capitals before a full stop may go on as initials."""
_AFTER = [end.rstrip(" ") + _CUT for end in _ENDS]
_NUMERALS = list("123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_DIGITS, _ZEROS = re.compile(r"\d+"), re.compile("0+")


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence whose digits are all zeros.

    ``votes`` are those of its words for the languages, ``speaks`` whether it may say anything, and
    ``counts`` tells for each run of digits whether it may be the number of something. An
    ``odd`` one can only be read with the whole text.
    """

    votes: int
    speaks: bool
    counts: tuple[bool, ...]
    odd: bool


class Columns:
    """Reads columns of texts for a speaker.

    ``stated`` holds what the texts of the last column state, by their meanings.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.stated: list[Mapping[str, Stated]] = []
        self._anchors = anchors(speaker.index, speaker.roles)
        self._known = speaker.index.phrases.vocabulary.union(
            *(language(name).phrases.vocabulary for name in LANGUAGES)
        )
        self._forget()

    def _forget(self) -> None:
        self.stated[:] = [{}]
        self._shapes: dict[str, Shape] = {}
        self._heard: list[Heard] = [Heard()]
        self._heard_by_key: dict[object, int] = {self._heard[0].key: 0}
        self._read: dict[tuple[str, str, frozenset[str]], int] = {}
        self._meanings: dict[tuple[Any, ...], int] = {(): 0}
        self._together: dict[tuple[int, ...], int] = {}

    def meanings(self, texts: pl.Series) -> pl.Series:
        """The number of what each text states, an index of ``stated``; 0 where that is nothing."""
        import numpy as np
        import polars as pl

        sizes = len(self._shapes), len(self._read), len(self._together), len(self.stated)
        if max(sizes) > MOST:
            self._forget()
        if texts.is_empty():
            return pl.Series(dtype=pl.UInt32)
        cut = texts.str.replace_many(_ENDS, _AFTER).str.split(_CUT)
        many = cut.list.len().cast(pl.Int64).to_numpy()
        first, at = many.cumsum() - many, np.repeat(np.arange(len(many)), many)
        sentences = cut.explode()
        spelt = sentences.str.replace_many(_NUMERALS, ["0"] * len(_NUMERALS))
        names = spelt.unique()
        code = spelt.cast(pl.Enum(names)).to_physical().to_numpy()
        shapes = [self._shape(name) for name in names]
        votes = np.add.reduceat(np.array([s.votes for s in shapes])[code], first)
        odd = np.logical_or.reduceat(np.array([s.odd for s in shapes])[code], first)
        odd |= (texts.str.len_chars() > MAX_CHARACTERS).to_numpy()
        odd |= texts.str.contains(_CUT, literal=True).to_numpy()
        rows = np.flatnonzero(np.array([s.speaks for s in shapes])[code] & ~odd[at])
        found = np.zeros(len(many), dtype=np.uint32)
        if rows.size:
            tongues, tongue = np.unique(votes[at[rows]], return_inverse=True)
            told = pl.DataFrame(
                {
                    "shape": code[rows],
                    "tongue": tongue,
                    "digits": self._digits(sentences.gather(rows), code[rows], shapes),
                }
            )
            distinct = told.unique(maintain_order=True).with_row_index("key")
            keys = told.join(distinct, on=told.columns, how="left", maintain_order="left")
            elections = [elected(int(total)) for total in tongues]
            heard = np.array(
                [
                    self._hear(names[shape], digits, elections[number])
                    for _, shape, number, digits in distinct.iter_rows()
                ]
            )[keys.get_column("key").to_numpy()]
            says = heard > 0
            self._combine(found, at[rows][says], heard[says])
        for position in np.flatnonzero(odd):
            found[position] = self._meaning(self.speaker.says(texts[int(position)]))
        return pl.Series(found)

    def _digits(self, sentences: pl.Series, code: Any, shapes: Sequence[Shape]) -> pl.Series:
        """The numbers of each sentence that may count something, with spaces between them."""
        import numpy as np
        import polars as pl

        wanted = np.array([any(shape.counts) for shape in shapes])[code]
        runs = sentences.filter(pl.Series(wanted)).str.extract_all(r"\d+")
        many = runs.list.len().cast(pl.Int64).to_numpy()
        size = np.array([len(shape.counts) for shape in shapes])
        counts = np.array([count for shape in shapes for count in shape.counts], dtype=bool)
        start = (size.cumsum() - size)[code[wanted]]
        place = np.arange(many.sum()) - np.repeat(many.cumsum() - many - start, many)
        rows = pl.DataFrame({"row": np.repeat(np.flatnonzero(wanted), many), "run": runs.explode()})
        some = rows.filter(pl.Series(counts[place])).group_by("row", maintain_order=True)
        joined = some.agg(pl.col("run").str.join(" "))
        digits = pl.repeat("", sentences.len(), eager=True)
        return digits.scatter(joined.get_column("row"), joined.get_column("run"))

    def _combine(self, found: Any, at: Any, heard: Any) -> None:
        """Put in the meanings of the texts at the places ``at``, which ascend."""
        import numpy as np

        first = np.flatnonzero(np.diff(at, prepend=-1))
        many = np.diff(first, append=len(at))
        numbers = heard.tolist()
        for start, count, place in zip(
            first.tolist(), many.tolist(), at[first].tolist(), strict=True
        ):
            key = tuple(numbers[start : start + count])
            if key not in self._together:
                self._together[key] = self._meaning(
                    self.speaker.stated([self._heard[number] for number in key])
                )
            found[place] = self._together[key]

    def _meaning(self, stated: Mapping[str, Stated]) -> int:
        key = tuple(stated.items())
        if key not in self._meanings:
            self._meanings[key] = len(self.stated)
            self.stated.append(stated)
        return self._meanings[key]

    def _hear(self, shape: str, digits: str, names: frozenset[str]) -> int:
        """The number of what a sentence says; 0 where that is nothing."""
        place = shape, digits, names
        if place not in self._read:
            numbers, counts = iter(digits.split()), iter(self._shapes[shape].counts)
            text = _ZEROS.sub(lambda run: next(numbers) if next(counts) else run[0], shape)
            heard = self.speaker.heard(tuple(clauses(text)), names)
            number = self._heard_by_key.setdefault(heard.key, len(self._heard))
            if number == len(self._heard):
                self._heard.append(heard)
            self._read[place] = number
        return self._read[place]

    def _shape(self, text: str) -> Shape:
        if text not in self._shapes:
            self._shapes[text] = self._new_shape(text)
        return self._shapes[text]

    def _new_shape(self, text: str) -> Shape:
        cut = tuple(clauses(text))
        words = [word for clause in cut for word in clause.words]
        counts = tuple(count for clause in cut for count in self._counts(clause))
        # where folding makes digits of other signs, places in the two cannot be compared
        runs = _DIGITS.findall(plain(text))
        return Shape(
            votes=sum(map(vote, words)),
            speaks=any(not self._anchors.isdisjoint(word.forms) for word in words),
            counts=counts,
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
