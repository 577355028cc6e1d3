"""Presidio's pattern recognisers over the labelled notes: its best set-up without a model.

The tokeniser is a blank spaCy pipeline, so that context words work; no names are recognised, as
that takes a model. Recognisers of the generic kinds run in every language, and those of a country
in the languages of its notes; phone numbers are read in the regions of the notes. The threshold is
the one with the best F1 on the half to build on. Of two overlapping matches the stronger counts,
then the longer, as Presidio's own anonymiser does it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata, util
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

LANGUAGES = ("en", "fr", "es")
COUNTRIES = {"en": ("uk", "us"), "fr": ("ca",), "es": ("es",)}
"""Whose national recognisers run in which language: those that the notes are from."""
REGIONS = {
    "en": ("GB", "US", "IE"),
    "fr": ("FR", "BE", "CH", "CA"),
    "es": ("ES", "MX", "AR", "CL"),
}
ENTITIES = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "IP_ADDRESS": "ip-address",
    "MAC_ADDRESS": "ip-address",
    "URL": "url",
    "IBAN_CODE": "national-id",
    "US_SSN": "national-id",
    "US_PASSPORT": "national-id",
    "UK_NHS": "national-id",
    "UK_NINO": "national-id",
    "UK_PASSPORT": "national-id",
    "ES_NIF": "national-id",
    "ES_NIE": "national-id",
    "ES_PASSPORT": "national-id",
    "CA_SIN": "national-id",
}
"""Entities that are kinds of ours. A date is no date of birth, so that DATE_TIME is left out."""
KINDS = tuple(dict.fromkeys(ENTITIES.values()))
THRESHOLD = 0.4


class Readable(Protocol):
    """What is read of a note."""

    @property
    def language(self) -> str: ...  # noqa: D102 - a plain attribute
    @property
    def text(self) -> str: ...  # noqa: D102 - a plain attribute


def installed() -> bool:
    """Whether presidio-analyzer is there."""
    return util.find_spec("presidio_analyzer") is not None


def version() -> str:
    """The name and version that is compared with."""
    return f"presidio-analyzer {metadata.version('presidio-analyzer')}, pattern recognisers"


def kinds_in(notes: Sequence[Readable], threshold: float = THRESHOLD) -> Iterator[frozenset[str]]:
    """The kinds of identifier that Presidio finds in each note."""
    for note in notes:
        results = _analyser(note.language).analyze(
            note.text, language=note.language, score_threshold=threshold
        )
        kept = _standing([result for result in results if result.entity_type in ENTITIES])
        yield frozenset(ENTITIES[result.entity_type] for result in kept)


def _standing(results: Sequence[RecognizerResult]) -> list[RecognizerResult]:
    kept: list[RecognizerResult] = []
    for result in sorted(results, key=lambda r: (-r.score, r.start - r.end)):
        if not any(result.start < other.end and other.start < result.end for other in kept):
            kept.append(result)
    return kept


@cache
def _analyser(language: str) -> AnalyzerEngine:
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    # otherwise the list of public suffixes would be fetched
    offline = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    tldextract.tldextract.TLD_EXTRACTOR = offline
    engine = SlimSpacyNlpEngine(auto_download=False)
    pipeline = spacy.blank(language)
    pipeline.add_pipe(_words_as_lemmas())
    engine.nlp = {language: pipeline}
    registry = RecognizerRegistry(
        recognizers=list(_recognisers(language)), supported_languages=[language]
    )
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[language])


@cache
def _words_as_lemmas() -> str:
    """The name of a pipe without which a blank pipeline has no words for contexts."""
    from spacy.language import Language
    from spacy.tokens import Doc

    @Language.component("words_as_lemmas")
    def words_as_lemmas(document: Doc) -> Doc:
        for token in document:
            token.lemma_ = token.lower_
        return document

    return "words_as_lemmas"


def _recognisers(language: str) -> Iterator[Any]:
    from presidio_analyzer import PatternRecognizer, predefined_recognizers

    generic = ("CreditCard", "Crypto", "Email", "Iban", "Ip", "MacAddress", "Url", "Uuid")
    for name in predefined_recognizers.__all__:
        made = getattr(predefined_recognizers, name)
        if not (isinstance(made, type) and issubclass(made, PatternRecognizer)):
            continue
        country = getattr(made, "COUNTRY_CODE", None)
        if country in COUNTRIES[language] or name.removesuffix("Recognizer") in generic:
            yield made(supported_language=language)
    yield predefined_recognizers.PhoneRecognizer(
        supported_language=language, supported_regions=REGIONS[language]
    )
