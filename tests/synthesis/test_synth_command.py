import json

import pytest

from tests.commands import run


def test_a_submission_is_written_and_named(tmp_path, capsys):
    code = run(
        "synth",
        "global-indicator", "--rows", 40, "--seed", 1, "--output", tmp_path / "out",
        "--faults", 0.1, "--tables", "series, victims", "--as-of", "2026-11-21",
    )  # fmt: skip
    said = capsys.readouterr().out
    assert code == 0
    assert "series.csv: 40 records" in said
    assert "--as-of 2026-11-21" in said
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert f"{len(manifest['faults'])} faults" in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "manifest.json",
        "series.csv",
        "victims.csv",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-standard", "--rows", 5, "--seed", 1),
        ("global-indicator", "--rows", 5, "--seed", 1, "--tables", "nothing"),
        ("global-indicator", "--rows", -5, "--seed", 1),
        ("global-indicator", "--rows", 5, "--seed", 1, "--faults", 2),
    ],
)
def test_a_call_that_cannot_be_followed_ends_with_2_and_a_sentence(tmp_path, capsys, arguments):
    assert run("synth", *arguments, "--output", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said
