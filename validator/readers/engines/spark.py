"""Spark: records that outgrow one machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.registry import Engine

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


SET_UP = ("SPARK_CONF_DIR", "SPARK_HOME", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS", "MASTER")
"""Where somebody may have told Spark where it runs."""


def _session() -> SparkSession:
    """The session that is there, or one as Spark's own settings say (``SPARK_CONF_DIR``)."""
    from pyspark.sql import SparkSession

    # what Spark looks at last, after all settings of its own
    os.environ.setdefault("SPARK_DRIVER_MEMORY", _memory())
    # out of memory it would go on for ever without a word
    os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:+ExitOnOutOfMemoryError")
    quiet = SparkSession.builder.appName("accordant").config(
        "spark.ui.showConsoleProgress", "false"
    )
    if not any(os.environ.get(name) for name in SET_UP):
        # it then runs on this machine alone, where nobody else is to reach it
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        quiet = quiet.config("spark.ui.enabled", "false")
    return quiet.getOrCreate()


def _memory() -> str:
    """Half of the machine's memory. Spark would take one GiB, which a million records fill."""
    with suppress(AttributeError, ValueError):  # not every system tells
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return f"{max(machine >> 21, 1024)}m"
    return "2g"


def _parquet(files: Sequence[Path]) -> Any:
    return _session().read.parquet(*(str(file) for file in files))


def _delimited(files: Sequence[Path], width: int, separator: str) -> Any:
    columns = ", ".join(f"c{i} STRING" for i in range(width))
    return _session().read.csv(
        [str(file) for file in files],
        schema=columns,
        sep=separator,
        header=True,
        quote='"',
        escape='"',
        # else it cuts a quoted text at its line break
        multiLine=True,
        mode="FAILFAST",
        enforceSchema=True,
    )


def _table(name: str) -> Any:
    return _session().table(name)


ENGINE = Engine(
    name="spark",
    title="Apache Spark, for records that outgrow one machine",
    parquet=_parquet,
    delimited=_delimited,
    table=_table,
)
