"""Lists kept under a name: kept, opened, renamed, shared, deleted and put back."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.items import saved_lists
from tracker.items.models import SavedView
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, save
from tracker.web.items.forms.filter import FilterForm
from tracker.web.items.forms.saved_lists import PutBackForm, ViewForm, form_of, stored_form_of
from tracker.web.items.list_state import layout_in_words
from tracker.web.items.pages import filter_form, shown_here

blueprint = Blueprint("item_views", __name__, url_prefix="/items/views")

Answer = tuple[str, int] | Response


class SavedListRow(NamedTuple):
    """A view as its page shows it."""

    view: SavedView
    #: what it narrows the list to and how it lays it out, in words
    words: list[str]
    may_change: bool


@blueprint.get("")
def listing() -> str:
    """Show the reader's own views and the shared ones."""
    kept = saved_lists.saved_views(context.session(), context.body_id(), context.person().id)
    every = list(_told(kept))
    return render_template(
        "items/saved_lists.html",
        own=[one for one in every if not one.view.is_shared],
        shared=[one for one in every if one.view.is_shared],
    )


def _told(kept: Iterable[SavedView]) -> Iterable[SavedListRow]:
    offered = filter_form().offered
    for view in kept:
        said = MultiDict(parse_qsl(view.query))
        filtered = [words for _name, words in FilterForm(said).offer(offered).told()]
        yield SavedListRow(view, [*filtered, *layout_in_words(said.get("view"), said.get("sort"))], _may_change(view))


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Keep what the list shows under a name."""
    form = ViewForm().offer()
    shown = shown_here()
    made = []

    def keep() -> None:
        made.append(
            saved_lists.save_view(
                context.session(),
                context.body_id(),
                context.person().id,
                form.name.data or "",
                shown.kept,
                is_shared=form.is_shared,
                **acting(),
            )
        )

    status = save(form, keep) if request.method == "POST" else 200
    if status == SAVED:
        flash(gettext("Saved: you find it above the list."))
        return redirect(url_for("item_views.open_view", slug=made[0].slug))
    words = [chip.words for chip in shown.chips()] + layout_in_words(shown.view, shown.query.get("sort"))
    return render_template(
        "items/saved_list_form.html", form=form, view=None, words=words, back=shown.address()
    ), status


@blueprint.get("/<slug>")
def open_view(slug: str) -> Response:
    """Go to the list as it was kept; "mine" is the reader's."""
    view = _seen(slug)
    if view.dropped_at is not None:
        abort(404)
    return redirect(f"{url_for('items.listing')}?{view.query}")


@blueprint.route("/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> Answer:
    """Rename a view, and say who sees it."""
    view = _changeable(slug)
    form = form_of(view)

    def change() -> None:
        saved_lists.change_view(
            context.session(),
            view,
            form.name.data or "",
            is_shared=form.is_shared,
            seen_version=form.version.data or 0,
            **acting(),
        )

    status = save(form, change) if request.method == "POST" else 200
    if status == SAVED:
        flash(gettext("Saved."))
        return redirect(url_for("item_views.listing"))
    meanwhile = overtaken(form, stored_form_of(view), view) if status == 409 else None
    back = url_for("item_views.listing")
    return render_template("items/saved_list_form.html", form=form, view=view, meanwhile=meanwhile, back=back), status


@blueprint.post("/<slug>/delete")
def delete(slug: str) -> Response:
    """Delete a view; the page then offers to put it back."""
    view = _changeable(slug)
    saved_lists.delete_view(context.session(), view, **acting())
    context.session().commit()
    flash(gettext("“%(name)s” is deleted.", name=view.name), url_for("item_views.restore", slug=slug))
    return redirect(url_for("item_views.listing"))


@blueprint.post("/<slug>/restore")
def restore(slug: str) -> Answer:
    """Put a deleted view back; where another has its name by now, ask for a new one."""
    view = _changeable(slug)
    form = PutBackForm()
    status = save(form, lambda: saved_lists.restore_view(context.session(), view, form.name.data or "", **acting()))
    if status == SAVED:
        flash(gettext("“%(name)s” is back.", name=view.name))
        return redirect(url_for("item_views.listing"))
    form.name.data = form.name.data or view.name
    form.name.flags.required = True
    return render_template("items/saved_list_restore.html", form=form, view=view), status


def _seen(slug: str) -> SavedView:
    """Return that view of the register, or answer 404 where it is somebody else's own."""
    return saved_lists.view_by_slug(context.session(), context.body_id(), slug, context.person().id) or abort(404)


def _changeable(slug: str) -> SavedView:
    """Return that view if the reader may change it, else answer 404."""
    view = _seen(slug)
    if _may_change(view):
        return view
    return abort(404)


def _may_change(view: SavedView) -> bool:
    """Tell whether the reader may change it: the secretariat what is shared, everybody what is his own."""
    return not view.is_shared or context.is_secretariat()
