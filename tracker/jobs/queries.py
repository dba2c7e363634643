"""Reading when jobs ran."""

from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.clock import real_now
from tracker.jobs.models import JobRun

#: after so long without a tick something is wrong
SILENT_AFTER = timedelta(minutes=5)


def last_tick(session: Session) -> datetime | None:
    """Return when the scheduler last looked what is due, by the real clock; None if it never ran."""
    row = session.get(JobRun, "digests")
    if row:
        return row.started_at
    return None


def scheduler_is_silent(ticked: datetime | None) -> bool:
    """Tell whether a scheduler that ran once does so no more; one that was never started is nobody's fault."""
    return ticked is not None and real_now() - ticked > SILENT_AFTER
