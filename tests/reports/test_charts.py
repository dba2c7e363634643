"""The hand-made chart: well-formed, escaped, readable, and without anything that a strict policy would kill."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from tracker.reports.charts import LOOKS, TALL_BAR, Bar, Chart, ChartPart, stacked_bar, svg, swatch

SVG = "{http://www.w3.org/2000/svg}"
PARTS = (ChartPart("overdue", "Overdue"), ChartPart("open", "Open"), ChartPart("done", "Done"))


def chart(*bars: Bar, title: str = "Items by milestone", description: str = "Two bars") -> Chart:
    return Chart(title, description, PARTS, bars or (Bar("February", (1, 3, 0)), Bar("Bali", (0, 2, 0))))


def drawn(made: Chart, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(svg(made, **options))


def parts_of(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The rectangles of that part, its swatch first."""
    return [box for box in root.iter(f"{SVG}rect") if box.get("class", "").endswith(f" part-{name}")]


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_a_reader_of_the_screen_hears_title_and_description() -> None:
    root = drawn(chart(), key="c")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-title c-desc"
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == ["Items by milestone", "Two bars"]


def test_bars_are_drawn_on_one_scale() -> None:
    root = drawn(chart(), width=400)
    widths = [float(box.get("width", "")) for box in parts_of(root, "open")[1:]]
    assert widths == [300.0, 200.0]


def test_parts_stand_end_to_end() -> None:
    root = drawn(chart(), width=400)
    assert [float(parts_of(root, name)[1].get("x", "")) for name in ("overdue", "open")] == [0.0, 100.0]


def test_without_a_width_it_is_as_wide_as_its_place() -> None:
    root = drawn(chart())
    assert root.get("width") == "100%"
    assert parts_of(root, "open")[1].get("x") == "25%"


def test_text_from_the_right_mirrors_the_bars() -> None:
    root = drawn(chart(), rtl=True)
    assert root.get("direction") == "rtl"
    assert [parts_of(root, name)[1].get("x") for name in ("overdue", "open")] == ["75%", "0%"]


def test_the_legend_names_only_what_occurs() -> None:
    shown = texts(drawn(chart()))
    assert "Overdue" in shown
    assert "Done" not in shown


def test_every_bar_tells_its_total() -> None:
    assert next(text for text in texts(drawn(chart(Bar("February", (1, 3, 9))))) if text.isdigit()) == "13"


def test_a_number_without_room_is_left_to_the_table() -> None:
    shown = texts(drawn(chart(Bar("February", (1, 99, 0)))))
    assert "99" in shown
    assert "1" not in shown


def test_nothing_to_show_is_still_a_drawing() -> None:
    assert drawn(chart(Bar("February", (0, 0, 0)))).get("role") == "img"


def test_a_long_label_is_cut_for_the_telephone() -> None:
    assert "The consultations of the February a…" in texts(
        drawn(chart(Bar("The consultations of the February after", (1, 0, 0))))
    )


@pytest.mark.parametrize("hostile", ["</svg><script>alert(1)</script>", '" onload="x', "a & b", "<b>"])
def test_what_people_wrote_is_text(hostile: str) -> None:
    root = drawn(chart(Bar(hostile, (1, 0, 0)), title=hostile, description=hostile))
    assert hostile in texts(root)
    assert not list(root.iter(f"{SVG}script"))
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_control_characters_do_not_break_the_drawing() -> None:
    assert "a b" in texts(drawn(chart(Bar("a\x07b", (1, 0, 0)))))


def test_the_page_needs_no_inline_style_and_no_script() -> None:
    assert not re.search(r"style=|<style|<script|href=", svg(chart()))


def test_no_text_is_smaller_than_twelve_pixels() -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg(chart()))]
    assert min(sizes) >= 12


def test_kinds_of_parts_differ_without_colour() -> None:
    closed_or_late = [LOOKS["overdue"].pattern, LOOKS["disputed"].pattern, LOOKS["open"].pattern]
    assert len(set(closed_or_late)) == 3


def test_two_charts_on_a_page_share_no_id() -> None:
    one, other = (set(re.findall(r'id="([^"]+)"', svg(chart(), key=key))) for key in ("a", "b"))
    assert not one & other


def test_a_bar_alone_fills_its_width_with_its_parts() -> None:
    root = ElementTree.fromstring(stacked_bar(chart(Bar("February", (1, 3, 0))), width=400))
    boxes = root.findall(f"{SVG}rect")
    assert [(box.get("x"), box.get("width")) for box in boxes] == [("0.0", "100.0"), ("100.0", "300.0")]
    assert root.get("height") == str(TALL_BAR)
    assert [root.findtext(f"{SVG}title"), texts(root)[-2:]] == ["Items by milestone", ["1", "3"]]


def test_a_swatch_looks_like_its_part_of_the_bar() -> None:
    bar = ElementTree.fromstring(stacked_bar(chart(Bar("February", (1, 3, 9))), key="top"))
    for box in bar.findall(f"{SVG}rect"):
        name = (box.get("class") or "").rpartition("part-")[2]
        square = ElementTree.fromstring(swatch(name, key="top")).find("rect")
        assert square is not None
        assert square.get("fill") == box.get("fill")


def test_a_bar_of_nothing_is_still_a_drawing() -> None:
    assert ElementTree.fromstring(stacked_bar(chart(Bar("February", (0, 0, 0))))).get("role") == "img"
