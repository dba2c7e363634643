"""now() of this installation, which may have been given another day to believe in.

An example of 2012 would be years overdue, so an installation can start at a chosen moment and run on from there.
Leases, retries, sessions and links use `real_now` always.
"""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from sqlmodel import Field, Session, SQLModel, col, select

from tracker.errors import Refused

#: years that can be meant: far enough for any meeting, near enough for any offset of days
YEARS = range(1900, 2200)


class ClockSetting(SQLModel, table=True):
    """The one row that says how far the installation's clock is from the real one."""

    __tablename__ = "clock_setting"

    id: int = Field(default=1, primary_key=True)
    offset_seconds: int
    #: the row stays when somebody returns to today, so that CLOCK is obeyed at the first start only
    is_returned: bool = False


#: made once: every page asks
_SET = select(ClockSetting.offset_seconds, ClockSetting.is_returned).where(col(ClockSetting.id) == 1)


def refuse_year(day: date | None, field: str) -> None:
    """Raise Refused for a day in a year that cannot be meant."""
    if day is not None and day.year not in YEARS:
        raise Refused("The year %(year)s cannot be meant. Correct it.", field, year=day.year)


def real_now() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def offset(session: Session) -> timedelta:
    """Return how far this installation's clock is from the real one."""
    setting = session.exec(_SET).first()
    if setting is None or setting[1]:
        return timedelta(0)
    return timedelta(seconds=setting[0])


def now(session: Session) -> datetime:
    """Return the installation's moment in UTC."""
    return real_now() + offset(session)


def begin(session: Session, believed: datetime | None) -> None:
    """Settle at the first start which clock this installation has; later starts change nothing."""
    if believed is not None:
        start_at(session, believed)
    elif session.get(ClockSetting, 1) is None:
        session.add(ClockSetting(offset_seconds=0, is_returned=True))


def start_at(session: Session, believed: datetime) -> None:
    """Believe that moment from now on, unless this installation already has a clock."""
    if session.get(ClockSetting, 1) is None:
        # rounded up: it never shows a moment before the one that was asked for
        session.add(ClockSetting(offset_seconds=ceil((believed - real_now()).total_seconds())))


def return_to_today(session: Session) -> None:
    """Believe the real clock from now on."""
    setting = session.get(ClockSetting, 1)
    if setting is not None:
        setting.is_returned = True


def day_in(zone: str, moment: datetime) -> date:
    """Return the calendar day of the moment in that IANA zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
