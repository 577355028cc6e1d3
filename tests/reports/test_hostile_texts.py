"""No text from outside can act on whoever reads a report: a corpus through every format."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from tests.reports.hostile_texts import TEXTS, everywhere
from validator.model.report import Show
from validator.registry import Rendering, formats

CASES = [(form, name) for form in sorted(formats()) for name in TEXTS]


def written(form: str, name: str) -> str:
    how = Rendering(Show.FULL, width=100)
    return formats()[form].render(everywhere(TEXTS[name]), how).decode("utf-8-sig")


@pytest.mark.parametrize(("form", "name"), CASES)
def test_nothing_hides_or_moves_a_cursor(form, name):
    # CSV ends its lines as its form demands
    lines = written(form, name).replace("\r\n" if form == "csv" else "\0", "\n").split("\n")
    own = "\t" if form == "html" else ""
    assert [line for line in lines if not line.replace(own, "").isprintable()] == []


@pytest.mark.parametrize(("form", "name"), CASES)
def test_no_line_is_a_command_to_a_ci_runner(form, name):
    text = written(form, name)
    commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
    if form == "github":
        own = re.compile(r"::(error|warning|notice) [^:\s][^\n]*?::(?!.*::)")
        assert [line for line in text.splitlines() if not own.match(line)] == []
        assert all(line.count("::") == 2 for line in commands)
    else:
        assert commands == []
    assert "##[" not in text


@pytest.mark.parametrize("name", TEXTS)
def test_no_cell_of_the_table_is_a_formula(name):
    rows = list(csv.reader(io.StringIO(written("csv", name), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 40
    assert [cell for row in rows for cell in row if cell[:1] in set("=+-@＝＋－＠\t\r")] == []


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("form", ["json", "sarif"])
def test_json_stays_json(form, name):
    assert json.loads(written(form, name))


@pytest.mark.parametrize("name", TEXTS)
def test_each_line_of_json_lines_is_one_finding(name):
    lines = written("jsonl", name).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["row"] for line in lines] == [2, 3, *range(4, 40), 3]


@pytest.mark.parametrize("name", TEXTS)
def test_xml_stays_well_formed(name):
    root = ET.fromstring(written("junit", name))  # noqa: S314 - our own output
    assert {element.tag for element in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "skipped", "error", "system-out"),
    }


class Structure(HTMLParser):
    """The elements of a page with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag, attrs):
        self.found.add((tag, *(name for name, _ in attrs)))
        for name, text in attrs:
            assert not name.startswith("on")
            assert not (name == "href" and ":" in (text or "") and text != "data:,")


def structure(page: str) -> set[tuple[str, ...]]:
    parser = Structure()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize("name", TEXTS)
def test_the_page_holds_the_same_elements_whatever_the_text(name):
    harmless = formats()["html"].render(everywhere("harmless text"), Rendering(Show.FULL))
    assert structure(written("html", name)) <= structure(harmless.decode())
