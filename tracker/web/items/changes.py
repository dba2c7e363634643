"""Changing an item: created by hand, edited, published, followed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import changes, create, queries
from tracker.items.create import ItemContent, NewItem
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.meetings.queries import milestones
from tracker.web.app import context
from tracker.web.app.form_saving import Meanwhile, acting, overtaken, seen_version, submit
from tracker.web.app.guards import own_path
from tracker.web.app.publish_question import ask, say_with_undo
from tracker.web.items.bulk.publishing_words import question_about_item
from tracker.web.items.forms.content import ItemForm, NewItemForm
from tracker.web.items.pages import the_item

blueprint = Blueprint("item_changes", __name__, url_prefix="/items")

Answer = tuple[str, int] | Response


def to_page(item: Item, text: str) -> Response:
    """Show the text, and lead back to the page that the reader came from, or else to the item."""
    flash(text)
    return redirect(way_back(url_for("items.page", number=item.number)))


def way_back(otherwise: str) -> str:
    """Return the page that the address names as the one the reader came from, such as an agenda, else the other one."""
    return own_path(request.args.get("back"), otherwise)


def _themes() -> list[str]:
    return queries.themes(context.session(), context.body_id(), context.sight())


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Create an item by hand."""
    form = NewItemForm()
    form.offer_more(milestones(context.session(), context.body_id()))
    submission = submit(form, lambda: _create(form))
    if submission.result is not None:
        item = submission.result
        return to_page(item, gettext("Item %(number)d is created.", number=item.number))
    return render_template("items/new.html", form=form, themes=_themes()), submission.status


def _create(form: NewItemForm) -> Item:
    addressees = tuple(form.addressee.data or ())
    new_item = NewItem(**vars(form.content()), **vars(form.rule()), addressees=addressees)
    return create.create(context.session(), context.body_id(), new_item, **acting())


@blueprint.route("/<int:number>/edit", methods=["GET", "POST"])
def edit(number: int) -> Answer:
    """Change the words of an item."""
    item = the_item(number)
    form = ItemForm(data={**vars(ItemContent.of(item)), "version": item.version})
    form.offer()
    submission = submit(form, lambda: _edit(item, form))
    if submission.is_saved:
        return to_page(item, gettext("Saved."))
    meanwhile = _meanwhile(item, form) if submission.is_stale else None
    page = render_template("items/edit.html", item=item, form=form, themes=_themes(), meanwhile=meanwhile)
    return page, submission.status


def _edit(item: Item, form: ItemForm) -> None:
    changes.edit(context.session(), item, form.content(), seen_version=seen_version(form), **acting())


def _meanwhile(item: Item, form: ItemForm) -> Meanwhile:
    stored = ItemForm(formdata=None, data={**vars(ItemContent.of(item)), "version": item.version})
    stored.offer()
    return overtaken(form, stored, item)


@blueprint.get("/<int:number>/publish")
def ask_publish(number: int) -> str:
    """Say what anyone can read once the item is published, before it is."""
    return ask(question_about_item(the_item(number)))


@blueprint.post("/<int:number>/publish")
def publish(number: int) -> Response:
    """Let anyone read the item."""
    item = the_item(number)
    is_changed = item.visibility is not Visibility.PUBLISHED
    changes.publish(context.session(), item, **acting())
    context.session().commit()
    undo = url_for("item_changes.unpublish", number=number)
    say_with_undo(gettext("Anyone can read this item now."), undo, is_changed=is_changed)
    return redirect(way_back(url_for("items.page", number=number)))


@blueprint.post("/<int:number>/unpublish")
def unpublish(number: int) -> Response:
    """Keep the item to the register's own people."""
    item = the_item(number)
    is_changed = item.visibility is not Visibility.INTERNAL
    changes.unpublish(context.session(), item, **acting())
    context.session().commit()
    undo = url_for("item_changes.publish", number=number)
    say_with_undo(gettext("Only the register's own people can read this item now."), undo, is_changed=is_changed)
    return redirect(way_back(url_for("items.page", number=number)))


@blueprint.post("/<int:number>/follow")
def follow(number: int) -> Response:
    """Let the reader's digest say when the item changes."""
    item = the_item(number)
    changes.follow(context.session(), item, context.person().id, **acting())
    context.session().commit()
    return to_page(item, gettext("You follow this item: your digest says when it changes."))


@blueprint.post("/<int:number>/unfollow")
def unfollow(number: int) -> Response:
    """Stop following the item."""
    item = the_item(number)
    changes.unfollow(context.session(), item, context.person().id, **acting())
    context.session().commit()
    return to_page(item, gettext("You no longer follow this item."))
