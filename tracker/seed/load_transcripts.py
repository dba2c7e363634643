"""Importing the transcripts that stand beside a seed file."""

from pathlib import Path

from sqlmodel import col, select

from tracker.errors import Refused
from tracker.intake.import_transcript import import_prepared, what_is_known
from tracker.intake.prepare_file import prepare
from tracker.meetings.models import Meeting
from tracker.meetings.queries import meeting_by_slug
from tracker.seed.file_format import SourceEntry
from tracker.seed.seed_run import SeedRun
from tracker.transcripts.models import Transcript
from tracker.transcripts.text_positions import digest
from tracker.triage.cited_passages import recognise


def import_sources(run: SeedRun, folder: Path) -> int:
    """Import the sources that name a file and are not there yet; return how many."""
    imported = 0
    for number, entry in enumerate(run.file.sources):
        if entry.file is not None and not _is_there(run, entry):
            with run.at("sources", number, "file"):
                _import(run, entry, _bytes(folder, entry))
            imported += 1
    return imported


def tie_to_items(run: SeedRun) -> None:
    """Show proposals of transcripts that are there already as covered by the items that this run added."""
    for entry in run.file.sources:
        rows = select(Transcript).join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        here = col(Transcript.sha256) == entry.sha256, col(Meeting.body_id) == run.register.id
        for transcript in run.session.exec(rows.where(*here)):
            recognise(run.session, transcript, by=run.by, now=run.now)


def _is_there(run: SeedRun, entry: SourceEntry) -> bool:
    same = select(Transcript.id).where(col(Transcript.sha256) == entry.sha256)
    return run.session.exec(same).first() is not None


def _bytes(folder: Path, entry: SourceEntry) -> bytes:
    name = entry.file or ""
    if Path(name).name != name:
        raise Refused("“%(name)s” must be the name of a file beside the seed. Correct it.", name=name)
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise Refused(
            "“%(name)s” cannot be read: %(why)s. Correct the name or the file.", name=name, why=error.strerror
        ) from error
    if digest(data) != entry.sha256:
        raise Refused("“%(name)s” is not the file that the SHA-256 above names: correct one of them.", name=name)
    return data


def _import(run: SeedRun, entry: SourceEntry, data: bytes) -> None:
    meeting = meeting_by_slug(run.session, run.register.id, entry.meeting)
    if meeting is None:
        raise Refused("There is no meeting “%(slug)s”. Add it to the file, or correct the name.", slug=entry.meeting)
    prepared = prepare(data, what_is_known(run.session, meeting))
    import_prepared(run.session, meeting, entry.file or "", data, prepared, by=run.by, now=run.now)
