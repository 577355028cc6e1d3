"""Spark: records that outgrow one machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.registry import Engine

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def _session() -> SparkSession:
    """The session that is there, or one as Spark's own settings say (``SPARK_CONF_DIR``)."""
    from pyspark.sql import SparkSession

    quiet = SparkSession.builder.appName("accordant").config(
        "spark.ui.showConsoleProgress", "false"
    )
    return quiet.getOrCreate()


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
