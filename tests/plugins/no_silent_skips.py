"""In CI (CI=true) a skipped test fails: a tool that is missing there must not look like a pass.

Two reasons are good ones: the real data is not on the machine (and then it must really not be there), and a
test of one database's own behaviour while the suite runs on the other – `make test` runs it on both.
"""

from __future__ import annotations

import os

import pytest

from data_folder import FOLDER

NO_DATA = "real data not found"
OTHER_DATABASE = "runs on the other database"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if not hasattr(report, "wasxfail"):
        fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    report = yield
    fail_if_skipped(report)
    return report


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not report.skipped or os.environ.get("CI") != "true":
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not is_allowed(reason):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not accept: {reason}"


def is_allowed(reason: str) -> bool:
    if reason.startswith(OTHER_DATABASE):
        return True
    return reason.startswith(NO_DATA) and not FOLDER.is_dir()
