"""docs/identifiers.md: the kinds of direct identifier, what each catches and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from validator.identifiers.recognise import PLUGINS, kinds
from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Points, Prose, Verbatim


def _blocks() -> Iterator[Block]:
    yield Heading("Direct identifiers", 1)
    yield Prose(
        "The check `direct-identifier` reads every free text and every string field that is not "
        "declared `identifies: pseudonym`, nor repeats such a field of another table. A field "
        "whose pattern can hold no identifier is read only where a cell breaks the pattern. Coded "
        "fields, numbers and dates hold no text, and unknown columns are reported and not read."
    )
    yield Prose(
        "A cell gives one finding for each kind in it. The message names the kind, and never shows "
        "the text. Where kinds overlap the most specific speaks: an e-mail address is no user "
        "name, and a number after the word passport is no telephone number. The standard's own "
        "references identify nobody where their pattern has a letter that must be there."
    )
    yield Prose("Whatever the kind,")
    yield Points(
        [
            "Arabic-Indic digits, full-width signs, typographic quotes and dashes are read as "
            "their plain forms, accents apart from their letters as one letter with them, and "
            "marks that nobody sees are left out.",
            "labels are known in English, French, Spanish and Arabic.",
            "national numbers are read in the form of the country in the field `contributor` "
            "(ISO 3166-1, two or three letters), where the table has that field.",
            "no list of what was found is kept, and nothing is sent anywhere: all lists come with "
            "the installed libraries.",
        ]
    )
    every = sorted(kinds().values(), key=lambda kind: kind.name)
    yield Grid(
        ["kind", "what it is"], [[f"[`{kind.name}`](#{kind.name})", kind.title] for kind in every]
    )
    for kind in every:
        yield Heading(kind.name)
        yield Prose(f"Catches: {kind.catches}")
        yield Prose(f"Cannot catch: {kind.cannot}")
    yield Heading("Where the lists come from")
    yield Points(
        [
            "`phonenumbers` (Apache-2.0): numbering plans of every country.",
            "`python-stdnum` (LGPL-2.1-or-later): check digits of national numbers and IBAN.",
            "`faker` (MIT): given names and surnames of some eighty locales.",
            "`pycountry` (LGPL-2.1): countries and their parts, which are not persons.",
        ]
    )

    yield from _cost()
    yield from _plugins()


def _cost() -> Iterator[Block]:
    yield Heading("What it costs")
    yield Prose(
        "A look over the column, one pattern a kind and linear in the text, leaves out nearly all "
        "texts that hold nothing: dates, counts, versions, batch and ticket numbers never get "
        "further, nor do notes with typographic signs or Arabic digits. Of a text that gets "
        "through, RE2 says in one pass over a few sets of patterns which of them can match at all; "
        "only those are then tried with Python's exact ones. Neither look drops what the exact "
        "patterns would find: generated sentences and the labelled notes are read with and "
        "without. An answer is remembered, for all contributors at once where no number in "
        "national form is in the text."
    )
    yield Prose(
        "Notes that differ in nothing but their digits are looked at once, where no digit matters: "
        "it does not for an e-mail address or a name, nor for a telephone number with its +, and "
        "it does for a date, a check digit or a number in national form. Each kind says which."
    )
    yield Prose("`python -m benchmarks.texts` prints what it adds to a check.")


def _plugins() -> Iterator[Block]:
    yield Heading("Kinds of your own, and names by a model")
    yield Prose(
        "A package that you install can add kinds: by an entry point of the group "
        f"`{PLUGINS}` that names a module with a `KIND`. What is not installed costs "
        "nothing, and no kind of ours can be replaced. A plug-in that cannot be loaded makes the "
        "check show as failed."
    )
    yield Prose(
        "No model that recognises names comes with accordant. One takes some hundred megabytes "
        "and milliseconds for each text, where the whole check takes microseconds; in short "
        "notes it takes places, bodies and series for persons; and what it finds changes with "
        "its version, where two countries must get the same answer. Where names are missed that a "
        "model of yours would find, this adds spaCy's, as a kind of its own:"
    )
    yield Verbatim(_EXAMPLE, "python names_by_model.py")
    yield Verbatim(_ENTRY, "toml pyproject.toml")
    yield Prose(
        "Its findings count like any others, so try it on your own notes first. It has not been "
        "measured on ours."
    )


_EXAMPLE = r"""
import re
from functools import cache

from validator.identifiers.kind import Kind, Span

WORD = re.compile(r"[^\W\d_]{2}")


@cache
def model():
    import spacy

    return spacy.load("xx_ent_wiki_sm")


def find(passage, context):
    for entity in model()(passage.text).ents:
        if entity.label_ in {"PER", "PERSON"}:
            yield Span(entity.start_char, entity.end_char)


KIND = Kind(
    name="name-by-model",
    title="the name of a person, as a model sees it",
    catches="Names that the model knows.",
    cannot="Names that it does not know.",
    rank=140,  # above ours: where they find something too, theirs is said
    prefilter=r"\pL{2}",  # which texts are looked at: here, all with a word
    patterns=(WORD,),  # without one of these in the text, find is not called
    find=find,
)
""".lstrip()
_ENTRY = f"""
[project]
name = "names-by-model"
version = "1.0"
dependencies = ["accordant", "spacy"]

[project.entry-points."{PLUGINS}"]
names = "names_by_model"
""".lstrip()

PAGE = Page("docs/identifiers.md", "Direct identifiers", lambda: markdown(_blocks()))
