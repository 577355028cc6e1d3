"""From the counts of a submission to its profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from validator.model.disclosure import Audience
from validator.model.lexical import BOOLEANS, domain, is_ordered
from validator.model.standard import Field, Kind, Published, Standard
from validator.profiling import hiding
from validator.profiling.bands import QUANTILES, banded, mean, quantile
from validator.profiling.counting import Counted, FieldCounts, TableCounts
from validator.profiling.figures import (
    HIDDEN,
    FieldProfile,
    Numbers,
    Portion,
    Profile,
    Reason,
    Row,
    Shape,
    Source,
    TableProfile,
    portion,
)
from validator.profiling.units import many_of, unit_of

MOST_CODES = 30
"""A longer list of codes shows the codes that are used, the commonest first."""
RECORDED, BLANK, INVALID = "recorded", "", "(invalid)"
"""Parts of a field's records; the others are missing reasons."""


def described(counted: Counted, found_by: str, audience: Audience | None = None) -> Profile:
    """The profile of a submission; for an ``audience``, counts below its k are hidden."""
    standard = counted.standard
    tables = counted.groups.get("", {})
    return Profile(
        standard.id,
        standard.version,
        standard.digest,
        found_by,
        standard.source,
        tuple(counted.files),
        tuple(
            _table(counted, tables[table.name], audience)
            for table in standard.tables
            if table.name in tables
            and (not counted.wanted or counted.wanted.intersection(table.by_name))
        ),
        audience,
    )


def _table(whole: Counted, counts: TableCounts, audience: Audience | None) -> TableProfile:
    standard, table = whole.standard, counts.table
    unit = unit_of(standard, table) or "record"
    name, label = table.name, str(table.title) or table.name
    if audience and 0 < counts.records < audience.k:
        note = f"The table has fewer than {audience.k} records, so that nothing of it is shown."
        return TableProfile(name, label, unit, None, 0, (), (), (note,))
    notes = [
        f"These records belong to the table {parent}, and those of one record there are alike, "
        "so that the intervals are narrower than they should be."
        for parent in table.parents()
    ]
    fields = [counts.fields[f.name] for f in table.fields if f.name in counts.fields]
    present = {each.field.name for each in fields}
    return TableProfile(
        name,
        label,
        unit,
        counts.records,
        counts.blank_rows,
        tuple(_Describing(standard, counts, each, unit, audience).field() for each in fields),
        tuple(
            f.name
            for f in table.fields
            if f.name not in present and (not whole.wanted or f.name in whole.wanted)
        ),
        tuple(notes),
    )


class _Describing:
    """One field on its way into the profile."""

    def __init__(
        self,
        standard: Standard,
        table: TableCounts,
        counts: FieldCounts,
        unit: str,
        audience: Audience | None,
    ) -> None:
        self.standard, self.counts, self.unit = standard, counts, unit
        self.of: Field = counts.field
        self.k = audience.k if audience else 0
        self.without = table.records - counts.records
        self.published = self.of.published or Published()
        self.same_unit = self.published.unit in {None, unit}
        parts = {RECORDED: counts.recorded, BLANK: counts.blank, INVALID: counts.invalid}
        parts |= counts.reasons
        self.hidden = hiding.hidden(parts, self.k)
        if 0 < self.without < self.k:
            self.hidden = frozenset(parts)
        self.values = self._values()
        self.hidden_rows = (
            frozenset(self.values)
            if RECORDED in self.hidden
            else hiding.hidden_of_several(self.values, counts.recorded, self.k)
            if self.of.many
            else hiding.hidden(self.values, self.k)
        )

    def field(self) -> FieldProfile:
        rows = tuple(self._rows())
        recorded, asked = self._portion(RECORDED, self.counts.recorded), self._asked()
        return FieldProfile(
            name=self.of.name,
            label=self.of.label,
            shape=self._shape(),
            records=self.counts.records,
            without_column=self.without,
            recorded=recorded,
            asked=asked,
            reasons=tuple(self._reasons()),
            blank=self._portion(BLANK, self.counts.blank),
            optional=self.of.optional,
            invalid=self._portion(INVALID, self.counts.invalid),
            rows=rows,
            unused=self._unused(),
            numbers=self._numbers(),
            source=self._source(recorded),
            ordered=any(row.and_above for row in rows),
            notes=tuple(self._notes(asked)),
        )

    def _shape(self) -> Shape:
        match self.of.kind:
            case Kind.CODES | Kind.BOOLEAN:
                return Shape.SEVERAL if self.of.many else Shape.CODES
            case Kind.INTEGER | Kind.NUMBER:
                listed = set(self.values) <= set(self.counts.values)
                return Shape.NUMBERS if listed and not self.published.valid else Shape.BANDS
            case Kind.DATE:
                return Shape.YEARS
            case _:
                return Shape.TEXT

    def _values(self) -> dict[str, int]:
        """How often each row of the distribution is there, in the order of the rows."""
        counts, of = self.counts.values, self.of
        if of.kind in {Kind.INTEGER, Kind.NUMBER}:
            return banded(counts, self.published.valid)
        if of.kind is Kind.DATE:
            return dict(sorted(counts.items()))
        codes = [c for c in self._current() if c not in self.standard.missing_reasons.by_code]
        if len(codes) > MOST_CODES:
            used = [code for code in codes if counts[code] or code in self.published.valid]
            return {code: counts[code] for code in sorted(used, key=lambda c: (-counts[c], c))}
        return {code: counts[code] for code in codes}

    def _current(self) -> tuple[str, ...]:
        if self.of.kind is Kind.BOOLEAN:
            return domain(self.of) or BOOLEANS
        return self.of.codelist.current if self.of.codelist else ()

    def _unused(self) -> int:
        """Codes that no record uses. Hidden ones are used."""
        coded = self.of.kind is Kind.CODES
        return sum(not self.counts.values[code] for code in self._current()) if coded else 0

    def _portion(self, part: str, count: int) -> Portion:
        return HIDDEN if part in self.hidden else portion(count, self.counts.records)

    def _reasons(self) -> Iterator[Reason]:
        for code in self.standard.missing_reasons.codes:
            count, allowed = self.counts.reasons[code.code], code.code in self.of.missing
            if count or allowed:
                share = self._portion(code.code, count)
                yield Reason(code.code, str(code.label), share, allowed)

    def _asked(self) -> Portion | None:
        """The recorded share of those records for which the question arises."""
        reasons = self.standard.missing_reasons.codes
        outside = [c.code for c in reasons if c.inapplicable and self.counts.reasons[c.code]]
        if not outside or self.hidden.intersection({RECORDED, *outside}):
            return None
        left = self.counts.records - sum(self.counts.reasons[code] for code in outside)
        return portion(self.counts.recorded, left)

    def _rows(self) -> Iterator[Row]:
        labels: Mapping[str, str] = (
            {c.code: str(c.label) for c in self.of.codelist.codes} if self.of.codelist else {}
        )
        # years are no scale, and what is cumulated would show what is hidden
        scale = is_ordered(self.of) and self.of.kind is not Kind.DATE and not self.hidden_rows
        above = sum(self.values.values())
        for value, count in self.values.items():
            published = self.published.valid.get(value)
            share = HIDDEN if value in self.hidden_rows else portion(count, self.counts.recorded)
            yield Row(
                value,
                labels.get(value, ""),
                share,
                portion(above, self.counts.recorded) if scale and value != "other" else None,
                published,
                self._agrees(share, published),
            )
            above -= count

    def _agrees(self, share: Portion, published: Decimal | None) -> bool | None:
        """Whether the interval meets a published figure, which is rounded to its last digit."""
        if published is None or not self.same_unit or share.low is None or share.high is None:
            return None
        exponent = published.as_tuple().exponent
        half = 0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0)
        return share.low - half <= float(published) <= share.high + half

    def _numbers(self) -> Numbers | None:
        values, total = self.counts.values, self.counts.recorded
        numeric = self.of.kind in {Kind.INTEGER, Kind.NUMBER}
        if not numeric or not total or RECORDED in self.hidden:
            return None
        # to an audience, as many records as it asks for must lie on either side
        shown = {
            name: quantile(values, at)
            for name, at in QUANTILES.items()
            if min(at, 1 - at) * total >= self.k
        }
        average = None if self.hidden_rows else mean(values)
        return Numbers(shown, average, self.counts.rounded)

    def _source(self, recorded: Portion) -> Source | None:
        if self.of.published is None:
            return None
        figures = self.published.valid
        return Source(
            self.published.unit,
            self.same_unit,
            self.published.recorded,
            self._agrees(recorded, self.published.recorded),
            sum(figures.values(), Decimal(0)) if figures else None,
            self.of.source,
        )

    def _notes(self, asked: Portion | None) -> Iterator[str]:
        figures = self.published.valid
        total = sum(figures.values(), Decimal(0))
        if figures and total != 100:
            less = f" {100 - total} points are given to no value." if total < 100 else ""
            yield (
                f"The published figures sum to {total}, not to 100.{less} They are shown as they "
                "are published; nothing is scaled."
            )
        if not self.same_unit:
            theirs, ours = many_of(self.published.unit, None), many_of(self.unit, None)
            yield (
                f"The published figures count {theirs}, and these records are {ours}: the two "
                "stand side by side, and are no test of each other."
            )
        if asked is not None and self.published.recorded is not None:
            yield (
                "The published recorded rate stands beside the share of all records. If its source "
                "counts only those to which the question applies, compare the second share."
            )
        if self.of.many:
            yield "A record may hold several codes, so that the shares may sum to more than 100."
        reasons = frozenset(self.counts.reasons) - self.hidden
        if wrong := [r for r in reasons if self.counts.reasons[r] and r not in self.of.missing]:
            told = ", ".join(sorted(wrong))
            yield f"Not allowed in this field: {told}. 'accordant check' says in which rows."
        if self.counts.rounded:
            yield "There are very many different numbers, so each was rounded to three digits."
        if self.without and not 0 < self.without < self.k:
            yield f"{self.without:,} more records are in files without this column."
        if self.hidden or self.hidden_rows:
            yield (
                f"Counts below {self.k} are hidden, and others with them from which they could be "
                "worked out."
            )
