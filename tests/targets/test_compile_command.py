"""``accordant compile``: what it writes, what it says, and what it refuses to overwrite."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli._output import write_files
from validator.cli.compile import COMMAND
from validator.errors import UsageError

FEATURES = str(Path(__file__).parent / "features.yaml")


def compiled(*arguments: str) -> str:
    result = CliRunner().invoke(COMMAND, [FEATURES, *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_one_target_stands_in_the_folder_itself(tmp_path: Path) -> None:
    said = compiled("--to", "json-schema", "--output", str(tmp_path))
    assert files(tmp_path) == {
        "groups.schema.json",
        "items.schema.json",
        "losses.json",
        "losses.md",
    }
    assert "features 0.1.0 as JSON Schema 2020-12" in said
    record = json.loads((tmp_path / "losses.json").read_bytes())
    assert record["files"] == ["groups.schema.json", "items.schema.json"]
    assert record["standard"]["digest"].startswith("sha256:")
    assert f"leaves out {len(record['list'])} things" in said
    readable = (tmp_path / "losses.md").read_text("utf-8")
    assert all(loss["why"] in readable for loss in record["list"])


def test_several_targets_have_a_folder_each(tmp_path: Path) -> None:
    compiled("--to", "all", "--output", str(tmp_path))
    assert {"datapackage", "json-schema", "table-schema"} <= {p.name for p in tmp_path.iterdir()}
    assert (tmp_path / "datapackage" / "datapackage.json").is_file()


def test_what_it_wrote_it_writes_again(tmp_path: Path) -> None:
    first = compiled("--to", "datapackage", "--output", str(tmp_path))
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    assert compiled("--to", "datapackage", "--output", str(tmp_path)) == first
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}")
    with pytest.raises(UsageError, match="not written by accordant"):
        compiled("--to", "datapackage", "--output", str(tmp_path))
    assert files(tmp_path) == {"datapackage.json"}
    assert (tmp_path / "datapackage.json").read_text() == "{}"


def test_an_unknown_target_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Use one of: codebook-html, codebook-md"):
        compiled("--to", "xsd", "--output", str(tmp_path))


def test_nothing_is_written_where_not_all_can_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, where a folder is needed")
    with pytest.raises(UsageError, match="Cannot write"):
        write_files(tmp_path, {"one.json": b"{}", "taken/two.json": b"{}"})
    assert files(tmp_path) == {"taken"}


def test_all_is_all_that_can_be_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysdmx.io", None)
    said = compiled("--to", "all", "--output", str(tmp_path))
    assert "Left out: The target sdmx needs a library more: install 'accordant[sdmx]'." in said
    assert not (tmp_path / "sdmx").exists()
    assert (tmp_path / "sql" / "sqlite.sql").exists()
    with pytest.raises(UsageError, match="needs a library more"):
        compiled("--to", "sdmx", "--output", str(tmp_path / "alone"))
