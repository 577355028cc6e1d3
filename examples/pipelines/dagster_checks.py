"""Dagster: a check that holds back what is built on a submission with faults."""

import dagster as dg

from validator import check

FOLDER = "incoming"


@dg.asset
def series() -> str:
    """The submission, where it arrives."""
    return FOLDER


@dg.asset_check(asset=series, blocking=True)
def follows_the_standard(series: str) -> dg.AssetCheckResult:
    """Passes where nothing is at fault. The metadata are counts alone."""
    report = check("global-indicator", series)
    counts = {f"{severity}s": number for severity, number in report.totals.items()}
    return dg.AssetCheckResult(passed=report.exit_code == 0, metadata=counts)


definitions = dg.Definitions(assets=[series], asset_checks=[follows_the_standard])
