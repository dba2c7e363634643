"""A chart as pixels."""

import io

from PIL import Image

from tests.reports.test_charts import chart
from tracker.reports.charts import Bar
from tracker.reports.formats.pdf import png


def test_a_chart_becomes_a_picture_of_its_size() -> None:
    image = Image.open(io.BytesIO(png(chart())))
    assert image.format == "PNG"
    assert abs(image.width - 640 * 0.75 * 200 / 72) <= 2


def test_a_chart_from_the_right_is_another_picture() -> None:
    assert png(chart(), rtl=True) != png(chart())


def test_a_label_in_letters_that_are_not_there_does_not_stop_it() -> None:
    assert png(chart(Bar("漢字 😀", (1, 0, 0))))
