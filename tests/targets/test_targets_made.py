"""The targets that people and other programs open: what is in them, and that it opens.

ACCORDANT_WRITE_GOLDEN=1 writes the golden files anew; read the difference before it is kept.
Binary files are kept as what can be read in them.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from csvw import TableGroup
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pysdmx.io import read_sdmx
from pyxform.xls2xform import convert

from validator.cli import main
from validator.model import condition as a
from validator.model.condition import FieldRef, Op
from validator.model.standard import Code, CodeList, Field, Kind, Rule, Standard, Table
from validator.model.text import Text
from validator.registry import targets
from validator.standards.load import load
from validator.synthesis.submission import synthesise

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "targets"
DAY = "2026-11-21"
NAMES = (
    "codebook-html", "codebook-md", "csvw", "pydantic", "sdmx", "sql", "xlsform", "xlsx-template"
)  # fmt: skip


@pytest.fixture(scope="module")
def features() -> Standard:
    return replace(load(HERE / "features.yaml"), digest="sha256:0")


@pytest.fixture(scope="module")
def shipped() -> Standard:
    return load("global-indicator")


def sheet_lines(sheet: Worksheet) -> Iterator[str]:
    """What is on a sheet: cells, comments, what may be typed, colours."""
    yield f"== {sheet.title} {'protected' if sheet.protection.sheet else ''}".rstrip()
    for row in sheet.iter_rows():
        cells = [f"{c.coordinate}={c.value!r}" for c in row if c.value is not None]
        if cells:
            yield "  ".join(cells)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                yield f"comment {cell.coordinate}: {cell.comment.text!r}"
    for check in sheet.data_validations.dataValidation:
        yield f"typing {check.sqref}: {check.type} {check.formula1} | {check.prompt!r}"
    for span, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf else None
            yield f"colour {span.sqref}: {rule.formula} {fill}"


def readable(name: str, data: bytes) -> tuple[str, str]:
    """A file's name and text; a workbook as what is on its sheets."""
    if name.endswith(".py"):
        return f"{name}.txt", data.decode()  # so that no linter takes it for ours
    if not name.endswith(".xlsx"):
        return name, data.decode()
    book = load_workbook(io.BytesIO(data))
    lines = [line for sheet in book.worksheets for line in sheet_lines(sheet)]
    return f"{name}.txt", "\n".join(lines) + "\n"


@pytest.mark.parametrize("target", NAMES)
def test_what_is_written_is_what_was_agreed(features: Standard, target: str) -> None:
    artefact = targets()[target].compile(features)
    losses = "".join(f"{x.what} | {x.where} | {x.why}\n" for x in artefact.losses)
    folder = GOLDEN / features.id / target
    made = dict(readable(name, data) for name, data in artefact.files.items())
    for name, text in {**made, "losses.txt": losses}.items():
        if os.environ.get("ACCORDANT_WRITE_GOLDEN"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        assert text == (folder / name).read_text("utf-8"), name
    assert {p.name for p in folder.iterdir()} == {*made, "losses.txt"}


@pytest.mark.parametrize("target", NAMES)
def test_the_same_standard_gives_the_same_bytes(target: str) -> None:
    made = [targets()[target].compile(load(HERE / "features.yaml")) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].losses


@pytest.mark.parametrize("target", ["pydantic", "sql", "xlsform", "xlsx-template", "csvw", "sdmx"])
def test_every_rule_is_expressed_or_listed(shipped: Standard, target: str) -> None:
    artefact = targets()[target].compile(shipped)
    lost = {x.where.partition(" (")[0] for x in artefact.losses if x.what == "rule"}
    written = "".join(
        text for text in dict(map(readable, *zip(*artefact.files.items(), strict=True))).values()
    )
    for rule in shipped.rules:
        held = re.search(rf"\b{rule.id}\b|\brule_{rule.id.replace('-', '_')}\b", written)
        assert held or f"{rule.table}: {rule.id}" in lost, rule.id


# --- the template


def filled(standard: Standard, folder: Path, book_path: Path) -> None:
    """Type a submission's cells into the template, as a steward would."""
    ((_, data),) = targets()["xlsx-template"].compile(standard).files.items()
    book = load_workbook(io.BytesIO(data))
    for table in standard.tables:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == header
        for number, row in enumerate(rows, start=2):
            for column, (name, text) in enumerate(zip(header, row, strict=True), start=1):
                whole = table.by_name[name].kind is Kind.INTEGER and text.lstrip("-").isdigit()
                if text:
                    sheet.cell(number, column, int(text) if whole else text)
    book.save(book_path)


def test_a_filled_in_template_checks_clean(
    shipped: Standard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    synthesise(shipped, tmp_path / "clean", rows=60, seed=8, as_of=DAY)
    book = tmp_path / "filled.xlsx"
    filled(shipped, tmp_path / "clean", book)
    with pytest.raises(SystemExit) as ended:
        main(["check", str(book), "--standard", shipped.id, "--as-of", DAY, "--format", "json"])
    said = capsys.readouterr().out
    assert ended.value.code == 0, said
    assert '"errors": 0, "warnings": 0' in " ".join(said.split())


def test_a_list_of_the_template_offers_codes_and_reasons(shipped: Standard) -> None:
    ((_, data),) = targets()["xlsx-template"].compile(shipped).files.items()
    book = load_workbook(io.BytesIO(data))
    by_name = {cell.value: cell.column_letter for cell in book["series"][1]}
    column = by_name["victim_gender"]
    (check,) = (
        check
        for check in book["series"].data_validations.dataValidation
        if str(check.sqref) == f"{column}2:{column}5001"
    )
    letters, last = re.fullmatch(r"'Lists'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)", check.formula1).groups()
    offered = [book["Lists"][f"{letters}{row}"].value for row in range(2, int(last) + 1)]
    field = shipped.by_name["series"].by_name["victim_gender"]
    assert offered == ["female", "male", "both", *field.missing]
    assert "female = Female" in check.prompt
    assert all(len(c.formula1 or "") < 255 for c in book["series"].data_validations.dataValidation)


def test_the_template_keeps_text_as_text_and_guards_its_headings(shipped: Standard) -> None:
    ((_, data),) = targets()["xlsx-template"].compile(shipped).files.items()
    sheet = load_workbook(io.BytesIO(data))["series"]
    fields = shipped.by_name["series"].fields
    formats = {
        f.name: sheet.column_dimensions[c.column_letter]
        for f, c in zip(fields, sheet[1], strict=True)
    }
    assert formats["received_period"].number_format == "@"
    assert formats["copine_min"].number_format == "@"
    assert formats["victim_count"].number_format == "0"
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not formats["series_ref"].protection.locked


# --- the forms, descriptions and structures


def test_pyxform_converts_the_forms_without_a_word(
    shipped: Standard, features: Standard, tmp_path: Path
) -> None:
    for standard in (shipped, features):
        for name, data in targets()["xlsform"].compile(standard).files.items():
            path = tmp_path / name
            path.write_bytes(data)
            made = convert(path, validate=False)
            assert made.warnings == []
            assert 'lang="العربية (ar)"' in made.xform


def test_csvw_reads_a_submission_by_its_description(shipped: Standard, tmp_path: Path) -> None:
    synthesise(shipped, tmp_path, rows=30, seed=4, as_of=DAY)
    ((name, data),) = targets()["csvw"].compile(shipped).files.items()
    (tmp_path / name).write_bytes(data)
    assert csvw_takes(tmp_path / name)
    series = tmp_path / "series.csv"
    text = series.read_text("utf-8")
    for right, wrong in (("not_recorded", "unknown"), (",csam", ","), ("202", "20x")):
        series.write_text(text.replace(right, wrong, 1), "utf-8")
        assert not csvw_takes(tmp_path / name), wrong
    series.write_text(text + text.splitlines()[1] + "\n", "utf-8")
    assert not csvw_takes(tmp_path / name)


def csvw_takes(path: Path) -> bool:
    group = TableGroup.from_file(path)
    try:
        for table in group.tables:
            list(table.iterdicts(strict=True))
            table.check_primary_key()
        group.check_referential_integrity()
    except ValueError:
        return False
    return True


def test_sdmx_keeps_its_schema_and_reads_back(shipped: Standard, features: Standard) -> None:
    for standard in (shipped, features):
        ((_, data),) = targets()["sdmx"].compile(standard).files.items()
        message = read_sdmx(data.decode(), validate=True)
        structures = {item.id: item for item in message.get_data_structure_definitions()}
        for table in standard.tables:
            parts = structures[f"DSD_{table.name.upper()}"].components
            assert {part.id for part in parts} == set(table.by_name)
            assert [part.id for part in parts.dimensions] == list(table.key)
        lists = {item.id: item for item in message.get_codelists()}
        for codes in standard.codelists:
            held = {
                code.id for code in lists[re.sub("[^0-9A-Z]", "_", f"CL_{codes.id}".upper())].items
            }
            assert held >= set(codes.current)


# --- the codebooks


def test_a_codebook_tells_everything(shipped: Standard) -> None:
    for name in ("codebook-html", "codebook-md"):
        ((_, data),) = targets()[name].compile(shipped).files.items()
        text = data.decode()
        plain = re.sub(r"<[^>]*>|\\", "", text)
        for table in shipped.tables:
            for field in table.fields:
                assert f'id="{table.name}-{field.name}"' in text
        for rule in shipped.rules:
            assert f'id="rule-{rule.id}"' in text
        for codes in shipped.codelists:
            for code in codes.codes:
                assert code.code in plain
        assert "Féminin" in text
        assert "أنثى" in text


def test_the_page_asks_nothing_of_anybody(shipped: Standard) -> None:
    ((_, data),) = targets()["codebook-html"].compile(shipped).files.items()
    text = data.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    for part, found in (("style", policy), ("script", policy)):
        (own,) = re.findall(rf"<{part}>(.*?)</{part}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in found[1]
    assert re.findall(r"(?:src|href)=[\"'](?!#)", text) == []
    assert " style=" not in text
    assert " on" not in "".join(re.findall(r"<[a-z][^>]*>", text)).replace(" on ", "")


HOSTILE = "</script><img src=x onerror=alert(1)>'\"`|=cmd()\\"


def hostile_standard() -> Standard:
    words = Text({"en": HOSTILE, "fr": HOSTILE})
    codes = CodeList("list", (Code("a", label=words, description=words), Code("b")), title=words)
    fields = (
        Field("ref", Kind.STRING, pattern="[a-z]+", title=words, description=words, source=HOSTILE),
        Field("coded", Kind.CODES, codelist=codes, title=words, missing=("why",)),
        Field("copy", Kind.BOOLEAN, description=words),
    )
    reasons = CodeList("missing-reason", (Code("why", label=words),))
    rule = Rule("r", "t", title=words, mend=words, then=a.Test(FieldRef("coded"), Op.EQ, ("a",)))
    table = Table("t", fields, title=words, description=words, key=("ref",))
    return Standard("hostile", "1.0.0", reasons, (table,), (rule,), title=words, source=HOSTILE)


def test_words_of_a_standard_stay_words() -> None:
    made: Mapping[str, Mapping[str, bytes]] = {
        name: targets()[name].compile(hostile_standard()).files for name in NAMES
    }
    (page,) = made["codebook-html"].values()
    assert b"<img" not in page
    (text,) = made["codebook-md"].values()
    assert b"<img" not in text.replace(rb"\<", b"")
    (module,) = made["pydantic"].values()
    compile(module, "hostile", "exec")
    (book,) = made["xlsx-template"].values()
    for sheet in load_workbook(io.BytesIO(book)).worksheets:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    (structure,) = made["sdmx"].values()
    read_sdmx(structure.decode(), validate=True)
