"""An XLSForm: a workbook with a sheet ``survey``, and its choices in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from validator.drafts.cleaning import Said
from validator.drafts.described import Described, drafted
from validator.drafts.drafting import Form
from validator.drafts.parts import Draft
from validator.model.reading import Reading

SUFFIXES = (".xlsx", ".xlsm", ".xls")
_TYPES = {
    "integer": "integer",
    "int": "integer",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "today": "date",
}
_NOTHING = {"note", "audit", "image", "photo", "audio", "video", "file", "background-audio", ""}
"""Rows of a survey that record no value of their own, or a file."""
_DIRECT = {
    "phonenumber",
    "phone number",
    "deviceid",
    "username",
    "email",
    "simserial",
    "subscriberid",
}
_LANGUAGES = {"english": "en", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
              "arabic": "ar"}  # fmt: skip
_SELECT = re.compile(
    r"(select[ _]?(?:one|multiple|1|all that apply)|rank)(?:[ _]from)?[ _](\S+)(.*)", re.IGNORECASE
)
_LIMIT = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?[0-9]+(?:\.[0-9]+)?)")
Row = Mapping[str, str]


def _draft(path: Path, name: str) -> Draft | None:
    if path.suffix.lower() not in SUFFIXES:
        return None
    from validator.readers.discovery import read
    from validator.readers.files import sources

    (source,) = sources([path])
    sheets = {str(reading.sheet).strip().lower(): reading for reading in read(source)}
    survey = list(_rows(sheets["survey"])) if "survey" in sheets else []
    if not any("type" in row and "name" in row for row in survey):
        return None
    choices: dict[str, dict[str, dict[str, str]]] = {}
    for row in _rows(sheets["choices"]) if "choices" in sheets else ():
        named = row.get("list_name") or row.get("list name") or ""
        code = row.get("name") or row.get("value") or ""
        if named and code:
            choices.setdefault(named, {})[code] = _words(row, "label")
    settings = next(iter(_rows(sheets["settings"])), {}) if "settings" in sheets else {}
    title = settings.get("form_title") or settings.get("title") or ""
    form = _Form(choices, [Described(settings.get("form_id") or path.stem, [])])
    for row in survey:
        form.take(row)
    if not any(table.fields for table in form.done):
        return None
    return drafted(name, form.done, f"from the XLSForm {path.name}", title)


def _rows(reading: Reading) -> Sequence[Row]:
    # older forms write bind:required for required
    headings = [heading.strip().lower().removeprefix("bind:") for heading in reading.columns]
    found = []
    for frame in reading.frames(10_000):
        for cells in frame.select([f"c{i}" for i in range(len(headings))]).iter_rows():
            texts = (str(cell).strip() for cell in cells)
            found.append({h: text for h, text in zip(headings, texts, strict=True) if h})
    return found


def _words(row: Row, column: str) -> dict[str, str]:
    """A text by language: ``label``, ``label::French (fr)``."""
    found: dict[str, str] = {}
    for heading, text in row.items():
        name, _, language = heading.partition("::") if "::" in heading else heading.partition(":")
        if name.strip() != column or not text:
            continue
        code = re.search(r"\(([a-z]{2,3})\)", language)
        word = language.strip().split(" ")[0]
        found.setdefault(code[1] if code else _LANGUAGES.get(word, word or "en"), text)
    return found


@dataclass
class _Form:
    """The survey as it is read: a repeat opens a table of its own, and closes it again."""

    choices: Mapping[str, Mapping[str, Mapping[str, str]]]
    open: list[Described]
    closed: list[Described] = field(default_factory=list)

    @property
    def done(self) -> list[Described]:
        """Every table, the form's own first."""
        return [*self.open, *self.closed]

    def take(self, row: Row) -> None:
        """One row of the survey."""
        kind = " ".join(row.get("type", "").lower().replace("_", " ").split())
        name = row.get("name", "")
        if kind == "begin repeat":
            self.open.append(Described(name or f"repeat{len(self.done)}", []))
        elif kind == "end repeat" and len(self.open) > 1:
            self.closed.append(self.open.pop())
        elif name and not kind.startswith(("begin ", "end ")) and kind not in _NOTHING:
            fields = self.open[-1].fields
            if all(said.name != name for said in fields):
                fields += self._said(name, row, kind)

    def _said(self, name: str, row: Row, kind: str) -> list[Said]:
        said = Said(name, _TYPES.get(kind.partition(" ")[0], "string"))
        said.title, said.description = _words(row, "label"), _words(row, "hint")
        asked = row.get("required", "").lower() in {"yes", "true", "true()", "1"}
        # a question that is not always put may be blank
        said.blank = not asked or bool(row.get("relevant") or row.get("relevance"))
        chosen = _SELECT.match(" ".join(row.get("type", "").split()))
        if chosen is not None:
            return self._select(said, chosen[1], chosen[2], chosen[3])
        if kind in _DIRECT or "email" in name.lower():
            said.direct = True
        if said.type == "string" and kind not in {"text", "string", "hidden", "calculate"}:
            said.why.append(f"Its type there is '{kind}', which has no counterpart here: text.")
        self._limit(said, row.get("constraint", ""))
        return [said]

    def _select(self, said: Said, how: str, named: str, rest: str) -> list[Said]:
        said.many = "multiple" in how or "all" in how or how == "rank"
        if said.many:
            said.why.append("There, several choices are divided by spaces: here by semicolons.")
        codes = dict(self.choices.get(named, {}))
        said.codes = codes or None
        if not codes:
            said.why.append("Its choices are not in the form.")
            return [said]
        if "or" in rest and "other" in rest and "other" not in codes:
            codes["other"] = {"en": "Other"}
            said.other, said.specify = "other", f"{said.name}_other"
            more = Said(said.specify, why=["What 'other' stands for, in words."])
            return [said, more]
        return [said]

    def _limit(self, said: Said, constraint: str) -> None:
        parts = re.split(r"\s+and\s+", constraint.strip()) if constraint.strip() else []
        for part in parts:
            found = _LIMIT.fullmatch(part.strip(" ()"))
            if found is None or said.type not in {"integer", "number"}:
                said.why.append("Its constraint is left out, or a part of it: write it as a rule.")
                continue
            sign, number = found.groups()
            if sign in {"<", ">"} and said.type == "number":
                said.why.append("A limit that is itself no value was left out.")
                continue
            whole = int(float(number)) + {">": 1, "<": -1}.get(sign, 0)
            limit = str(whole) if said.type == "integer" else number
            setattr(said, "minimum" if sign[0] == ">" else "maximum", limit)


FORM = Form(name="xlsform", title="XLSForm", draft=_draft)
