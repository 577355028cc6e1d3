"""Airflow: only a submission that follows the standard is loaded."""

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException  # in older releases: airflow.exceptions

from validator import check


@task
def gate(folder: str) -> str:
    """Fail, without another try, unless the submission is in order. Logs get counts alone."""
    report = check("global-indicator", folder)
    if report.exit_code:
        counts = ", ".join(f"{number} {severity}s" for severity, number in report.totals.items())
        raise AirflowFailException(f"{report.verdict}: {counts}")
    return folder


@task
def load(folder: str) -> None:
    """Whatever comes next; it is not reached by a submission with faults."""


@dag(schedule=None, params={"folder": "incoming"})
def submission() -> None:
    """Check, then load."""
    load(gate("{{ params.folder }}"))


submission()
