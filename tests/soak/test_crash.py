"""The short form of the soak: a few kills of the real scheduler, on both databases."""

from pathlib import Path

from tests.soak.crash import Crash, settle


def test_no_digest_is_lost_and_none_repeated_without_doubt(any_url: str, tmp_path: Path) -> None:
    settle(any_url, readers=60)
    result = Crash(any_url, tmp_path / "var", readers=60, kills=6).run()
    assert result.faults == []


def test_two_schedulers_killed_at_once_do_no_worse(sqlite_url: str, tmp_path: Path) -> None:
    settle(sqlite_url, readers=30)
    result = Crash(sqlite_url, tmp_path / "var", readers=30, kills=2, schedulers=2).run()
    assert result.faults == []
