"""docs/identifiers.md: the kinds of direct identifier, what each catches and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from validator.identifiers.recognise import kinds
from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Points, Prose


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


PAGE = Page("docs/identifiers.md", "Direct identifiers", lambda: markdown(_blocks()))
