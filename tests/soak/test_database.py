"""The short forms of two soaks: many writers beside a scheduler, and writers that are killed."""

from pathlib import Path

import pytest

from tests.soak import imports, load, power


@pytest.mark.parametrize("writers", [16])
def test_the_database_is_never_in_the_way(sqlite_url: str, tmp_path: Path, writers: int) -> None:
    result = load.run(sqlite_url, tmp_path / "var", writers=writers, seconds=6, readers=20)
    assert result.faults == {}
    assert len(result.seconds) > writers


@pytest.mark.filterwarnings("ignore:This process")  # forking beside threads that other tests have left is safe here
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    result = power.run(tmp_path, kills=5)
    assert (result.lost, result.broken) == (0, 0)
    assert result.acknowledged > 0


def test_nothing_is_lost_or_doubled_while_transcripts_are_imported(sqlite_url: str, tmp_path: Path) -> None:
    result = imports.run(sqlite_url, tmp_path / "var", writers=4, readers=10, turns=60, versions=2)
    assert result.faults == []
