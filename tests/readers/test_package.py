"""Data Packages, zipped and in a folder: nothing remote, nothing outside."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readers.books import cells, readings, reason, xlsx, zipped
from validator.readers.files import sources

SERIES = "series_ref,remarks\na,b\n"
RESOURCE = {"name": "series", "path": "data/2024.csv"}


def package(*resources: object, **more: object) -> str:
    return json.dumps({"name": "submission", "resources": list(resources) or [RESOURCE], **more})


def test_a_zipped_package_names_its_tables() -> None:
    files = {
        "datapackage.json": package(RESOURCE, {"name": "victims", "path": "victims.xlsx"}),
        "data/2024.csv": SERIES,
        "victims.xlsx": xlsx({"victims": [["victim_ref"], ["v"]]}),
    }
    series, victims = readings(zipped(files), "submission.zip")
    assert (series.path, series.sheet, cells(series)) == ("submission.zip", "series", [("a", "b")])
    assert (victims.sheet, cells(victims), victims.cells) == ("victims", [("v",)], True)
    assert series.sha256 == victims.sha256


def test_a_package_may_lie_in_a_folder_of_its_zip() -> None:
    files = {"x/datapackage.json": package(), "x/data/2024.csv": SERIES}
    (found,) = readings(zipped(files), "submission.zip")
    assert cells(found) == [("a", "b")]


def test_a_zip_without_a_descriptor_is_its_table_files() -> None:
    files = {"series.csv": SERIES, "readme.md": "x", "__MACOSX/series.csv": "x", "d/": ""}
    (found,) = readings(zipped(files), "submission.zip")
    assert (found.sheet, cells(found)) == ("series.csv", [("a", "b")])


def test_a_folder_with_a_descriptor_is_that_package_and_what_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2024.csv").write_text(SERIES)
    (tmp_path / "victims.csv").write_text("victim_ref\nv\n")
    (tmp_path / "datapackage.json").write_text(package(RESOURCE, {"name": "m", "path": "m.csv"}))
    (source,) = sources([tmp_path])
    assert source.path is not None
    series, victims = readings(source.path)
    assert (Path(series.path).name, series.sheet) == ("2024.csv", "series")
    assert (Path(victims.path).name, victims.sheet) == ("victims.csv", None)
    assert series.notes == ("The package lists a file that is not there.",)


@pytest.mark.parametrize(
    ("descriptor", "why"),
    [
        ("{", "package"),
        ("[]", "package"),
        (package("series.csv"), "package"),
        (package({"name": "series"}), "package"),
        (package({"name": "S P A C E", "path": "series.csv"}), "package"),
        (package({"name": "series", "path": "series.csv", "schema": {"fields": 1}}), "package"),
        (package({"name": "series", "path": "../series.csv"}), "leads-out"),
        (package({"name": "series", "path": "/series.csv"}), "leads-out"),
        (package({"name": "series", "path": "c:\\series.csv"}), "leads-out"),
        (package({"name": "series", "path": "https://example.org/series.csv"}), "leads-out"),
        (package({"name": "media", "path": "media.csv"}), "no-table"),
        (package({"name": "series", "path": "series.pdf"}), "unknown-format"),
    ],
)
def test_a_descriptor_that_cannot_be_used_is_one_fault(descriptor: str, why: str) -> None:
    files = {"datapackage.json": descriptor, "series.csv": SERIES, "series.pdf": "x"}
    (found,) = readings(zipped(files), "submission.zip")
    assert reason(found) == why


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and the requests that it got."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.json", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("key", ["profile", "$schema", "path", "schema", "dialect"])
@pytest.mark.parametrize("whole", [True, False])
def test_no_address_in_a_package_is_ever_asked(
    listener: tuple[str, list[str]], key: str, whole: bool
) -> None:
    address, asked = listener
    extra = {key: address}
    text = package({**RESOURCE, **({} if whole else extra)}, **(extra if whole else {}))
    readings(zipped({"datapackage.json": text, "data/2024.csv": SERIES}), "submission.zip")
    assert asked == []


def test_one_damaged_file_of_a_package_leaves_the_others() -> None:
    files = {"series.csv": SERIES, "victims.xlsx": "no workbook", "media.parquet": b"PAR1"}
    media, series, victims = readings(zipped(files), "submission.zip")
    assert (reason(media), reason(victims), cells(series)) == ("damaged", "damaged", [("a", "b")])


def test_a_link_that_leads_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text(SERIES)
    (folder / "data" / "2024.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "datapackage.json").write_text(package())
    (found,) = readings(folder / "datapackage.json")
    assert reason(found) == "leads-out"
