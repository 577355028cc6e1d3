"""The local page in a real browser, as stewards use it: drop, read, filter, mend, save."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.pages import WAYS, barriers, pictured, scrolls_sideways
from tests.web.served import PageTab
from validator import api

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKBOOK = EXAMPLES / "workbook-with-faults.xlsx"
FAULTY = sorted((EXAMPLES / "submission-with-faults").glob("*.csv"))

Open = Callable[..., PageTab]


def drop(tab: PageTab, *files: Path) -> None:
    """Drop files on the page, as from the system's file manager."""
    held = [
        {"name": file.name, "data": base64.b64encode(file.read_bytes()).decode()} for file in files
    ]
    transfer = tab.page.evaluate_handle(
        """files => {
          const held = new DataTransfer();
          for (const { name, data } of files)
            held.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
          return held;
        }""",
        held,
    )
    tab.page.dispatch_event("body", "dragover", {"dataTransfer": transfer})
    tab.page.dispatch_event("body", "drop", {"dataTransfer": transfer})


def check(tab: PageTab, *files: Path) -> None:
    tab.page.set_input_files("#files", list(files))
    tab.page.get_by_role("button", name="Check the files").click()
    tab.finished()


def test_files_are_dropped_checked_read_and_filtered(tab: Open):
    page = tab()
    drop(page, *FAULTY)
    assert page.page.locator("#chosen li span:first-child").all_inner_texts() == [
        *("media.csv", "offenders.csv", "series.csv", "victims.csv")
    ]
    page.page.get_by_role("button", name="Check the files").click()
    page.finished()
    assert page.page.locator("#word").inner_text() == "NOT READY TO SHARE"
    assert "17 errors of 16 kinds in 3 tables" in page.page.locator("#why").inner_text()
    shown = page.report.locator("#findings-table tbody tr:visible")
    everything = shown.count()
    page.report.get_by_label("errors").uncheck()
    assert 0 < shown.count() < everything
    page.report.get_by_role("searchbox").fill("last_reviewed")
    assert shown.count() == 1
    assert page.complaints == []
    own = page.page.url.split("?")[0]
    assert [u for u in page.requests if not u.startswith((own, "data:", "blob:"))] == []


def test_a_newcomer_gets_from_the_faulty_workbook_to_a_clean_one(tab: Open, tmp_path: Path):
    """With the workbook that ships and the page alone: nothing is typed, nothing looked up."""
    page = tab()
    drop(page, WORKBOOK)
    page.page.get_by_role("button", name="Check the files").click()
    page.finished()
    assert page.page.locator("#word").inner_text() == "NOT READY TO SHARE"
    assert "11 errors" in page.page.locator("#why").inner_text()
    shown = page.report.locator("#findings-table")
    assert "series!J4" in shown.inner_text()
    mended = page.page.locator("#mended").inner_text()
    assert mended.startswith("9 cells can be mended without any doubt.")
    assert "2 more cells only likely to be right: look them over." in mended

    # first what leaves no doubt: the report then names the two cells that are left
    page.page.get_by_role("button", name="Check the mended copy").click()
    page.page.locator("#why").filter(has_text="2 errors").wait_for()
    page.finished()
    assert page.page.locator("#word").inner_text() == "NOT READY TO SHARE"
    assert "series!K6" in shown.inner_text()
    assert "Did you mean pubescent?" in shown.inner_text()

    # the page shows what it would write there; having looked, the newcomer takes it
    copy = page.saved("Mended copy, likely mends too", tmp_path)
    page.page.get_by_role("button", name="Check the copy with likely mends").click()
    page.page.get_by_role("heading", name="READY", exact=True).wait_for()
    page.finished()
    with zipfile.ZipFile(copy) as archive:
        assert sorted(archive.namelist()) == ["changes.csv", WORKBOOK.name]
        archive.extractall(tmp_path / "mended")
    assert api.check("global-indicator", tmp_path / "mended" / WORKBOOK.name).exit_code == 0
    assert page.complaints == []


def test_rows_that_stay_as_they_were_are_named(tab: Open, tmp_path: Path):
    path = tmp_path / "series.csv"
    text = (EXAMPLES / "submission" / "series.csv").read_text("utf-8").splitlines()
    text[3] = text[3].replace("female", "Female")
    text[6] += ",more"
    path.write_text("\n".join(text) + "\n", "utf-8")
    page = tab()
    check(page, path)
    mended = page.page.locator("#mended").inner_text()
    assert mended.startswith("1 cell can be mended without any doubt.")
    assert "row 7 of series.csv. Mend them by hand." in mended


def test_what_is_offered_can_be_saved(tab: Open, tmp_path: Path):
    page = tab()
    check(page, WORKBOOK)
    report = page.saved("Report", tmp_path)
    assert report.read_bytes().startswith(b"<!doctype html>")
    assert page.saved("Report for programs", tmp_path).name == "report.json"
    marked = openpyxl.load_workbook(page.saved("Annotated workbook", tmp_path))
    assert "Findings" in marked.sheetnames
    template = openpyxl.load_workbook(page.saved("Template to fill in (Excel)", tmp_path))
    assert {"series", "media"} <= set(template.sheetnames)
    with page.page.context.expect_page() as opened:
        page.page.get_by_role("link", name="Codebook").click()
    opened.value.wait_for_load_state()
    assert "Common data standard" in opened.value.locator("h1").first.inner_text()


def test_the_report_opens_in_a_tab_of_its_own_apart_from_the_page(tab: Open):
    page = tab()
    check(page, FAULTY[0])
    with page.page.context.expect_page() as opened:
        page.page.get_by_role("link", name="Open it in a tab of its own").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("h1").count() == 1
    # it has no origin, so that nothing in it could reach the page
    assert opened.value.evaluate("origin") == "null"


def test_the_keyboard_is_enough(tab: Open):
    page = tab()
    page.page.set_input_files("#files", [WORKBOOK])
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.textContent") == "Skip to the form"
    reached = []
    for _ in range(5):
        page.page.keyboard.press("Tab")
        reached.append(page.page.evaluate("document.activeElement.id || 'remove'"))
    assert reached == ["files", "remove", "standard", "audience", "check"]
    page.page.locator("#check").focus()
    page.page.keyboard.press("Enter")
    page.finished()
    # the answer has the focus, so that a screen reader begins there
    assert page.page.evaluate("document.activeElement.id") == "answer"


def test_mistakes_are_told_in_words(tab: Open, tmp_path: Path):
    page = tab()
    page.page.get_by_role("button", name="Check the files").click()
    trouble = page.page.locator("#trouble")
    assert trouble.inner_text() == "Choose at least one file."
    strange = tmp_path / "letter.docx"
    strange.write_bytes(b"PK")
    drop(page, strange)
    page.page.get_by_role("button", name="Check the files").click()
    page.page.get_by_text("not a kind of file that is read here").wait_for()
    page.page.get_by_role("button", name="Remove letter.docx").click()
    assert page.page.locator("#chosen li").count() == 0


def test_an_audience_has_disclosure_judged(tab: Open):
    page = tab()
    page.page.get_by_label("Who will see the records").select_option("public")
    page.page.get_by_label("Standard").select_option("0")
    check(page, *FAULTY)
    assert page.report.locator("#findings-table").get_by_text("small-group").count() > 0


def test_a_check_is_forgotten_when_asked(tab: Open):
    page = tab()
    check(page, FAULTY[0])
    link = page.page.get_by_role("link", name="Report", exact=True).get_attribute("href")
    page.page.get_by_role("button", name="Forget this check").click()
    page.page.locator("#answer").wait_for(state="hidden")
    assert page.page.evaluate("link => fetch(link).then(answer => answer.status)", link) == 404


@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_kept_out(tab: Open, way: str):
    page = tab(**WAYS[way])
    for moment in ("start", "answer"):
        if moment == "answer":
            check(page, *FAULTY)
        assert barriers(page.page) == []
        assert not scrolls_sideways(page.page)
        pictured(page.page, f"serve-{moment}-{way}")
