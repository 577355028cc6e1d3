"""SQLite and PostgreSQL: the standard's tables, read only, and no password in any report."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readers.books import TABLES, cells, row_numbers
from validator.errors import UnreadableInput
from validator.model.reading import Reading
from validator.readers import database
from validator.readers.discovery import read
from validator.readers.files import sources

SERIES = """CREATE TABLE series (
  series_ref text, received_period {date}, last_reviewed {date}, victim_count {number},
  youth_produced {truth}, remarks text
)"""
ROWS = [
    ("b", None, None, None, None, ""),
    ("a", "2024-04-01", "2024-05-01", "3", "true", 'it\'s "so"'),
]


def of(url: str) -> list[Reading]:
    (source,) = sources([url])
    return list(read(source, TABLES))


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    path = tmp_path / "a b.db"
    with sqlite3.connect(path) as connection:
        connection.execute(SERIES.format(date="text", number="real", truth="text"))
        connection.executemany("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)", ROWS)
        connection.execute("CREATE TABLE other (a)")
        connection.execute("CREATE VIEW victims AS SELECT 'v' AS victim_ref, 1 AS n")
    connection.close()
    return path


def test_sqlite_tables_and_views_are_read_in_the_order_of_their_key(sqlite: Path) -> None:
    series, victims = of(f"sqlite:///{sqlite}")
    assert (series.sheet, series.records, victims.sheet) == ("series", 2, "victims")
    assert cells(series) == [
        ("a", "2024-04-01", "2024-05-01", "3", "true", 'it\'s "so"'),
        ("b", "", "", "", "", ""),
    ]
    assert row_numbers(series) == [2, 3]
    assert cells(victims) == [("v", "1")]
    assert series.notes == ("Rows are numbered in the order of series_ref.",)


def test_sqlite_is_never_written_to(sqlite: Path) -> None:
    before = sqlite.read_bytes()
    sqlite.chmod(0o444)
    sqlite.parent.chmod(0o555)
    try:
        assert len(of(f"sqlite:///{sqlite}")) == 2
    finally:
        sqlite.parent.chmod(0o755)
    assert sqlite.read_bytes() == before
    assert [path.name for path in sqlite.parent.iterdir()] == [sqlite.name]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///missing.db", "no such database"),
        ("https://example.org/series.csv", "nothing is fetched"),
        ("mysql://somebody:secret@example.org/db", "nothing is fetched"),
        ("postgresql://somebody:secret@127.0.0.1:1/db", "no answer"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_without_a_password(url: str, sentence: str) -> None:
    with pytest.raises(UnreadableInput, match=sentence) as caught:
        of(url)
    assert "secret" not in str(caught.value)
    assert "somebody" not in str(caught.value)


def test_what_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(UnreadableInput, match="no SQLite database"):
        of(f"sqlite:///{tmp_path}/a.db")


def test_a_database_without_the_tables_says_which_are_wanted(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "a.db").close()
    with pytest.raises(UnreadableInput, match="series, media, victims, offenders"):
        of(f"sqlite:///{tmp_path}/a.db")


def test_a_url_is_shown_without_its_user_and_its_options() -> None:
    shown = {
        "postgresql://user:pass@host:5432/db?password=x": "postgresql://host:5432/db",
        "postgresql://us%40er:p/@ss@host/db": "postgresql://host/db",
        "postgresql://user:p?ss@host/db": "postgresql://...",
        "sqlite:///folder/a.db": "sqlite:///folder/a.db",
    }
    assert {url: database.shown(url) for url in shown} == shown


def programs() -> Path | None:
    """Where Debian keeps the programs of its newest PostgreSQL, or where the path has them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = shutil.which("initdb")
    return found[-1].parent if found else Path(there).parent if there else None


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that this test starts and stops."""
    where = programs()
    if where is None:
        pytest.skip(
            "POSTGRESQL IS NOT INSTALLED: its reader is not tested (apt install postgresql)"
        )
    # not in one of pytest's folders, which are for one user alone
    folder = Path(tempfile.mkdtemp())
    data = folder / "data"
    run: list[str] = []
    if os.geteuid() == 0:
        # the server refuses to run as root
        run = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        shutil.chown(folder, "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    password = folder / "password"
    password.write_text("s3cret")
    password.chmod(0o644)

    def call(program: str, *arguments: str) -> None:
        subprocess.run([*run, str(where / program), *arguments], check=True, cwd=folder,
                       stdout=subprocess.DEVNULL)  # fmt: skip

    call("initdb", "-D", str(data), "-U", "steward", "-A", "scram-sha-256", f"--pwfile={password}",
         "-E", "UTF8", "--no-sync")  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    call("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://steward:s3cret@127.0.0.1:{port}/postgres"
    finally:
        call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def filled(server: str) -> str:
    import psycopg

    with psycopg.connect(server) as connection:
        connection.execute("DROP TABLE IF EXISTS series, other")
        connection.execute(SERIES.format(date="date", number="numeric(5, 2)", truth="boolean"))
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO series VALUES (%s, %s, %s, %s, %s, %s)", ROWS)
        connection.execute("CREATE TABLE other (a int)")
    return server


def test_postgresql_tables_are_read_with_dates_as_their_fields_write_them(filled: str) -> None:
    (series,) = of(filled)
    assert cells(series) == [
        ("a", "2024-Q2", "2024-05", "3", "true", 'it\'s "so"'),
        ("b", "", "", "", "", ""),
    ]
    assert series.sheet == "series"
    assert series.path.startswith("postgresql://127.0.0.1:")
    assert "s3cret" not in repr(series)


def test_postgresql_is_read_as_it_was_at_one_moment(filled: str) -> None:
    import psycopg

    (series,) = of(filled)
    with psycopg.connect(filled) as connection:
        connection.execute("DELETE FROM series")
    assert len(cells(series)) == series.records == 2


def test_a_session_of_postgresql_cannot_write(filled: str) -> None:
    import psycopg

    (series,) = of(filled)
    rows = series.frames.__closure__
    assert rows is not None
    stored = next(cell.cell_contents for cell in rows if hasattr(cell.cell_contents, "rows"))
    snapshot = next(
        cell.cell_contents
        for cell in stored.rows.__closure__
        if isinstance(cell.cell_contents, database._Snapshot)
    )
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        snapshot.connection.execute("DELETE FROM series")


def test_a_wrong_password_is_one_sentence(filled: str) -> None:
    with pytest.raises(UnreadableInput, match="refuses the connection") as caught:
        of(filled.replace("s3cret", "wr0ng"))
    assert "wr0ng" not in str(caught.value)
