"""The short form of the soak: a few kills of the real scheduler, with a relay in trouble, on both databases."""

from pathlib import Path

import pytest

from tests.soak.crash import Crash, settle


@pytest.mark.parametrize(("readers", "kills", "schedulers"), [(60, 5, 1), (30, 2, 2)])
def test_no_digest_is_lost_and_none_repeated_without_doubt(
    any_url: str, tmp_path: Path, readers: int, kills: int, schedulers: int
) -> None:
    settle(any_url, readers)
    result = Crash(any_url, tmp_path / "var", readers, kills, schedulers).run()
    assert result.faults == []
