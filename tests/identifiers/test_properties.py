"""What holds for every text."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
import re2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator.identifiers.kind import Context
from validator.identifiers.recognise import kinds, prefilter, recognise

NEUTRAL = [
    "coded",
    "checked",
    "agreed",
    "by",
    "two",
    "coders",
    "batch",
    "ticket",
    "version",
    "total",
    "page",
    "row",
    "files",
    "images",
    "videos",
    "record",
    "in",
    "the",
    "of",
    "and",
    "quarter",
    "level",
    "series",
    "reviewed",
    "received",
    "codebook",
    "as",
    "agreed",
    "lot",
    "relu",
    "codé",
    "fichiers",
    "images",
    "pages",
    "trimestre",
    "deux",
    "codeurs",
    "lote",
    "archivos",
    "imágenes",
    "revisado",
    "codificado",
    "dos",
    "دفعة",
    "صفحة",
    "ملفات",
    "صور",
    "مراجعة",
    "تم",
    "ترميز",
]
PIECES = [
    "@",
    ".",
    ":",
    "/",
    "+",
    "(",
    ")",
    "-",
    "#",
    "°",
    "'",
    '"',
    "\\",
    "[at]",
    "dot",
    "tel",
    "born",
    "née",
    "مواليد",
    "الهاتف",
    "passport",
    "DNI",
    "case",
    "no.",
    "IBAN",
    "GB82WEST12345698765432",
    "192.0.2.14",
    "2001:db8::",
    "2011-03-12",
    "0612345678",
    "+33199001234",
    "48.85661",
    "Maria",
    "Lopez",
    "Mr",
    "السيد",
    "أحمد",
    "rue",
    "calle",
    "شارع",
    "example.org",
    "IMG_0042.jpg",
    "9e107d9d372bb6826bd8",
    "٠٥٠",
    "\u200e",
    "́",
    "َ",
    "\xa0",
]
REGIONS = st.sampled_from([None, "FR", "ES", "EG", "GB", "US", "PL", "ZA", "XX"])
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
)


@settings(deadline=None)  # the first text loads the lists of names
@given(texts, REGIONS)
@example("9" * 3000, "FR")
@example("a." * 2000, None)
@example("+1 " * 1000, "US")
@example("Maria " * 500, None)
@example("@" * 2000, None)
@example("12 rue " * 400, "FR")
def test_no_text_breaks_it_and_places_lie_in_order_within_the_text(text, region):
    items = recognise(text, Context(region))
    end = 0
    for item in items:
        assert end <= item.span.start < item.span.end <= len(text)
        end = item.span.end
    if items:
        assert re2.compile(prefilter()).search(text), "the filter over the column lets it through"


@given(
    st.lists(st.sampled_from(NEUTRAL) | st.integers(0, 9999).map(str), max_size=12).map(" ".join),
    REGIONS.filter(lambda region: region is None or region == "FR"),
)
def test_neutral_words_and_small_numbers_identify_nobody(text, region):
    kinds_found = {item.kind.name for item in recognise(text, Context(region))}
    # small numbers side by side may be the groups of a telephone number
    assert kinds_found <= {"phone"}


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_the_filters_are_in_the_portable_subset(kind):
    re2.compile(kind.prefilter)
    frame = nw.from_native(pl.DataFrame({"text": ["x", ""]}))
    answer = frame.select(nw.col("text").str.contains(kind.prefilter))
    assert answer["text"].null_count() == 0
    for refused in ("(?=", "(?!", "(?<", r"\1"):
        assert refused not in kind.prefilter


def test_the_filter_says_the_same_in_polars_and_in_re2():
    samples = ["desk@example.org", "Née le 12/03/2011", "هاتف 22345678", "batch 12", "", "É 1"]
    answer = pl.Series(samples).str.contains(prefilter()).to_list()
    assert answer == [re2.compile(prefilter()).search(s) is not None for s in samples]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_kind_says_what_it_catches_and_what_it_cannot(kind):
    assert kind.title.startswith(("a ", "an ", "the ", "map "))
    for words in (kind.catches, kind.cannot):
        assert words.endswith(".")
        assert "  " not in words


def test_the_ranks_of_the_kinds_differ():
    ranks = [kind.rank for kind in kinds().values()]
    assert len(ranks) == len(set(ranks))
