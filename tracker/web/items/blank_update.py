"""The empty form of an update as the page of an item shows it, drawn once for all items that stand alike."""

from dataclasses import dataclass
from functools import lru_cache

from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from tracker.items.models import Progress
from tracker.web.items.forms.update import UpdateForm


@dataclass(frozen=True)
class BlankUpdate:
    """The fields of the form, drawn, but for the choice of whom to wait for: that differs from item to item."""

    what: Markup
    waiting_label: str
    how: Markup
    more: Markup


def blank_update(progress: Progress, *, has_day: bool) -> BlankUpdate:
    """Return the form of an item that stands so; a new due date is for who steers it."""
    return _drawn(str(get_locale()), progress, has_day=has_day)


@lru_cache(maxsize=100)
def _drawn(_language: str, progress: Progress, *, has_day: bool) -> BlankUpdate:
    form = UpdateForm(formdata=None).offer_near(progress, {})
    if not has_day:
        del form.new_day
    what, how, more = (_part(form, name) for name in ("what", "how", "more"))
    return BlankUpdate(what, str(form.waiting_for.label.text), how, more)


def _part(form: UpdateForm, name: str) -> Markup:
    return Markup(render_template(f"items/_update_{name}.html", form=form))  # noqa: S704 - a template escapes
