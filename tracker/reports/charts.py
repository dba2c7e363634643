"""Bars made of parts, drawn by hand as SVG: `svg()` draws a chart with its legend, `stacked_bar()` one bar alone.

The same drawing stands on the page, where it is as wide as its column and a stylesheet may colour its classes, and in
the print, where its width is given. Parts differ by pattern as well as by colour, and every number is also text.
No library that we know draws this: pygal brings style and script into the page, which our policy refuses, and knows no
patterns; leather stacks no bars; both scale their letters with the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tracker.text import writable

#: px; nothing in a chart is smaller than 12
TEXT = 14
ROW = 46
LEGEND_ROW = 24
BAR = 18
#: the bar that stands alone
TALL_BAR = 28
#: letters that fit above a bar on a telephone, beside its total
LABEL = 36
#: the number of a part narrower than this share of the width, in per cent, stands in the table only
ROOM_FOR_A_NUMBER = 9


@dataclass(frozen=True)
class ChartPart:
    """A kind of part: `name` is a plain word for the stylesheet, `label` is what people read."""

    name: str
    label: str


@dataclass(frozen=True)
class Bar:
    """A labelled bar: how many of each kind of part, in the order of the chart's parts."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """What the drawing shows; `title` and `description` are read out in place of it."""

    title: str
    description: str
    parts: tuple[ChartPart, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class PartStyle:
    """How a kind of part is drawn where no stylesheet says otherwise: ink, ground, pattern; None is plain ink."""

    ink: str
    ground: str = "#ffffff"
    pattern: str | None = None


HATCH = '<path d="M0 8 8 0M-2 2 2-2M6 10 10 6" stroke-width="2.5"/>'
DOTS = '<circle cx="2" cy="2" r="1.2"/><circle cx="6" cy="6" r="1.2"/>'
#: ground alone, as what is open is most of every bar, and has not been filled yet
BLANK = ""
PLAIN = PartStyle("#1d5c63")
LOOKS = {
    "overdue": PartStyle("#a4262c"),
    "disputed": PartStyle("#a4262c", pattern=HATCH),
    "past": PartStyle("#a4262c", "#e9e4d8", DOTS),
    "open": PartStyle("#6b6f76", "#f4f0e6", BLANK),
    "waiting": PartStyle("#8a5a00", pattern=HATCH),
    "done": PLAIN,
    "no-longer-pursued": PartStyle("#6b6f76", pattern=HATCH),
}


def svg(chart: Chart, *, key: str = "chart", width: int | None = None, rtl: bool = False) -> str:
    """Return the drawing; `width` in px, else it is as wide as its place. `key` begins the ids within the page."""
    place = _Place(width, rtl)
    # A part that no bar has would only lengthen the legend.
    used = [n for n in range(len(chart.parts)) if any(bar.counts[n] for bar in chart.bars)]
    top = LEGEND_ROW * -(-len(used) // 2) + 10
    height = top + ROW * len(chart.bars)
    return "".join(
        [
            _begin(chart, place, height, key, rtl),
            *(_pattern(chart.parts[n].name, key) for n in used),
            *(_legend(place, chart.parts[n], order, key) for order, n in enumerate(used)),
            *(_bar(place, chart, bar, top + ROW * line, key) for line, bar in enumerate(chart.bars)),
            "</svg>",
        ]
    )


def stacked_bar(chart: Chart, *, key: str = "bar", width: int | None = None, rtl: bool = False) -> str:
    """Return the chart's first bar alone, as wide as its place or `width` px: for the top of a report, or a card.

    What its parts mean stands beside it as text, with `swatch()`; on a page macros/charts.html draws both.
    """
    place = _Place(width, rtl)
    counts = chart.bars[0].counts
    used = [part.name for part, count in zip(chart.parts, counts, strict=True) if count]
    return "".join(
        [
            _begin(chart, place, TALL_BAR, key, rtl),
            *(_pattern(name, key) for name in used),
            *_boxes(place, chart, counts, sum(counts), 0, TALL_BAR, key),
            "</svg>",
        ]
    )


def swatch(name: str, *, key: str = "bar") -> str:
    """Return a small square that looks like that part of the bar drawn with the same key, to stand before its word."""
    return (
        '<svg class="swatch" width="12" height="12" aria-hidden="true">'
        f'<rect x=".5" y=".5" width="11" height="11" {_fill(name, key)}/></svg>'
    )


def _begin(chart: Chart, place: "_Place", height: int, key: str, rtl: bool) -> str:
    """Return the start of the drawing, with what is read out in place of it."""
    direction = ""
    if rtl:
        direction = ' direction="rtl"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" width="{place.x(100)}" height="{height}"'
        f' aria-labelledby="{key}-title {key}-desc" font-family="Noto Sans, sans-serif" font-size="{TEXT}"'
        f'{direction}><title id="{key}-title">{_text(chart.title)}</title>'
        f'<desc id="{key}-desc">{_text(chart.description)}</desc>'
    )


@dataclass(frozen=True)
class _Place:
    """Turns shares of the width, in per cent, into coordinates; mirrored where text runs from the right."""

    width: int | None
    rtl: bool

    def x(self, share: float) -> str:
        # In per cent the drawing is as wide as its place, on a telephone as on a projector.
        if self.width is None:
            return f"{share:.2f}".rstrip("0").rstrip(".") + "%"
        return f"{share * self.width / 100:.1f}"

    def text(self, share: float) -> str:
        if self.rtl:
            return self.x(100 - share)
        return self.x(share)

    def box(self, share: float, size: float) -> str:
        begin = share
        if self.rtl:
            begin = 100 - share - size
        return f'x="{self.x(begin)}" width="{self.x(size)}"'


def _look(name: str) -> PartStyle:
    return LOOKS.get(name, PLAIN)


def _pattern(name: str, key: str) -> str:
    """Return the definition of a part's pattern, if it has one."""
    look = _look(name)
    if look.pattern is None:
        return ""
    kind = "dots"
    stroke = "none"
    # Patterns tell the parts apart where there is no colour: in print, and to whoever sees none.
    if look.pattern is HATCH:
        kind = "hatch"
        stroke = look.ink
    return (
        f'<pattern id="{key}-{name}" width="8" height="8" patternUnits="userSpaceOnUse" class="part-{name} {kind}"'
        f' fill="{look.ink}" stroke="{stroke}">'
        f'<rect width="8" height="8" class="part-ground" fill="{look.ground}" stroke="none"/>{look.pattern}</pattern>'
    )


def _fill(name: str, key: str) -> str:
    look = _look(name)
    kind = "solid"
    paint = look.ink
    if look.pattern is not None:
        kind = "patterned"
        paint = f"url(#{key}-{name})"
    return f'class="part {kind} part-{name}" fill="{paint}" stroke="{look.ink}"'


def _legend(place: _Place, part: ChartPart, order: int, key: str) -> str:
    """Return a swatch and its word, two in a row."""
    x = place.text(50 * (order % 2))
    y = LEGEND_ROW * (order // 2)
    shift, gap = (-13, -20) if place.rtl else (1, 20)
    return (
        f'<rect x="{x}" y="{y + 2}" width="12" height="12" transform="translate({shift})" {_fill(part.name, key)}/>'
        f'<text x="{x}" y="{y + 13}" dx="{gap}">{_text(part.label)}</text>'
    )


def _bar(place: _Place, chart: Chart, bar: Bar, y: int, key: str) -> str:
    """Return a line of text, the bar below it, and the numbers that find room in it."""
    largest = max((sum(each.counts) for each in chart.bars), default=0) or 1
    return (
        f'<text x="{place.text(0)}" y="{y + 14}">{_text(_short(bar.label))}</text>'
        f'<text x="{place.text(100)}" y="{y + 14}" text-anchor="end" class="total">{sum(bar.counts)}</text>'
        + "".join(_boxes(place, chart, bar.counts, largest, y + 20, BAR, key))
    )


def _boxes(
    place: _Place, chart: Chart, counts: Sequence[int], whole: int, y: int, height: int, key: str
) -> Iterator[str]:
    """Yield the parts of a bar from start to end, of which `whole` would fill the width, each with its number."""
    start = 0.0
    for part, count in zip(chart.parts, counts, strict=True):
        if count:
            size = 100 * count / whole
            yield f'<rect {place.box(start, size)} y="{y}" height="{height}" {_fill(part.name, key)}/>'
            # the digits' middle stands 5 px above their foot
            yield _number(place, part.name, count, start, size, y + height // 2 + 5)
            start += size


def _short(label: str) -> str:
    if len(label) <= LABEL:
        return label
    return label[: LABEL - 1].rstrip() + "…"


def _text(value: str) -> str:
    return escape(writable(value))


def _number(place: _Place, name: str, count: int, start: float, size: float, y: int) -> str:
    if size < ROOM_FOR_A_NUMBER:
        return ""
    colours = 'class="on-ink" fill="#ffffff"'
    if _look(name).pattern is not None:  # a rim of ground keeps the number legible on its pattern
        colours = 'class="on-ground" fill="#1b1b1b" stroke="#ffffff" stroke-width="4" paint-order="stroke"'
    return f'<text x="{place.text(start + size / 2)}" y="{y}" text-anchor="middle" {colours}>{count}</text>'
