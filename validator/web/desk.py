"""The checks that were asked for: gathered, made one after the other, and kept in memory only.

Files are on the disk from the moment they arrive until the answer is made, and no longer.
"""

from __future__ import annotations

import queue
import secrets
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from validator.errors import AccordantError, UsageError
from validator.web import work
from validator.web.names import plain
from validator.web.work import Copy, Product, Question

KEPT = 3
"""Answers that stay in memory; a further one takes the place of the oldest."""
MOST_FILES = 200


class TooLarge(UsageError):
    """More bytes than are taken."""


class State(StrEnum):
    """How far a check is."""

    GATHERING = "gathering"
    WAITING = "waiting"
    CHECKING = "checking"
    PREPARING = "preparing"
    DONE = "done"
    FAILED = "failed"


@dataclass
class Check:
    """One check: what was asked, how far it is, and what has come of it."""

    id: str
    question: Question
    size: int = 0
    state: State = State.GATHERING
    records: int = 0
    error: str = ""
    verdict: tuple[str, str, str] | None = None
    standard: str = ""
    products: dict[str, Product] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)

    def described(self) -> dict[str, Any]:
        """How it stands, for the page."""
        return {
            "id": self.id,
            "state": self.state.value,
            "records": self.records,
            "error": self.error,
            "standard": self.standard,
            "verdict": self.verdict
            and dict(zip(("word", "why", "kind"), self.verdict, strict=True)),
            "downloads": [
                {"name": p.name, "title": p.title, "about": p.about, "size": len(p.data)}
                for p in self.products.values()
            ],
            "copies": [
                {
                    "likely": c.likely,
                    "cells": c.cells,
                    "by_hand": list(c.by_hand),
                    "stayed": list(c.stayed),
                }
                for c in self.copies
            ],
        }


class Desk:
    """Takes files in, has them checked one check at a time, and keeps the latest answers."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self.checks: dict[str, Check] = {}
        self._queue: queue.SimpleQueue[Check] = queue.SimpleQueue()
        # a daemon, so that Ctrl-C need not wait for a long check
        threading.Thread(target=self._work, daemon=True, name="checks").start()

    def open(self, standard: str | None, audience: str | None) -> Check:
        """Begin a check, whose files are yet to come."""
        name = secrets.token_urlsafe(16)
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        self.checks[name] = Check(name, Question(folder, (), standard, audience))
        for old in list(self.checks)[:-KEPT]:
            self.drop(old)
        return self.checks[name]

    def room(self, check: Check, name: str, size: int = 0) -> Path:
        """Where a file of that name goes. Raises UsageError where it cannot be taken."""
        if check.state is not State.GATHERING:
            message = "This check has begun; files cannot be added any more."
            raise UsageError(message)
        names = check.question.names
        if plain(name).casefold() in (other.casefold() for other in names):
            message = "Two files have the same name. Rename one of them."
            raise UsageError(message)
        if len(names) >= MOST_FILES:
            message = f"More than {MOST_FILES} files. Check them in parts."
            raise UsageError(message)
        self.count(check, size)
        self._ask(check, (*names, name))
        return check.question.folder / name

    def count(self, check: Check, size: int) -> None:
        """Refuse what is more than is taken in all. Raises TooLarge."""
        if check.size + size > self.most_bytes:
            message = (
                f"The files have more than {self.most_bytes // 1_000_000} MB together. Check them "
                "in parts, or with the command: accordant check."
            )
            raise TooLarge(message)

    def start(self, check: Check) -> None:
        """Have a check made."""
        if check.state is not State.GATHERING or not check.question.names:
            message = "Choose at least one file." if not check.question.names else "It has begun."
            raise UsageError(message)
        check.state = State.WAITING
        self._queue.put(check)

    def again(self, check: Check, *, likely: bool) -> Check:
        """Check a mended copy of a check. Raises UsageError where there is none."""
        copy = next((copy for copy in check.copies if copy.likely is likely), None)
        if copy is None or not copy.files:
            message = "There is no mended copy to check."
            raise UsageError(message)
        other = self.open(check.question.standard, check.question.audience)
        for name, data in copy.files.items():
            self.room(other, name).write_bytes(data)
        self.start(other)
        return other

    def drop(self, name: str) -> None:
        """Forget a check, whatever there is of it."""
        check = self.checks.pop(name, None)
        if check is not None:
            shutil.rmtree(check.question.folder, ignore_errors=True)

    def _ask(self, check: Check, names: Sequence[str]) -> None:
        old = check.question
        check.question = Question(old.folder, names, old.standard, old.audience)

    def _work(self) -> None:
        while True:
            check = self._queue.get()
            try:
                self._make(check)
                check.state = State.DONE
            except AccordantError as error:
                check.error = check.question.shown(str(error))
                check.state = State.FAILED
            except BaseException as error:
                # a panic of a library is no Exception, and must not end this thread; what it says
                # may hold a cell's text
                kind = type(error).__name__
                check.error = f"An internal error stopped the check ({kind}). Please report it."
                check.state = State.FAILED
            finally:
                shutil.rmtree(check.question.folder, ignore_errors=True)

    def _make(self, check: Check) -> None:
        check.state = State.CHECKING

        def progress(records: int) -> None:
            check.records += records

        report = work.check(check.question, progress)
        relabelled = work.relabelled(check.question, report)
        check.standard = f"{report.standard_id} {report.standard_version}"
        for product in work.reports(relabelled):
            check.products[product.name] = product
        check.verdict = work.verdict(relabelled)
        check.state = State.PREPARING
        for product in work.annotated(report):
            check.products[product.name] = product
        for copy in work.copies(check.question):
            check.copies.append(copy)
            if copy.cells:
                check.products[copy.product.name] = copy.product
