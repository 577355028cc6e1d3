"""A text holds something that singles out a person, a file, a device or a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

import narwhals as nw

from validator.checks.disclosure._opaque import is_opaque
from validator.expressions.fields import whole_match
from validator.identifiers.columns import Alike, may_identify
from validator.identifiers.kind import Context
from validator.identifiers.recognise import recognise
from validator.model.standard import Field, Identifies, Severity, Standard, Table
from validator.model.standard import Kind as Holds
from validator.registry import Said, TextCheck, TextReader, Verdict

if TYPE_CHECKING:
    from narwhals import Expr

CONTRIBUTOR = "contributor"
"""The field that says which country's national numbers are to be expected."""


def _readers(standard: Standard, table: Table, there: frozenset[str]) -> Iterable[TextReader]:
    reads = (CONTRIBUTOR,) if CONTRIBUTOR in there else ()
    references = tuple(sorted(_references(standard)))
    for field in table.fields:
        if field.name in there and _is_text(field, standard):
            yield TextReader(
                field=field.name,
                prefilter=partial(_may, field),
                reads=reads,
                speaks=(field.name,),
                judge=_judge(field.name, references),
                about=Alike(references),
                digits=_is_opaque(field),
            )


def _may(field: Field) -> Expr:
    """Whether a cell may hold an identifier. Made with the first text: it takes lists of names."""
    column = nw.col(field.name)
    if _is_opaque(field):
        # what keeps such a pattern names nobody; what breaks it may be anything
        return may_identify(column) & ~whole_match(column, str(field.pattern))
    return may_identify(column)


def _is_opaque(field: Field) -> bool:
    return field.pattern is not None and is_opaque(field.pattern)


def _judge(field: str, references: tuple[str, ...]) -> Callable[[Mapping[str, str]], list[Said]]:
    def judge(record: Mapping[str, str]) -> list[Said]:
        context = Context(record.get(CONTRIBUTOR), references)
        kinds = {found.kind.name: found.kind for found in recognise(record[field], context)}
        return [Said(_verdict(kind.name, kind.title), field) for kind in kinds.values()]

    return judge


@cache
def _verdict(name: str, title: str) -> Verdict:
    return Verdict(
        f"The text holds what looks like {title} ({name}). Take it out: records are "
        "shared without anything that singles out a person, a file, a device or a case."
    )


def _is_text(field: Field, standard: Standard) -> bool:
    return field.kind is Holds.STRING and not _is_pseudonym(field, standard)


def _is_pseudonym(field: Field, standard: Standard) -> bool:
    if field.identifies is Identifies.PSEUDONYM:
        return True
    if field.references is None:
        return False
    repeated = standard.by_name[field.references.table].by_name[field.references.field]
    return repeated.identifies is Identifies.PSEUDONYM


def _references(standard: Standard) -> set[str]:
    """The patterns of the pseudonyms that cannot be taken for anything else."""
    return {
        field.pattern
        for table in standard.tables
        for field in table.fields
        if field.identifies is Identifies.PSEUDONYM and field.pattern and is_opaque(field.pattern)
    }


CHECK = TextCheck(
    code="direct-identifier",
    severity=Severity.ERROR,
    title="A text that singles somebody out",
    means=(
        "A text holds an e-mail address, a telephone number, the name of a person, a file name, a "
        "hash, a case number or another direct identifier; the message says which kind. Every text "
        "field is read that is not declared a pseudonym, in English, French, Spanish and Arabic."
    ),
    why=(
        "Records are shared only once nobody can be singled out. One address in a remark undoes "
        "the anonymity of a whole series."
    ),
    mend=(
        "Take it out of the text. Where the record must be found again, use the reference made "
        "for the purpose. Where the message is mistaken, say it in other words."
    ),
    readers=_readers,
)
