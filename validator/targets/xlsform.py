"""XLSForm: a form for each table, for field collection with ODK, Kobo and their like."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from validator.model.lexical import DATES, INTEGER, NUMBER, pattern_of
from validator.model.standard import Field, Kind, Severity, Standard, Table
from validator.model.text import LANGUAGES, Text
from validator.registry import Artefact, Loss, Target
from validator.targets._codebook import LANGUAGE_NAMES
from validator.targets._excel_cells import what_to_type
from validator.targets._logic import broken, unspecified
from validator.targets._losses import place, rule_place, stale
from validator.targets._patterns import portable
from validator.targets._xpath_rules import condition, digits, quoted, refusal

MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, so that equal standards give equal bytes
GIVEN = "given"
"""The choice that says that a value is given, where a missing reason might be."""

Row = dict[str, str]


def _languages(name: str, text: Text, otherwise: str) -> Row:
    """A text in each language, in the columns that XLSForm has for that."""
    return {
        f"{name}::{LANGUAGE_NAMES[tag]} ({tag})": text.in_language(tag) or otherwise
        for tag in LANGUAGES
    }


class _Form:
    """The sheets of one table's form."""

    def __init__(self, standard: Standard, table: Table) -> None:
        self._standard = standard
        self._table = table
        self._reasons = standard.missing_reasons
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self.losses: list[Loss] = []
        for field in table.fields:
            self._ask(field)
        self._rules()
        self.losses += self._whole()

    def _lose(self, what: str, field: Field, why: str) -> None:
        self.losses.append(Loss(what, place(self._table, field.name), why))

    def _ask(self, field: Field) -> None:
        words = _languages("label", field.title, field.name)
        hints = _languages("hint", field.description, what_to_type(field))
        required = {} if field.optional else {"required": "yes"}
        relevant = self._relevant(field)
        if relevant:
            required = {"required": "yes", "relevant": relevant}
        listed = self._listed(field)
        if listed:
            kind = "select_multiple" if field.many else "select_one"
            constraint = self._one_reason(field) if field.many else {}
            row = {"type": f"{kind} {field.name}", "name": field.name}
            self.survey.append(row | words | hints | required | constraint)
            return
        constraint = self._constraint(field)
        kind = {Kind.INTEGER: "integer", Kind.NUMBER: "decimal"}.get(field.kind, "text")
        if not field.missing:
            row = {"type": kind, "name": field.name}
            self.survey.append(row | words | hints | required | constraint)
            return
        # a question takes a number or a date, and no missing reason: two ask for the one field
        asked, value = f"{field.name}_known", f"{field.name}_value"
        codes = [("given", Text({"en": "Given", "fr": "Donné", "es": "Dado", "ar": "معطى"}))]
        codes += [(reason, self._reasons.by_code[reason].label) for reason in field.missing]
        self._choose(asked, codes)
        self.survey += [
            {"type": f"select_one {asked}", "name": asked} | words | hints | required,
            {"type": kind, "name": value, "required": "yes"}
            | words
            | hints
            | {"relevant": f"${{{asked}}} = '{GIVEN}'"}
            | constraint,
            {
                "type": "calculate",
                "name": field.name,
                "calculation": f"if(${{{asked}}} = '{GIVEN}', ${{{value}}}, ${{{asked}}})",
            },
        ]
        why = f"{asked} and {value} ask for it: leave both out of the submission."
        self._lose("helping questions", field, why)

    def _relevant(self, field: Field) -> str | None:
        """Where the field explains the code for "other" of another, it is asked there alone."""
        for asked in self._table.fields:
            if asked.specify == field.name and asked.others and field.optional:
                why = f"It is asked only where {asked.name} is {asked.others[0]}."
                self._lose("asked less", field, why)
                told = [f"${{{asked.name}}} = {quoted(code)}" for code in asked.others]
                return " or ".join(told)
        return None

    def _listed(self, field: Field) -> bool:
        """Put what can be chosen into the choices; false where nothing is to choose from."""
        if field.kind is Kind.BOOLEAN:
            codes = [("true", _YES), ("false", _NO)]
        elif field.codelist:
            current = field.codelist.current
            codes = [(code, field.codelist.by_code[code].label) for code in current]
        else:
            return False
        codes = [(code, label) for code, label in codes if code not in self._reasons.by_code]
        codes += [(reason, self._reasons.by_code[reason].label) for reason in field.missing]
        if field.many:
            why = f"Forms put spaces between codes: write '{field.separator}' in their place."
            self._lose("separator", field, why)
        self._choose(field.name, codes)
        return True

    def _choose(self, name: str, codes: list[tuple[str, Text]]) -> None:
        self.choices += [
            {"list_name": name, "name": code} | _languages("label", label, code)
            for code, label in codes
        ]

    def _one_reason(self, field: Field) -> Row:
        """A missing reason stands alone."""
        if not field.missing:
            return {}
        chosen = " or ".join(f"selected(., {quoted(reason)})" for reason in field.missing)
        return {"constraint": f"count-selected(.) = 1 or not({chosen})"}

    def _constraint(self, field: Field) -> Row:
        parts: list[str | None] = []
        match field.kind:
            case Kind.INTEGER | Kind.NUMBER:
                form = INTEGER if field.kind is Kind.INTEGER else NUMBER
                parts.append(f"regex(., '^{form}$')")
                parts += [f". >= {field.minimum}"] if field.minimum is not None else []
                parts += [f". <= {field.maximum}"] if field.maximum is not None else []
            case Kind.DATE:
                parts.append(f"regex(., '^(?:{DATES[field.precision]})$')")
                parts += self._span(field)
            case _:
                parts += self._string(field)
        wrong = self._taken_for_values(field)
        parts += [f". != {quoted(reason)}" for reason in wrong]
        said = " and ".join(part for part in parts if part)
        message = _languages("constraint_message", Text({"en": what_to_type(field)}), "")
        return {"constraint": said} | message if said else {}

    def _taken_for_values(self, field: Field) -> list[str]:
        pattern = pattern_of(field)
        found = portable(pattern) if pattern else None
        return [
            reason
            for reason in self._reasons.by_code
            if found is None or re.fullmatch(found.text, reason)
        ]

    def _span(self, field: Field) -> Iterator[str]:
        for sign, bound in ((">=", field.minimum), ("<=", field.maximum)):
            if bound is not None:
                yield f"{digits('.')} {sign} {re.sub('[^0-9]', '', bound)}"

    def _string(self, field: Field) -> Iterator[str | None]:
        if field.pattern:
            found = portable(field.pattern)
            form = quoted(found.anchored) if found else None
            if form is None:
                why = "The pattern has signs that a form cannot hold; it is left out."
                self._lose("pattern", field, why)
            else:
                yield f"regex(., {form})"
        elif not field.free_text:
            self._lose("placeholder", field, "Texts that only fill the cell (n/a, tbc) pass.")
        if field.min_length is not None:
            yield f"string-length(.) >= {field.min_length}"
        if field.max_length is not None:
            yield f"string-length(.) <= {field.max_length}"

    def _rules(self) -> None:
        """A note where a record breaks a rule; one that must be answered stops the form."""
        for field in self._table.fields:
            formula = unspecified(field, self._table, self._reasons)
            says = self._table.by_name.get(field.specify or "")
            if formula and says and not says.optional:
                said = condition(formula, self._reasons)
                title = Text({"en": f"{field.label}: say which"})
                self._note(f"{field.name}_specified", said, title, Text(), stops=True)
        for rule in self._standard.rules_of(self._table.name):
            found = broken(rule, self._table, self._reasons, refusal)
            if found.beyond:
                self.losses.append(Loss(found.extent, rule_place(rule), " ".join(found.beyond)))
            if found.formula is None:
                continue
            said = condition(found.formula, self._reasons)
            stops = rule.severity is Severity.ERROR
            self._note(rule.id.replace("-", "_"), said, rule.title, rule.mend, stops=stops)

    def _note(self, name: str, relevant: str, title: Text, mend: Text, *, stops: bool) -> None:
        row = {"type": "note", "name": f"rule_{name}", "relevant": relevant}
        row |= _languages("label", title, name) | _languages("hint", mend, "")
        self.survey.append(row | ({"required": "yes"} if stops else {}))

    def _whole(self) -> Iterator[Loss]:
        table = self._table
        if table.key:
            why = f"Whether the key ({', '.join(table.key)}) is there twice takes more records."
            yield Loss("key", place(table), why)
        for field in table.fields:
            at = place(table, field.name)
            if field.unique and (field.name,) != table.key:
                why = "Whether a value is there twice takes more than one record."
                yield Loss("unique value", at, why)
            if field.references:
                why = f"Whether {field.references.table} holds the record takes another form."
                yield Loss("reference", at, why)
        yield from stale(table)


_YES = Text({"en": "Yes", "fr": "Oui", "es": "Sí", "ar": "نعم"})
_NO = Text({"en": "No", "fr": "Non", "es": "No", "ar": "لا"})


def _workbook(standard: Standard, table: Table, form: _Form) -> bytes:
    # the library is wanted by few commands
    from xlsxwriter import Workbook

    settings = {
        "form_title": f"{standard.title or standard.id}: {table.title or table.name}",
        "form_id": f"{standard.id}_{table.name}".replace("-", "_"),
        "version": standard.version,
        "default_language": f"{LANGUAGE_NAMES['en']} (en)",
    }
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": settings["form_title"], "created": MADE})
    sheets: tuple[tuple[str, list[Row]], ...] = (
        ("survey", form.survey),
        ("choices", form.choices),
        ("settings", [settings]),
    )
    for name, rows in sheets:
        sheet: Any = book.add_worksheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column)
            for number, row in enumerate(rows, start=1):
                if row.get(column):
                    sheet.write_string(number, index, row[column])
        sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _compile(standard: Standard) -> Artefact:
    forms = {table.name: _Form(standard, table) for table in standard.tables}
    files = {
        f"{name}.xlsx": _workbook(standard, standard.by_name[name], form)
        for name, form in forms.items()
    }
    found = [loss for form in forms.values() for loss in form.losses]
    why = "Checks of free text, of disclosure and of the data set as a whole are accordant's own."
    whole = Loss("checks of the whole", standard.id, why)
    why = "Each table is a form of its own: a record is not collected inside another."
    return Artefact(files, (*found, whole, Loss("nesting", standard.id, why)))


TARGET = Target(
    name="xlsform",
    title="XLSForm (ODK, Kobo)",
    describes=(
        "A form for each table, for field collection: choices with labels in every language, "
        "missing reasons among them, constraints, and a note that stops the form where a rule of "
        "one record is broken."
    ),
    compile=_compile,
)
