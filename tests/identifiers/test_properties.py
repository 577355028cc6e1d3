"""What holds for every text."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
import re2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.notes import IDENTIFIER, load
from validator.identifiers import recognise as recognise_module
from validator.identifiers.columns import may_identify, patterns
from validator.identifiers.kind import Context, Passage
from validator.identifiers.recognise import kinds, recognise

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


def through(samples: list[str]) -> list[bool]:
    """What the filter over a column says of some texts."""
    frame = nw.from_native(pl.DataFrame({"text": samples}))
    return frame.select(may_identify(nw.col("text")).alias("may"))["may"].to_list()


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
        assert through([text]) == [True], "the filter over the column lets it through"


IDENTIFIERS = [
    "desk@example.org",
    "desk (at) example (dot) org",
    "https://example.org/a",
    "hxxp://example[.]org",
    "www.example.org",
    "192.0.2.14",
    "2001:db8::1",
    "00-00-5E-00-53-01",
    "9e107d9d372bb6826bd81d3542a419d6",
    "MD5: 9e107d9d",
    "IMG_0042.jpg",
    "/mnt/evidence/a",
    "48.85661, 2.35222",
    "lat 48.85 lon 2.35",
    "+44 20 7946 0003",
    "Tel. 01 99 00 12 34",
    "هاتف 0501234567",
    "passport no. 12AB34567",
    "GB82 WEST 1234 5698 7654 32",
    "123-45-6789",
    "case no. 2024/0117",
    "قضية 117 لسنة 2024",
    "born on 12 March 2011",
    "née à Lyon le 12/03/2011",
    "مواليد 12/03/2011",
    "12 rue Victor Hugo",
    "c/Mayor 12",
    "PO Box 1234",
    "SW1A 2AA",
    "Mr Finch",
    "coder Maria Lopez",
    "name: Jane Finch",
    "السيد أحمد",
    "المحقق محمد العتيبي",
    "الاسم: سعاد",
    "username: finch_77",
    "u/finch77",
]
"""Invented throughout: reserved domains, documentation addresses, numbers set aside."""
sentences = st.tuples(
    st.lists(st.sampled_from(NEUTRAL) | st.integers(0, 99999).map(str), max_size=6).map(" ".join),
    st.sampled_from(IDENTIFIERS),
    st.sampled_from([" ", ", ", ": ", " (", "\n", "\xa0"]),
    st.lists(st.sampled_from(NEUTRAL), max_size=4).map(" ".join),
).map(lambda parts: f"{parts[0]}{parts[2]}{parts[1]}{parts[2]}{parts[3]}")


@st.composite
def typed(draw):
    """A neutral sentence with an identifier, typed as people and their programs do."""
    text = draw(sentences | texts)
    for plain_form, other in draw(st.lists(st.sampled_from(TYPED), max_size=3)):
        text = text.replace(plain_form, other)
    return draw(st.sampled_from([text, text.upper(), text.title()]))


TYPED = [
    (" ", "\u202f"),
    ("'", "’"),
    ("-", "\u2011"),
    (",", "،"),
    ("e", "e\u200b"),
    ("a", "\uff41"),
    ("é", "e\u0301"),
    ("i", "\u0131"),
    *((str(n), chr(0x660 + n)) for n in range(10)),
]


def unfiltered(text: str, region: str | None):
    """What is found where every pattern of every kind is tried."""
    with pytest.MonkeyPatch.context() as patch:
        every = lambda read: [(kind, Passage(read)) for kind in kinds().values()]  # noqa: E731 - it stands for one function
        patch.setattr(recognise_module, "_opened", every)
        return recognise_module._recognised(text, Context(region))


@settings(max_examples=300)
@given(typed(), REGIONS)
@example("9C3XGV٢C+2Q", None)
@example("192[DOT]0[DOT]2[DOT]14", None)
@example("12\nrue\nVictor Hugo", None)
@example("Tel. ९८७६५४३२१०", None)  # digits that the filters do not know
def test_the_filters_drop_nothing_that_a_kind_would_find(text, region):
    items = unfiltered(text, region)
    assert recognise_module._recognised(text, Context(region)) == items
    if items:
        assert through([text]) == [True], "the filter over the column lets it through"


def test_the_filters_drop_nothing_of_the_labelled_notes():
    notes = [note.text for note in load("build")]
    for text, may in zip(notes, through(notes), strict=True):
        items = unfiltered(text, "FR")
        assert recognise_module._recognised(text, Context("FR")) == items
        assert may or not items


def test_few_notes_without_identifiers_are_looked_at():
    neutral = [n.text for n in load("build") if not any(i.code == IDENTIFIER for i in n.labels)]
    assert sum(through(neutral)) < len(neutral) / 4


def test_an_answer_that_no_country_changes_is_remembered_for_all():
    recognise("desk@example.org, twice", Context("FR"))
    context = Context("GB")
    assert recognise("desk@example.org, twice", context) is recognise(
        "desk@example.org, twice", Context(None)
    )
    assert recognise("20 7946 0958 noted", Context("GB")) != recognise(
        "20 7946 0958 noted", Context("FR")
    )


@given(
    st.lists(st.sampled_from(NEUTRAL) | st.integers(0, 9999).map(str), max_size=12).map(" ".join),
    REGIONS.filter(lambda region: region is None or region == "FR"),
)
def test_neutral_words_and_small_numbers_identify_nobody(text, region):
    kinds_found = {item.kind.name for item in recognise(text, Context(region))}
    # small numbers side by side may be the groups of a telephone number, or of a card's
    assert kinds_found <= {"phone", "national-id"}


@pytest.mark.parametrize("pattern", patterns())
def test_the_filters_are_in_the_portable_subset(pattern):
    re2.compile(pattern)
    assert pl.Series(["x", ""]).str.contains(pattern).null_count() == 0
    for refused in ("(?=", "(?!", "(?<", r"\1"):
        assert refused not in pattern


def test_the_filter_says_the_same_in_polars_and_in_re2():
    samples = ["desk@example.org", "Née le 12/03/2011", "هاتف 22345678", "batch 12", "", "É 1"]
    for pattern in patterns():
        answer = pl.Series(samples).str.contains(pattern).to_list()
        assert answer == [re2.compile(pattern).search(s) is not None for s in samples]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_kind_says_what_it_catches_and_what_it_cannot(kind):
    assert kind.title.startswith(("a ", "an ", "the ", "map "))
    for words in (kind.catches, kind.cannot):
        assert words.endswith(".")
        assert "  " not in words


def test_the_ranks_of_the_kinds_differ():
    ranks = [kind.rank for kind in kinds().values()]
    assert len(ranks) == len(set(ranks))
