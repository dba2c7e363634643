"""When each job last ran, and whether the scheduler still runs."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel

from tracker.clock import real_now
from tracker.db import UTCDateTime

#: the digests job runs every minute: after five without a run something is wrong
SILENT_AFTER = timedelta(minutes=5)


class JobRun(SQLModel, table=True):
    """The last run of one job, by the real clock."""

    __tablename__ = "job_run"

    name: str = Field(primary_key=True)
    started_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: type and text of what it raised, up to 500 characters; None if it ended well
    error: str | None = None


def last_tick(session: Session) -> datetime | None:
    """Return when the scheduler last looked for due digests, by the real clock; None if it never ran."""
    job_run = session.get(JobRun, "digests")
    if job_run is None:
        return None
    return job_run.started_at


def scheduler_is_silent(last_tick: datetime | None) -> bool:
    """Tell whether a scheduler that once ran has stopped; one that was never started is no fault."""
    return last_tick is not None and real_now() - last_tick > SILENT_AFTER
