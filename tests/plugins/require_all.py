"""With REQUIRE_ALL=1 a skipped test of a browser or server has failed: CI may not pass for want of a browser."""

import os
from collections.abc import Generator

import pytest

REQUIRED = ("browser", "postgresql", "mail_server")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a required test into a failure that keeps the reason."""
    report = yield
    required = any(item.get_closest_marker(name) for name in REQUIRED)
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and required:
        report.outcome = "failed"
        report.longrepr = f"skipped, though REQUIRE_ALL is set: {report.longrepr}"
    return report
