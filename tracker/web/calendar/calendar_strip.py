"""The strip above the calendar: years, milestones and their names on one line, as SVG.

It is drawn twice, for a wide page and for a telephone, and the stylesheet shows one. Places are shares of the width, so
that it fills its column; where text runs from the right they are mirrored. It says nothing that the list below does not
say, so it is hidden from screen readers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from markupsafe import Markup

from tracker.meetings.calendar_views import LENGTH, ScaleStop, Timeline

#: px between two names above each other; below the line is one lane for the years, and one for today
LANE = 19
#: width of a letter in px as drawn by a wide font, DejaVu Sans at 14 px
LETTER = 8.4
#: letters of a name; the list has the rest
LONGEST = 34
#: px that a dot reaches to the side
DOT = 5


@dataclass(frozen=True)
class StripSize:
    """For how wide a place names are laid out, in px, and how many of them may stand above each other."""

    name: str
    width: int
    lanes: int


#: the narrowest pages on which each is shown: what does not overlap there does not overlap on a wider one
SIZES = (StripSize("wide", 700, 7), StripSize("narrow", 288, 8))


@dataclass(frozen=True)
class StripName:
    """Where the name of a stop stands: in which lane, counted from the line, and between which shares of the width."""

    stop: ScaleStop
    text: str
    lane: int
    begin: float
    end: float
    #: the name ends at its stop rather than beginning there
    is_before: bool


def strip(line: Timeline, *, today: str, rtl: bool) -> Markup:
    """Return the drawings of the timeline; nothing where it has no stops. `today` is the word for it."""
    if not line.stops:
        return Markup()
    return Markup().join(_drawing(line, size, today, rtl=rtl) for size in SIZES)


def place_names(stops: Sequence[ScaleStop], size: StripSize) -> list[StripName]:
    """Return the names that find room, none over another and none crossed by the line that leads to one.

    The last begins in the lowest lane. Each name before it that would reach over later ones stands above them.
    """
    names: list[StripName] = []
    for stop in reversed(stops):
        name = _name(stop, size)
        over = [other.lane for other in names if name.begin < other.end and other.begin < name.end]
        lane = max(over, default=-1) + 1
        if lane < size.lanes:
            names.append(StripName(stop, name.text, lane, name.begin, name.end, name.is_before))
    return names


def _name(stop: ScaleStop, size: StripSize) -> StripName:
    """Return the name in the lowest lane: after its stop, or before it where it would reach over the end."""
    title = stop.milestone.title
    if len(title) > LONGEST:
        title = title[: LONGEST - 1].rstrip() + "…"
    width = 100 * (_letters(title) * LETTER + DOT) / size.width
    at = _share(stop.at)
    if at + width <= 100:
        return StripName(stop, title, 0, at, at + width, is_before=False)
    end = min(100.0, max(_share(stop.until), width))
    return StripName(stop, title, 0, end - width, end, is_before=True)


def _letters(text: str) -> float:
    """Return how many Latin letters the text is as wide as; a Chinese sign counts for two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _share(at: int) -> float:
    return 100 * at / LENGTH


@dataclass(frozen=True)
class _Canvas:
    """Turns shares of the width into coordinates."""

    line: int
    rtl: bool

    def x(self, share: float) -> str:
        if self.rtl:
            share = 100 - share
        return f"{share:.1f}%"

    def upright(self, kind: str, share: float, top: int, bottom: int) -> str:
        place = self.x(share)
        return f'<line class="{kind}" x1="{place}" x2="{place}" y1="{top}" y2="{bottom}"/>'

    def along(self, kind: str, begin: float, end: float) -> str:
        y = self.line
        return f'<line class="{kind}" x1="{self.x(begin)}" x2="{self.x(end)}" y1="{y}" y2="{y}"/>'

    def text(self, kind: str, share: float, y: int, text: str, *, is_before: bool = False) -> str:
        anchor = ""
        if is_before:
            anchor = ' text-anchor="end"'
        return f'<text class="{kind}" x="{self.x(share)}" y="{y}"{anchor}>{escape(text)}</text>'


def _drawing(line: Timeline, size: StripSize, today: str, *, rtl: bool) -> Markup:
    names = place_names(line.stops, size)
    canvas = _Canvas(line=LANE * (1 + max((name.lane for name in names), default=0)) + 6, rtl=rtl)
    height = canvas.line + 2 * LANE + 4
    parts = [
        canvas.along("timeline-line", 0, 100),
        *_today(line, canvas, size, today),
        *_years(line, canvas, size),
        *_stops(line.stops, canvas),
        *(part for name in names for part in _named(name, canvas)),
    ]
    head = f'<svg class="timeline timeline-{size.name}" height="{height}" aria-hidden="true" focusable="false">'
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - numbers, constants, and titles that are escaped


def _years(line: Timeline, canvas: _Canvas, size: StripSize) -> Iterable[str]:
    """Draw where each year begins, and its number as far as there is room."""
    room = 100 * 4.5 * LETTER / size.width
    free_from = 0.0
    first_year = line.stops[0].milestone.starts_on.year
    for year, at in [(first_year, 0), *line.years]:
        share = _share(at)
        if at:
            yield canvas.upright("timeline-year", share, canvas.line - 5, canvas.line + 5)
        if free_from <= share <= 100 - room:
            free_from = share + room
            yield canvas.text("timeline-year-name", share, canvas.line + LANE, str(year))


def _today(line: Timeline, canvas: _Canvas, size: StripSize, word: str) -> Iterable[str]:
    if line.today is None:
        return
    bottom = canvas.line + 2 * LANE
    share = _share(line.today)
    dot = 100 * DOT / size.width
    is_before = share + dot + 100 * _letters(word) * LETTER / size.width > 100
    if is_before:
        dot = -dot
    yield canvas.upright("timeline-today", share, 2, bottom)
    yield canvas.text("timeline-today-name", share + dot, bottom, word, is_before=is_before)


def _stops(stops: Iterable[ScaleStop], canvas: _Canvas) -> Iterable[str]:
    for stop in stops:
        kind = "timeline-stop"
        if stop.milestone.tentative:
            kind = "timeline-stop timeline-tentative"
        yield canvas.along(kind, _share(stop.at), _share(stop.until))


def _named(name: StripName, canvas: _Canvas) -> Iterable[str]:
    y = canvas.line - LANE * name.lane - 12
    kind = "timeline-name"
    if name.stop.is_past or name.stop.milestone.is_cancelled:
        kind = "timeline-name quiet"
    if name.lane:
        yield canvas.upright("timeline-lead", _share(name.stop.at), y + 3, canvas.line - DOT)
    yield canvas.text(kind, name.end if name.is_before else name.begin, y, name.text, is_before=name.is_before)
