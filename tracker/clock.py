"""The time of this installation, which may differ from the real one.

An example of 2012 would be years overdue, so an installation can start at a chosen moment and run on from there.
Leases, retries, sessions and links always use `real_now`.
"""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from sqlmodel import Field, Session, SQLModel, col, select
from tzdata import IANA_VERSION  # type: ignore[import-untyped]

from tracker.db import insert_new
from tracker.errors import Refused

#: the years that are accepted: wide enough for any meeting, narrow enough that no offset of days overflows a date
YEARS = range(1900, 2200)


class ClockSetting(SQLModel, table=True):
    """The one row that says how far the installation's clock is from the real one."""

    __tablename__ = "clock_setting"

    id: int = Field(default=1, primary_key=True)
    offset_seconds: int
    #: the row stays when somebody returns to today, so that CLOCK counts at the first start only
    is_returned: bool = False


_SETTING = select(ClockSetting.offset_seconds, ClockSetting.is_returned).where(col(ClockSetting.id) == 1)


def refuse_year(day: date | None, field: str) -> None:
    """Raise Refused for a day in a year that is not accepted."""
    if day is not None and day.year not in YEARS:
        raise Refused("The year %(year)s is out of range. Correct it.", field, year=day.year)


def real_now() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def offset(session: Session) -> timedelta:
    """Return how far this installation's clock is from the real one."""
    row = session.exec(_SETTING).first()
    if row is None:
        return timedelta(0)
    seconds, is_returned = row
    return offset_of(seconds, is_returned=is_returned)


def offset_of(seconds: int | None, *, is_returned: bool) -> timedelta:
    """Return the offset that a setting of so many seconds stands for, or none at all."""
    if seconds is None or is_returned:
        return timedelta(0)
    return timedelta(seconds=seconds)


def now(session: Session) -> datetime:
    """Return the installation's moment in UTC."""
    return real_now() + offset(session)


def begin(session: Session, believed: datetime | None) -> None:
    """Fix this installation's clock at its first start; later starts change nothing."""
    if believed is not None:
        start_at(session, believed)
    else:
        _set_once(session, offset_seconds=0, is_returned=True)


def start_at(session: Session, believed: datetime) -> None:
    """Start the clock at that moment, unless this installation already has one."""
    # Rounded up, so that the clock never shows a moment before the one in CLOCK.
    _set_once(session, offset_seconds=ceil((believed - real_now()).total_seconds()), is_returned=False)


def _set_once(session: Session, **values: int | bool) -> None:
    """Write the setting unless there is one: of two processes that start at once, the second changes nothing."""
    if session.get(ClockSetting, 1) is None:
        insert_new(session, ClockSetting, id=1, **values)


def return_to_today(session: Session) -> None:
    """Use the real time from now on."""
    setting = session.get(ClockSetting, 1)
    if setting is not None:
        setting.is_returned = True


def move_on(session: Session, span: timedelta) -> datetime:
    """Let an installation with a clock of its own believe a later moment, and return that moment.

    Raises Refused where the installation runs on the real clock.
    """
    setting = session.get(ClockSetting, 1)
    if setting is None or setting.is_returned:
        raise Refused("This installation runs on today's date already. Reload the page.")
    later = now(session) + span
    refuse_year(later.date(), "")
    setting.offset_seconds += round(span.total_seconds())
    session.add(setting)
    return later


def day_in(zone: str, moment: datetime) -> date:
    """Return the calendar day of the moment in that IANA zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def zone_rules_version() -> str:
    """Return the version of the rules of time zones that are used, as 2026b: the system's, else the package's."""
    for folder in TZPATH:
        file = Path(folder) / "tzdata.zi"
        if file.is_file():
            with file.open(encoding="ascii", errors="replace") as lines:
                return lines.readline().removeprefix("# version").strip()
    return str(IANA_VERSION)
