"""A workbook to be filled in: a sheet for each table, with dropdowns and checks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from validator.expressions.headings import column_letters
from validator.expressions.wording import sentence
from validator.model.standard import CodeList, Field, Severity, Standard, Table
from validator.model.text import LANGUAGES
from validator.registry import Artefact, Loss, Target
from validator.targets._excel_cells import (
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    cut,
    number_format,
    offered,
    typing,
    what_to_type,
)
from validator.targets._excel_formulas import condition, refusal
from validator.targets._logic import broken, fields_in, unspecified
from validator.targets._losses import place, rule_place, stale

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 5_000
"""Prepared rows of each table."""
FIRST, LAST = 2, ROWS + 1
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, so that equal standards give equal bytes
LONGEST_SHEET_NAME = 31
A4 = 9
GUIDE = 100
"""The width of the guide, in characters."""
_LOCKED = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_LANGUAGE_NAMES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}
_HOW_TO = (
    "Each of the sheets {tables} holds one table. Type one record in each row.",
    "Do not rename, move or remove the headings in row 1: the check knows each column by its name.",
    "Point at a heading to read what the column means. Choose a cell to read what may be typed.",
    "A blank cell is never an answer. Where a value is missing, choose the reason from the list.",
    "The sheet Codes says what each code means, in every language that the standard has.",
    "A grey cell still has to be filled in. A red cell breaks a rule or repeats a reference. A "
    "yellow one may be right, but look again. The sheet Rules says each rule in words.",
    "Each table has {rows} prepared rows. Further rows work, without lists and colours.",
    "Pasted cells are not checked as they are pasted. When all is filled in, have the whole file "
    "checked: accordant check FILE.xlsx",
    "The sheets are protected against slips only: there is no password.",
)


class _Book:
    """One workbook while it is written."""

    def __init__(self, standard: Standard, workbook: Workbook) -> None:
        self._standard = standard
        self._book = workbook
        self.losses: list[Loss] = []
        self._lists: dict[tuple[str, ...], str] = {}
        self._named: set[str] = set()
        self._sheets = dict(_sheet_names(standard))
        make = workbook.add_format
        self._title = make({"bold": True, "font_size": 16})
        self._words = make({"text_wrap": True, "valign": "top"})
        self._code = make({"num_format": "@", "valign": "top"})
        self._arabic = make({"text_wrap": True, "valign": "top", "reading_order": 2})
        self._heading = make(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1}
        )
        self._key = make(
            {"bold": True, "bg_color": "#0B6E4F", "font_color": "#FFFFFF", "border": 1}
        )
        self._wrong = make({"bg_color": "#F8B4B4"})
        self._doubtful = make({"bg_color": "#FBE38E"})
        self._open = make({"bg_color": "#E3E3E3"})

    def write(self) -> None:
        """Every sheet, the guide first."""
        self._how_to(self._book.add_worksheet(_own_name("How to", self._sheets)))
        sheets = [
            (table, self._book.add_worksheet(self._sheets[table.name]))
            for table in self._standard.tables
        ]
        self._codes(self._book.add_worksheet(_own_name("Codes", self._sheets)))
        self._rules(self._book.add_worksheet(_own_name("Rules", self._sheets)))
        lists = self._book.add_worksheet(_own_name("Lists", self._sheets))
        for table, sheet in sheets:
            self._table(table, sheet)
        self._write_lists(lists)
        sheets[0][1].activate()

    def _range(self, table: Table, field: Field) -> str:
        """The name of a column's prepared cells, which other sheets may use."""
        return f"column_{table.name}_{field.name}"

    def _table(self, table: Table, sheet: Worksheet) -> None:
        columns = {f.name: column_letters(i) for i, f in enumerate(table.fields, start=1)}
        for index, field in enumerate(table.fields):
            letters = columns[field.name]
            wide = max(len(field.name) + 3, *(len(value) + 2 for value in ("", *field.missing)))
            cells = self._book.add_format(
                {"num_format": number_format(field), "locked": False, "align": "left"}
            )
            sheet.set_column(index, index, wide, cells)
            look = self._key if field.name in table.key else self._heading
            sheet.write_string(0, index, field.name, look)
            note = _comment(field)
            lines = 2 + len(note) // 45 + note.count("\n")
            size = {"width": 320, "height": 18 * lines, "author": "", "font_size": 9}
            sheet.write_comment(0, index, note, size)
            self._typing(table, field, sheet, index, f"{letters}{FIRST}")
        sheet.freeze_panes(1, 1 if table.key == (table.fields[0].name,) else 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        self._colours(table, sheet, columns)
        sheet.protect("", _LOCKED)
        self.losses += stale(table)

    def _typing(self, table: Table, field: Field, sheet: Worksheet, index: int, cell: str) -> None:
        made = typing(field, cell, self._dropdown(field))
        title = cut(field.label, LONGEST_TITLE)
        message = what_to_type(field)
        if field.codelist:
            labels = (f"{c.code} = {c.label}" for c in field.codelist.codes if not c.retired)
            message = f"{message} {'; '.join(labels)}"
        words = {
            "input_title": title,
            "input_message": cut(message, LONGEST_MESSAGE),
            "error_title": title,
            "error_message": cut(what_to_type(field), LONGEST_MESSAGE),
        }
        options = made.options or {"validate": "any"}
        sheet.data_validation(FIRST - 1, index, LAST - 1, index, options | words)
        at = place(table, field.name)
        self.losses += [Loss(what, at, why) for what, why in made.lost]

    def _dropdown(self, field: Field) -> str | None:
        """The range of what the field's dropdown offers."""
        listed = offered(field, self._standard.missing_reasons)
        if not listed:
            return None
        column = column_letters(len(self._lists) + 1)
        sheet = _own_name("Lists", self._sheets)
        whole = f"'{sheet}'!${column}$2:${column}${len(listed) + 1}"
        return self._lists.setdefault(listed, whole)

    def _write_lists(self, sheet: Worksheet) -> None:
        for index, values in enumerate(self._lists):
            sheet.write_string(0, index, f"list {index + 1}", self._heading)
            for row, value in enumerate(values, start=1):
                sheet.write_string(row, index, value, self._code)
        sheet.set_column(0, max(len(self._lists) - 1, 0), 18)
        sheet.freeze_panes(1, 0)
        sheet.protect("")

    def _colours(self, table: Table, sheet: Worksheet, columns: dict[str, str]) -> None:
        def at(field: Field) -> str:
            return f"${columns[field.name]}{FIRST}"

        def cells(fields: Iterable[Field]) -> str:
            return " ".join(f"{columns[f.name]}{FIRST}:{columns[f.name]}{LAST}" for f in fields)

        def colour(fields: Sequence[Field], formula: str, look: Any) -> None:
            first = f"{columns[fields[0].name]}{FIRST}"
            options = {"type": "formula", "criteria": f"={formula}", "format": look}
            if len(fields) > 1:
                options["multi_range"] = cells(fields)
            sheet.conditional_format(f"{first}:{columns[fields[0].name]}{LAST}", options)

        last = columns[table.fields[-1].name]
        begun = f"COUNTA($A{FIRST}:${last}{FIRST})>0"
        for formula, fields, severity in self._broken(table, at):
            look = self._wrong if severity is Severity.ERROR else self._doubtful
            colour(fields, formula, look)
        for fields in self._unique(table):
            same = ",".join(
                f"${columns[f.name]}${FIRST}:${columns[f.name]}${LAST},{at(f)}" for f in fields
            )
            given = [f'{at(f)}<>""' for f in fields]
            given += [f'NOT(EXACT({at(f)},"{reason}"))' for f in fields for reason in f.missing]
            colour(fields, f"AND({','.join(given)},COUNTIFS({same})>1)", self._wrong)
        for field in table.fields:
            if field.references:
                parent = self._standard.by_name[field.references.table]
                named = self._range(parent, parent.by_name[field.references.field])
                self._name(named, parent, parent.by_name[field.references.field])
                held = [f'{at(field)}<>""', f"COUNTIF({named},{at(field)})=0"]
                held += [f'NOT(EXACT({at(field)},"{reason}"))' for reason in field.missing]
                colour([field], f"AND({','.join(held)})", self._wrong)
        needed = [field for field in table.fields if not field.optional]
        if needed:
            # relative to the column, so that one condition serves them all
            own = f"{columns[needed[0].name]}{FIRST}"
            colour(needed, f'AND({begun},{own}="")', self._open)

    def _name(self, named: str, table: Table, field: Field) -> None:
        """Excel before 2010 takes other sheets in a condition by name alone."""
        letters = column_letters([f.name for f in table.fields].index(field.name) + 1)
        sheet = self._sheets[table.name]
        if named not in self._named:
            self._named.add(named)
            self._book.define_name(named, f"='{sheet}'!${letters}${FIRST}:${letters}${LAST}")

    def _unique(self, table: Table) -> Iterator[list[Field]]:
        if table.key:
            yield [table.by_name[name] for name in table.key]
        yield from ([f] for f in table.fields if f.unique and (f.name,) != table.key)

    def _broken(self, table: Table, at: Any) -> Iterator[tuple[str, list[Field], Severity]]:
        """The rules of a table: where each is broken, the fields that it reads, and its weight."""
        reasons = self._standard.missing_reasons
        for field in table.fields:
            formula = unspecified(field, table, reasons)
            if formula and field.specify:
                found = [table.by_name[field.specify]]
                yield condition(formula, reasons, at), found, Severity.ERROR
        for rule in self._standard.rules_of(table.name):
            found_ = broken(rule, table, reasons, refusal)
            if found_.beyond:
                self.losses.append(Loss(found_.extent, rule_place(rule), " ".join(found_.beyond)))
            if found_.formula is not None:
                said = condition(found_.formula, reasons, at)
                yield said, list(fields_in(found_.formula)), rule.severity

    def _codes(self, sheet: Worksheet) -> None:
        labels = [f"label ({_LANGUAGE_NAMES[language]})" for language in LANGUAGES]
        headings = ["list", "code", *labels, "description", "retired"]
        widths = (24, 20, 30, 30, 30, 30, 60, 24)
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, heading, self._heading)
        row = 1
        for codes in [self._standard.missing_reasons, *self._standard.codelists]:
            for cells in _code_rows(codes):
                sheet.set_row(row, _height(cells, widths))
                for index, words in enumerate(cells):
                    arabic = headings[index].endswith("(Arabic)")
                    look = self._code if index < 2 else self._arabic if arabic else self._words
                    if words:
                        sheet.write_string(row, index, words, look)
                row += 1
        sheet.autofilter(0, 0, row - 1, len(headings) - 1)
        sheet.freeze_panes(1, 2)
        sheet.protect("", {"autofilter": True, "format_columns": True})

    def _rules(self, sheet: Worksheet) -> None:
        headings = [
            "table",
            "rule",
            "weight",
            "what must hold",
            "title",
            "what to do",
            "in colour",
        ]
        widths = (14, 36, 10, 70, 44, 54, 12)
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, heading, self._heading)
        reasons = self._standard.missing_reasons
        for row, rule in enumerate(self._standard.rules, start=1):
            found = broken(rule, self._standard.by_name[rule.table], reasons, refusal)
            extent = "no" if found.formula is None else "in part" if found.beyond else "yes"
            said = sentence(self._standard, rule).replace("`", "")
            cells = [rule.table, rule.id, str(rule.severity), said, str(rule.title), str(rule.mend)]
            sheet.set_row(row, _height(cells, widths))
            for index, words in enumerate([*cells, extent]):
                sheet.write_string(row, index, words, self._words)
        sheet.freeze_panes(1, 2)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _how_to(self, sheet: Worksheet) -> None:
        standard = self._standard
        sheet.set_column(0, 0, GUIDE)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        tables = ", ".join(self._sheets.values())
        steps = (line.format(tables=tables, rows=f"{ROWS:,}") for line in _HOW_TO)
        numbered = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
        held = [
            f"{self._sheets[table.name]}: {table.description or table.title}"
            for table in standard.tables
        ]
        after = [f"After: {standard.source}"] if standard.source else []
        sheet.set_row(0, 24)
        sheet.write_string(0, 0, str(standard.title) or standard.id, self._title)
        rest = [f"{standard.id} {standard.version}", "", *numbered, "", *held, "", *after]
        for row, line in enumerate([*rest, standard.digest], start=1):
            sheet.set_row(row, _height([line], [GUIDE]))
            sheet.write_string(row, 0, line, self._words)
        sheet.protect("")


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row, in points, in which wrapped words can be read."""
    lines = (
        -(-len(words) * 10 // (width * 11)) for words, width in zip(cells, widths, strict=False)
    )
    return 15 * max(1, *lines, 0)


def _comment(field: Field) -> str:
    parts = [field.label, str(field.description), what_to_type(field)]
    return "\n".join(part for part in parts if part)


def _code_rows(codes: CodeList) -> Iterator[list[str]]:
    for code in codes.codes:
        gone = code.retired
        use = f", use {gone.use}" if gone and gone.use else ""
        labels = [code.label.by_language.get(language, "") for language in LANGUAGES]
        retired = f"since {gone.since}{use}" if gone else ""
        yield [codes.id, code.code, *labels, str(code.description), retired]


def _sheet_names(standard: Standard) -> Iterator[tuple[str, str]]:
    """A name for each table's sheet: Excel takes 31 characters."""
    taken: set[str] = set()
    for table in standard.tables:
        name = table.name[:LONGEST_SHEET_NAME]
        if name.casefold() in taken:
            name = f"{name[: LONGEST_SHEET_NAME - 3]}_{len(taken)}"
        taken.add(name.casefold())
        yield table.name, name


def _own_name(name: str, sheets: dict[str, str]) -> str:
    """A name of our own sheet that no table has, whatever its capitals."""
    taken = {sheet.casefold() for sheet in sheets.values()}
    return name if name.casefold() not in taken else f"{name} of the standard"


def _compile(standard: Standard) -> Artefact:
    # the library is wanted by this target alone
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties(
        {
            "title": str(standard.title) or standard.id,
            "subject": f"{standard.id} {standard.version} {standard.digest}",
            "created": MADE,
        }
    )
    book = _Book(standard, workbook)
    book.write()
    workbook.close()
    return Artefact({f"{standard.id}.xlsx": stream.getvalue()}, (*book.losses, *_always(standard)))


def _always(standard: Standard) -> Iterator[Loss]:
    """What holds for every template."""
    said = (
        ("colours", "Blanks, keys, references and rules are shown in colour: nothing is refused."),
        ("pasted cells", "What is pasted or filled down is not checked as it is typed."),
        ("rows", f"Lists, checks and colours end after {ROWS:,} rows; further rows are plain."),
        (
            "capitals",
            "Lists take a code in other capitals, and references are found in any.",
        ),
        (
            "checks of the whole",
            "Checks of free text, of disclosure and of the whole data set are accordant's own.",
        ),
    )
    yield from (Loss(what, standard.id, why) for what, why in said)
    if any(len(table.name) > LONGEST_SHEET_NAME for table in standard.tables):
        why = "A sheet's name has at most 31 characters: the rest of the table's name is cut off."
        yield Loss("long names", standard.id, why)


TARGET = Target(
    name="xlsx-template",
    title="Excel template (XLSX)",
    describes=(
        "A workbook to be filled in: a sheet for each table with lists, checks of what is typed, "
        "and rules as colours; sheets with the codes and the rules in words. A filled-in template "
        "can be checked as it is."
    ),
    compile=_compile,
)
