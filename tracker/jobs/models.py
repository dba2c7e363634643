"""When each job last ran."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime


class JobRun(SQLModel, table=True):
    """The last run of one job, by the real clock."""

    __tablename__ = "job_run"

    name: str = Field(primary_key=True)
    started_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    error: str | None = None
