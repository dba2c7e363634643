"""What becomes readable when items are published, in sentences, for the question about one and about many."""

from collections.abc import Iterator
from dataclasses import replace

from flask import url_for
from flask_babel import gettext, ngettext

from tracker.items.models import Item
from tracker.mail.markdown import plain
from tracker.meetings.models import Visibility
from tracker.updates.models import Update
from tracker.updates.publishing_effect import PublishingEffect, effect_of_publishing
from tracker.web.app import context
from tracker.web.app.publish_question import PublishQuestion


def question_about(items: list[Item], *, action: str) -> PublishQuestion:
    """Return the question whether these items are to be published, as asked of several."""
    effect = effect_of_publishing(context.session(), [item.id for item in items])
    return PublishQuestion(
        heading=gettext("Publish items"),
        becomes_readable=list(_becomes_readable(effect)),
        stays=list(_stays(effect)),
        names=effect.names,
        action=action,
        button=gettext("Publish the ticked items"),
        back=url_for("items.listing"),
        back_label=gettext("Items"),
        above=_items(),
    )


def question_about_item(item: Item) -> PublishQuestion:
    """Return the question whether this item is to be published."""
    return replace(
        question_about([item], action=url_for("item_changes.publish", number=item.number)),
        heading=gettext("Publish item %(number)d", number=item.number),
        button=gettext("Publish the item"),
        back=url_for("items.page", number=item.number),
        back_label=item.title,
    )


def question_about_note(item: Item, update: Update) -> PublishQuestion:
    """Return the question whether a note of progress is to be published."""
    stays = []
    if item.visibility is Visibility.INTERNAL:
        stays.append(gettext("The item is internal: the note appears once the item is published."))
    return PublishQuestion(
        heading=gettext("Publish a note on item %(number)d", number=item.number),
        becomes_readable=[gettext("The note, with its files and links: “%(text)s”", text=plain(update.note))],
        stays=stays,
        # Who works for an item is not named outside.
        names=[],
        action=url_for(
            "item_updates.show", number=item.number, update_id=update.id, visibility=Visibility.PUBLISHED.value
        ),
        button=gettext("Publish this note"),
        back=url_for("items.page", number=item.number, _anchor=f"update-{update.id}"),
        back_label=item.title,
        above=_items(),
    )


def _items() -> tuple[str, str]:
    return url_for("items.listing"), gettext("Items")


def _becomes_readable(effect: PublishingEffect) -> Iterator[str]:
    yield ngettext(
        "%(num)d item: its title and text, who put it forward, its progress and due date.",
        "%(num)d items: their titles and texts, who put them forward, their progress and due dates.",
        effect.items,
    )
    if effect.positions:
        yield ngettext(
            "%(num)d position, with who takes it.", "%(num)d positions, with who takes them.", effect.positions
        )
    if effect.quotes:
        yield ngettext(
            "%(num)d quote from a published meeting.", "%(num)d quotes from published meetings.", effect.quotes
        )
    if effect.notes:
        yield ngettext(
            "%(num)d progress note that is marked for anyone.",
            "%(num)d progress notes that are marked for anyone.",
            effect.notes,
        )
    yield gettext(
        "What addressees answered and why, what an item waits for, why it is no longer pursued, and what proposers "
        "say of its closing."
    )


def _stays(effect: PublishingEffect) -> Iterator[str]:
    if effect.hidden_quotes:
        yield ngettext(
            "%(num)d quote stays hidden until its meeting is published.",
            "%(num)d quotes stay hidden until their meetings are published.",
            effect.hidden_quotes,
        )
    if effect.internal_notes:
        yield ngettext("%(num)d note stays internal.", "%(num)d notes stay internal.", effect.internal_notes)
    yield gettext("Owners, helpers and addressees who are people appear as the body they serve in.")
