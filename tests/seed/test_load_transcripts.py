"""A transcript that stands beside a seed is imported with it."""

from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW
from tests.seed.sample import SHA256, write
from tests.texts import SAMPLE
from tracker.proposals.models import Proposal, TriageState
from tracker.seed.load_seed import load
from tracker.seed.read_file import SeedError
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.text_positions import digest

TALK = "MS SILVA: Open on Sundays.\n\nMR BERG: We should lend tools to all the schools.\n"


def beside(folder: Path, name: str = "talk.txt", talk: str = TALK) -> Path:
    (folder / "talk.txt").write_text(talk, encoding="utf-8")
    sha256 = digest(TALK.encode())
    return write(folder, (f"sha256: {SHA256}", f"sha256: {sha256}, file: {name}"))


def test_the_file_beside_the_seed_is_imported_once(session: Session, tmp_path: Path) -> None:
    path = beside(tmp_path)
    assert load(session, path, now=NOW)["transcripts"] == 1
    assert load(session, path, now=NOW)["transcripts"] == 0
    assert session.exec(select(Transcript.filename)).all() == ["talk.txt"]


@pytest.mark.parametrize(
    ("name", "talk", "said"),
    [
        ("none.txt", TALK, "cannot be read"),
        ("../talk.txt", TALK, "beside the seed"),
        ("talk.txt", "MS SILVA: Other words.", "SHA-256"),
    ],
)
def test_another_file_is_told_with_its_line(session: Session, tmp_path: Path, name: str, talk: str, said: str) -> None:
    with pytest.raises(SeedError, match=said) as error:
        load(session, beside(tmp_path, name, talk), now=NOW)
    assert error.value.line > 1


def test_the_sample_comes_with_all_but_two_turns_known_and_a_queue(any_session: Session) -> None:
    load(any_session, SAMPLE.parent / "seed.yaml", now=NOW)
    any_session.commit()
    unknown = any_session.exec(select(Turn.label).where(col(Turn.person_id).is_(None)).order_by(col(Turn.seq))).all()
    assert unknown == ["NEW SPEAKER", None]
    states = any_session.exec(select(Proposal.state)).all()
    assert states.count(TriageState.ATTACHED) >= 6
    assert states.count(TriageState.WAITING) >= 10
