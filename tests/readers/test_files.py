"""From the paths of a command line to sources, or one clear sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from validator.errors import UnreadableInput
from validator.opening import opened
from validator.readers.discovery import by_suffix, read
from validator.readers.files import sources
from validator.readers.source import Source


def test_a_folder_stands_for_its_visible_table_files_by_name(tmp_path: Path) -> None:
    for name in ("victims.tsv", "series.csv", "notes.md", ".hidden.csv", "~$series.csv", "x.TXT"):
        (tmp_path / name).write_text("a\n")
    (tmp_path / "folder.csv").mkdir()
    found = [Path(source.name).name for source in sources([tmp_path])]
    assert found == ["series.csv", "victims.tsv", "x.TXT"]


def test_what_else_in_a_folder_may_hold_tables_is_named_and_not_passed_over_in_silence(
    tmp_path: Path,
) -> None:
    beside = ("old/series.csv", "empty/notes.md", ".git/series.csv", "media.XLS", "notes.md")
    for name in (*beside, "series.csv", "victims.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("series_ref,contributor\n")
    _, _, readings = opened("global-indicator", tmp_path)
    workbook, folder = readings[0].notes
    assert workbook.startswith("The file 'media.XLS' beside it is of no kind that is read here.")
    assert folder.startswith("The folder 'old' beside it was not looked into. Name it too if its")
    assert readings[1].notes == ()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    (source,) = sources(["-"])
    assert (source.name, source.suffix, read(source)[0].records) == ("-", ".csv", 1)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.csv", "no such file or folder"),
        ("missing.md", "no such file or folder"),
        ("notes.md", "Save the table as .csv"),
        ("empty", "no table file in this folder. Put .csv"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "notes.md").write_text("a")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableInput, match=sentence):
        sources([tmp_path / name])


def test_a_refused_permission_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "series.csv"
    path.write_text("a\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableInput, match="permission to read it is refused"):
        sources([path])


def test_a_file_that_vanishes_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read(Source("series.csv", tmp_path / "series.csv"))


def test_readers_are_found_by_their_suffixes() -> None:
    assert {".csv", ".tsv", ".txt"} <= set(by_suffix())
