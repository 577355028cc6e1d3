"""SDMX: code lists, concepts and a data structure for each table, for statistical systems."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from validator.errors import UsageError
from validator.expressions.fields import many_pattern
from validator.model.lexical import BOOLEANS, literal, pattern_of
from validator.model.standard import CodeList, Field, Kind, Precision, Standard, Table
from validator.registry import Artefact, Loss, Target
from validator.targets._losses import of_the_standard, place, rule_place, stale
from validator.targets._patterns import portable
from validator.targets._writing import label, number

if TYPE_CHECKING:
    from pysdmx import model

AGENCY = "ACCORDANT"
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""A fixed day, so that equal standards give equal bytes."""
_IDENTIFIER = re.compile(r"[A-Za-z0-9_@$-]+")


def _id(prefix: str, name: str) -> str:
    return f"{prefix}_{re.sub('[^0-9A-Za-z]', '_', name).upper()}"


class _Structures:
    """The artefacts of one standard, and what they leave out."""

    def __init__(self, standard: Standard) -> None:
        # the library is wanted by this target alone
        from pysdmx import model

        self._model = model
        self._standard = standard
        self.losses: list[Loss] = []
        self.lists = {
            codes.id: self._codelist(codes)
            for codes in standard.codelists
            if all(_IDENTIFIER.fullmatch(code) for code in self._codes(codes))
        }
        self.schemes = [self._concepts(table) for table in standard.tables]
        self.structures = [
            self._structure(table, scheme)
            for table, scheme in zip(standard.tables, self.schemes, strict=True)
            if table.key
        ]
        keyless = [table for table in standard.tables if not table.key]
        why = "A data structure has dimensions, and the table has no key."
        self.losses += [Loss("table", table.name, why) for table in keyless]

    def _codes(self, codes: CodeList) -> dict[str, str]:
        """Codes and the missing reasons that some field of the list allows, with their labels."""
        reasons = self._standard.missing_reasons
        using = [f for t in self._standard.tables for f in t.fields if f.codelist is codes]
        allowed = [r for r in reasons.by_code if any(r in f.missing for f in using)]
        own = {code: label(codes.by_code[code]) for code in codes.current}
        return own | {reason: label(reasons.by_code[reason]) for reason in allowed}

    def _codelist(self, codes: CodeList) -> model.Codelist:
        described = {c.code: str(c.description) or None for c in codes.codes}
        items = [
            self._model.Code(id=code, name=name, description=described.get(code))
            for code, name in self._codes(codes).items()
        ]
        return self._model.Codelist(
            id=_id("CL", codes.id),
            name=str(codes.title) or codes.id,
            agency=AGENCY,
            version=self._standard.version,
            items=items,
        )

    def _concepts(self, table: Table) -> model.ConceptScheme:
        items = [
            self._model.Concept(
                id=field.name,
                name=field.label,
                description=str(field.description) or None,
            )
            for field in table.fields
        ]
        return self._model.ConceptScheme(
            id=_id("CS", table.name),
            name=str(table.title) or table.name,
            agency=AGENCY,
            version=self._standard.version,
            items=items,
        )

    def _structure(
        self, table: Table, scheme: model.ConceptScheme
    ) -> model.DataStructureDefinition:
        from pysdmx.model import Components, DataStructureDefinition

        components = [self._component(table, field, scheme.id) for field in table.fields]
        # dimensions first, as the standard has them
        order = list(self._model.Role)
        components.sort(key=lambda component: order.index(component.role))
        self.losses += [*self._whole(table)]
        return DataStructureDefinition(
            id=_id("DSD", table.name),
            name=str(table.title) or table.name,
            description=str(table.description) or None,
            agency=AGENCY,
            version=self._standard.version,
            components=Components(components),
        )

    def _component(self, table: Table, field: Field, scheme: str) -> model.Component:
        role = self._model.Role
        codes = self.lists.get(field.codelist.id) if field.codelist else None
        dtype, facets = (None, None) if codes else self._typed(table, field)
        return self._model.Component(
            id=field.name,
            required=not field.optional,
            # all that is observed of a record is a measure, in SDMX 3 also where it is coded
            role=role.DIMENSION if field.name in table.key else role.MEASURE,
            concept=self._model.ItemReference(
                sdmx_type="Concept",
                agency=AGENCY,
                id=scheme,
                version=self._standard.version,
                item_id=field.name,
            ),
            local_dtype=dtype,
            local_facets=facets,
            local_codes=codes,
        )

    def _typed(self, table: Table, field: Field) -> tuple[Any, Any]:
        types, facets = self._model.DataType, self._model.Facets
        if field.missing or field.kind in {Kind.BOOLEAN, Kind.CODES}:
            return types.STRING, facets(pattern=self._pattern(table, field))
        match field.kind:
            case Kind.INTEGER | Kind.NUMBER:
                limits: dict[str, Any] = {
                    name: number(bound)
                    for name, bound in (("min_value", field.minimum), ("max_value", field.maximum))
                    if bound is not None
                }
                kind = types.BIG_INTEGER if field.kind is Kind.INTEGER else types.DECIMAL
                return kind, facets(**limits) if limits else None
            case Kind.DATE:
                if field.minimum or field.maximum:
                    self._lose("range", table, field, "The limits of a date are not said.")
                return {
                    Precision.YEAR: types.YEAR,
                    Precision.QUARTER: types.REP_QUARTER,
                    Precision.MONTH: types.YEAR_MONTH,
                    Precision.DAY: types.DATE,
                }[field.precision], None
            case _:
                pattern = self._pattern(table, field) if field.pattern else None
                lengths = {"min_length": field.min_length, "max_length": field.max_length}
                given: dict[str, Any] = {
                    name: value for name, value in lengths.items() if value is not None
                }
                if pattern:
                    given |= {"pattern": pattern}
                return types.STRING, facets(**given) if given else None

    def _pattern(self, table: Table, field: Field) -> str | None:
        """Values and missing reasons as one pattern."""
        if field.kind is Kind.BOOLEAN:
            value: str | None = "|".join(BOOLEANS)
        elif field.codelist:
            value = many_pattern(field) if field.many else self._listed(field)
        else:
            found = pattern_of(field)
            made = portable(found) if found else None
            value = made.text if made else None
            if field.minimum is not None or field.maximum is not None:
                why = "Beside missing reasons, a value is a text: its limits are not said."
                self._lose("range", table, field, why)
        if value is None:
            if field.pattern:
                self._lose("pattern", table, field, "The pattern is left out.")
            return None
        return "|".join([f"({value})", *map(literal, field.missing)]) if field.missing else value

    def _listed(self, field: Field) -> str:
        return "|".join(literal(code) for code in field.codelist.current) if field.codelist else ""

    def _lose(self, what: str, table: Table, field: Field, why: str) -> None:
        self.losses.append(Loss(what, place(table, field.name), why))

    def _whole(self, table: Table) -> Iterator[Loss]:
        for field in table.fields:
            at = place(table, field.name)
            if field.codelist and field.codelist.id not in self.lists:
                why = (
                    "Its codes are no SDMX identifiers: they are a pattern, and lose their labels."
                )
                yield Loss("codes", at, why)
            elif field.codelist:
                allowed = {*self._codes(field.codelist)} - {*field.codelist.current}
                if allowed - {*field.missing}:
                    why = "Fields of one code list share their missing reasons."
                    yield Loss("reason", at, why)
                if field.many:
                    yield Loss("many", at, "That a cell may hold several codes is not said.")
            if field.unique and (field.name,) != table.key:
                yield Loss("unique value", at, "Only the dimensions together are unique.")
            if field.references:
                yield Loss("reference", at, "Data structures do not refer to each other's values.")
            if field.kind is Kind.STRING and not field.pattern:
                why = "Texts that only fill the cell (n/a, tbc), and any missing reason, pass."
                yield Loss("placeholder", at, why)
            if field.specify:
                why = f"That {field.specify} says which, where the code is 'other', is not said."
                yield Loss("other", at, why)
        for rule in self._standard.rules_of(table.name):
            yield Loss("rule", rule_place(rule), "A data structure has no rules between fields.")
        yield from stale(table)


def _compile(standard: Standard) -> Artefact:
    try:
        from pysdmx.io import write_sdmx
    except ImportError:
        message = "The target sdmx needs a library more: install 'accordant[sdmx]'."
        raise UsageError(message) from None
    from pysdmx.io.format import Format
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    made = _Structures(standard)
    header = Header(id=_id("ID", standard.id), prepared=MADE, sender=Organisation(id=AGENCY))
    artefacts = [*made.lists.values(), *made.schemes, *made.structures]
    text = write_sdmx(artefacts, Format.STRUCTURE_SDMX_ML_3_0, header=header, prettyprint=True)
    found = [*made.losses, *_languages(standard)]
    files = {f"{standard.id}.xml": (text or "").encode()}
    return Artefact(files, (*found, *of_the_standard(standard)))


def _languages(standard: Standard) -> Iterator[Loss]:
    why = "Names and descriptions are written in English alone."
    yield Loss("languages", standard.id, why)
    retired = [c.code for codes in standard.codelists for c in codes.codes if c.retired]
    if retired:
        yield Loss("retired codes", standard.id, "Retired codes are left out of the code lists.")


TARGET = Target(
    name="sdmx",
    title="SDMX-ML 3.0",
    describes=(
        "One structure message: a code list for each list (missing reasons among its codes), a "
        "concept scheme and a data structure for each table, with the key as dimensions."
    ),
    compile=_compile,
)
