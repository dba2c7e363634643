"""Saved lists: saved, opened, renamed, shared, deleted and restored."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.items import saved_lists
from tracker.items.models import SavedView
from tracker.web.app import context
from tracker.web.app.form_saving import acting, overtaken, seen_version, submit
from tracker.web.items.forms.filter import FilterForm
from tracker.web.items.forms.saved_lists import RestoreListForm, ViewForm, form_of, stored_form_of
from tracker.web.items.list_state import layout_in_words
from tracker.web.items.pages import filter_form, list_state_of_address

blueprint = Blueprint("item_views", __name__, url_prefix="/items/views")

Answer = tuple[str, int] | Response


class SavedListRow(NamedTuple):
    """A view as its page shows it."""

    view: SavedView
    #: its filters, layout and order, in words
    words: list[str]
    may_change: bool


@blueprint.get("")
def listing() -> str:
    """Show the reader's own views and the shared ones."""
    views = saved_lists.saved_views(context.session(), context.body_id(), context.person().id)
    rows = list(_rows(views))
    return render_template(
        "items/saved_lists.html",
        own=[row for row in rows if not row.view.is_shared],
        shared=[row for row in rows if row.view.is_shared],
    )


def _rows(views: Iterable[SavedView]) -> Iterable[SavedListRow]:
    # Once for all lists: what the filters offer does not depend on them.
    offered = filter_form().offered
    for view in views:
        query = MultiDict(parse_qsl(view.query))
        words = [words for _name, words in FilterForm(query).offer(offered).in_words()]
        words += layout_in_words(query.get("view"), query.get("sort"))
        yield SavedListRow(view, words, _may_change(view))


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Save the list under a name."""
    form = ViewForm().offer()
    state = list_state_of_address()
    submission = submit(form, lambda: _save(form, state.kept))
    if submission.result is not None:
        flash(gettext("The list is saved. You find it above the list of items."))
        return redirect(url_for("item_views.open_view", slug=submission.result.slug))
    words = [chip.words for chip in state.chips()] + layout_in_words(state.view, state.query.get("sort"))
    page = render_template("items/saved_list_form.html", form=form, view=None, words=words, back=state.address())
    return page, submission.status


def _save(form: ViewForm, query: str) -> SavedView:
    return saved_lists.save_view(
        context.session(),
        context.body_id(),
        context.person().id,
        form.name.data or "",
        query,
        is_shared=form.is_shared,
        **acting(),
    )


@blueprint.get("/<slug>")
def open_view(slug: str) -> Response:
    """Go to the list as it was saved; its filter "mine" means the reader's."""
    view = _seen(slug)
    # An old link to a deleted list: its maker can restore it from the page of saved lists.
    if view.dropped_at is not None:
        abort(404)
    return redirect(f"{url_for('items.listing')}?{view.query}")


@blueprint.route("/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> Answer:
    """Rename a saved list, and say who sees it."""
    view = _changeable(slug)
    form = form_of(view)
    submission = submit(form, lambda: _change(view, form))
    back = url_for("item_views.listing")
    if submission.is_saved:
        flash(gettext("Saved."))
        return redirect(back)
    meanwhile = overtaken(form, stored_form_of(view), view) if submission.is_stale else None
    page = render_template("items/saved_list_form.html", form=form, view=view, meanwhile=meanwhile, back=back)
    return page, submission.status


def _change(view: SavedView, form: ViewForm) -> None:
    saved_lists.change_view(
        context.session(),
        view,
        form.name.data or "",
        is_shared=form.is_shared,
        seen_version=seen_version(form),
        **acting(),
    )


@blueprint.post("/<slug>/delete")
def delete(slug: str) -> Response:
    """Delete a saved list; the next page offers to undo that."""
    view = _changeable(slug)
    saved_lists.delete_view(context.session(), view, **acting())
    context.session().commit()
    flash(gettext("“%(name)s” is deleted.", name=view.name), url_for("item_views.restore", slug=slug))
    return redirect(url_for("item_views.listing"))


@blueprint.post("/<slug>/restore")
def restore(slug: str) -> Answer:
    """Restore a deleted list; if another list has its name by now, ask for a new name."""
    view = _changeable(slug)
    form = RestoreListForm()
    submission = submit(form, lambda: _restore(view, form))
    if submission.is_saved:
        flash(gettext("“%(name)s” is restored.", name=view.name))
        return redirect(url_for("item_views.listing"))
    form.name.data = form.name.data or view.name
    # the first try sends no name, for the list has one; once that is taken the field may not stay empty
    form.name.flags.required = True
    return render_template("items/saved_list_restore.html", form=form, view=view), submission.status


def _restore(view: SavedView, form: RestoreListForm) -> None:
    saved_lists.restore_view(context.session(), view, form.name.data or "", **acting())


def _seen(slug: str) -> SavedView:
    """Return that list of the register, or answer 404 if it is private to somebody else."""
    return saved_lists.view_by_slug(context.session(), context.body_id(), slug, context.person().id) or abort(404)


def _changeable(slug: str) -> SavedView:
    """Return that list if the reader may change it, else answer 404."""
    view = _seen(slug)
    if _may_change(view):
        return view
    return abort(404)


def _may_change(view: SavedView) -> bool:
    """Tell whether the reader may change it: only the secretariat may change a shared list."""
    return not view.is_shared or context.is_secretariat()
