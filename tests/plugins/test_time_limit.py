"""A test that hangs is ended, and the report says where it hung: with the machine's own clock and with a false one."""

import shutil

import pytest

pytest_plugins = ["pytester"]

HANGS = """
import threading

def test_that_waits_for_nobody():
    threading.Event().wait()

def test_that_comes_after(): ...
"""
FALSE_TIME = ("faketime", "--exclude-monotonic", "-f", "+8h")


@pytest.mark.parametrize("clock", [(), FALSE_TIME], ids=["true", "false"])
def test_a_hang_is_ended_with_its_stack_and_the_rest_runs(pytester: pytest.Pytester, clock: tuple[str, ...]) -> None:
    if clock and not shutil.which(clock[0]):
        pytest.skip("faketime is not installed")
    pytester.makeini("[pytest]\ntimeout_method = signal\n")
    pytester.makepyfile(HANGS)
    run = pytester.run(*clock, *pytester._getpytestargs(), "-p", "no:cacheprovider", "--timeout=1", timeout=60)
    run.assert_outcomes(failed=1, passed=1)
    run.stdout.fnmatch_lines(["*threading.Event().wait()*", "*Timeout*1.0s*"])


def test_each_test_has_a_limit(pytestconfig: pytest.Config) -> None:
    assert 60 <= float(pytestconfig.getini("timeout")) <= 300
    assert pytestconfig.getini("timeout_method") == "signal"
