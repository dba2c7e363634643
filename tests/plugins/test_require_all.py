"""Where everything is required, a skip of the browser or PostgreSQL tests is a failure."""

import pytest

pytest_plugins = ["pytester"]

SKIPPED = """
import pytest

@pytest.mark.{marker}
@pytest.mark.skip(reason="no browser here")
def test_a_page(): ...
"""


def run(pytester: pytest.Pytester, marker: str) -> pytest.RunResult:
    pytester.makeini("[pytest]\nmarkers =\n  browser\n  postgresql\n  mail_server\n  transcript\n")
    pytester.makepyfile(SKIPPED.format(marker=marker))
    return pytester.runpytest_inprocess("-p", "tests.plugins.require_all", "-p", "no:cacheprovider")


@pytest.mark.parametrize("marker", ["browser", "postgresql", "mail_server"])
def test_a_skipped_test_fails_where_everything_is_required(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    result = run(pytester, marker)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*no browser here*"])


def test_a_skipped_test_is_skipped_elsewhere(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    run(pytester, "browser").assert_outcomes(skipped=1)


def test_the_transcript_may_be_absent_everywhere(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    run(pytester, "transcript").assert_outcomes(skipped=1)
