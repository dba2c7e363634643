"""Forms on an item itself: its words, its due rule, its condition, its links."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.items.changes import DueRule
from tracker.items.create import ItemContent
from tracker.items.models import Capacity, Channel, DueFrom, Item, ItemKind, LinkKind
from tracker.meetings.models import Milestone
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import DEPENDS, milestone_options, number_or_none, words
from tracker.web.app.party_field import PartiesField, PartyField
from tracker.web.app.pick_field import PickField

DAYS = {"days": 1, "weeks": 7}


class ItemForm(FlaskForm):
    """The words of an item, and who put it forward."""

    title = StringField(
        lazy_gettext("Title"),
        [InputRequired(lazy_gettext("Give the item a title.")), Length(max=300)],
        description=lazy_gettext("What to do, in at most 12 words. Begin with a verb."),
    )
    kind = SelectField(lazy_gettext("Kind"))
    text = TextAreaField(
        lazy_gettext("Text"),
        [Length(max=10_000)],
        description=lazy_gettext("One to three sentences in your own words. The passage keeps the speaker's."),
    )
    theme = StringField(lazy_gettext("Theme"), [Length(max=80)], render_kw={"list": "themes", "autocomplete": "off"})
    put_forward_by = PartyField(lazy_gettext("Put forward by"), none=lazy_gettext("not known"))
    capacity = SelectField(lazy_gettext("In what capacity"))
    capacity_of = StringField(lazy_gettext("Of what"), [Length(max=200)])
    channel = SelectField(lazy_gettext("How it reached the room"))
    reported_by = PartyField(
        lazy_gettext("Reported by"),
        of_people=True,
        none=lazy_gettext("nobody"),
        description=lazy_gettext("Only if somebody reported what another had put forward."),
    )
    condition = StringField(
        lazy_gettext("Condition"),
        [Length(max=1_000)],
        description=lazy_gettext("“If …”: the item is not overdue until the condition is met."),
    )
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self) -> None:
        """Fill in what there is to choose from."""
        self.kind.choices = words(ItemKind)
        self.capacity.choices = words(Capacity)
        self.channel.choices = words(Channel)

    def content(self) -> ItemContent:
        """Return what was filled in."""
        return ItemContent(
            title=self.title.data or "",
            kind=ItemKind(self.kind.data),
            text=self.text.data or "",
            theme=self.theme.data or None,
            put_forward_by=self.put_forward_by.data,
            capacity=Capacity(self.capacity.data),
            capacity_of=self.capacity_of.data or None,
            channel=Channel(self.channel.data),
            reported_by=self.reported_by.data,
            condition=self.condition.data or None,
        )


class DueForm(FlaskForm):
    """A due rule: a day, so long before or after a milestone, or none."""

    by = RadioField(lazy_gettext("Due"), default="none")
    own_due_on = DateField(lazy_gettext("Day"), [Optional(), DEPENDS])
    milestone = PickField(lazy_gettext("Milestone"), [DEPENDS], coerce=number_or_none)
    amount = WholeNumberField(lazy_gettext("How long"), [Optional(), NumberRange(0, 3650), DEPENDS], default=0)
    unit = SelectField(lazy_gettext("Unit"), default="days")
    side = SelectField(lazy_gettext("Before or after"), default="before")
    due_from = SelectField(
        lazy_gettext("Which day"),
        default=DueFrom.FIRST_DAY.value,
        description=lazy_gettext("If the milestone is tentative, its last day counts."),
    )
    reason = TextAreaField(lazy_gettext("Why it changes"), [Length(max=2_000), DEPENDS])
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, milestones: Sequence[Milestone]) -> None:
        """Fill in what there is to choose from."""
        self.by.choices = [
            ("none", gettext("no date")),
            ("day", gettext("on a day of its own")),
            ("milestone", gettext("by a milestone: if it moves, the due date moves too")),
        ]
        # A cancelled milestone is offered only where the item hangs from it already.
        self.milestone.choices = [("", gettext("choose one")), *milestone_options(milestones, self.milestone.data)]
        self.unit.choices = [("days", gettext("days")), ("weeks", gettext("weeks"))]
        self.side.choices = [("before", gettext("before")), ("after", gettext("after"))]
        self.due_from.choices = words(DueFrom)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the part that belongs to what was chosen."""
        if not super().validate(extra_validators):
            return False
        missing = {
            "day": (self.own_due_on, gettext("Give the day.")),
            "milestone": (self.milestone, gettext("Choose a milestone.")),
        }.get(self.by.data)
        if missing is None or missing[0].data is not None:
            return True
        missing[0].errors = [*missing[0].errors, missing[1]]
        return False

    def rule(self) -> DueRule:
        """Return what was filled in."""
        match self.by.data:
            case "day":
                return DueRule(own_due_on=self.own_due_on.data)
            case "milestone":
                due_from = DueFrom(self.due_from.data)
                return DueRule(milestone_id=self.milestone.data, offset_days=self._offset(), due_from=due_from)
            case _:
                return DueRule()

    def _offset(self) -> int:
        """Return how many days after that day of the milestone; negative before it. Empty is the day itself."""
        if self.amount.data is None:
            return 0
        days: int = self.amount.data * DAYS[self.unit.data]
        if self.side.data == "before":
            return -days
        return days


def _due_by(item: Item) -> str:
    """Return which choice of the form the rule that stands is."""
    if item.own_due_on:
        return "day"
    if item.milestone_id:
        return "milestone"
    return "none"


def due_values(item: Item) -> dict[str, object]:
    """Return what the form holds for the rule that stands."""
    days = abs(item.offset_days)
    # As whoever set it probably said it: 14 days are 2 weeks.
    unit = "weeks" if days and days % 7 == 0 else "days"
    return {
        "by": _due_by(item),
        "own_due_on": item.own_due_on,
        "milestone": item.milestone_id,
        "amount": days // DAYS[unit],
        "unit": unit,
        "side": "after" if item.offset_days > 0 else "before",
        "due_from": item.due_from.value,
        "version": item.version,
    }


class NewItemForm(ItemForm):
    """An item created by hand: its words, its addressees, and when it is due."""

    addressee = PartiesField(
        lazy_gettext("Addressees"),
        description=lazy_gettext("The parties named as the ones to act. Being named makes no one the owner."),
    )
    milestone = PickField(lazy_gettext("Due by milestone"), coerce=number_or_none)
    due_from = SelectField(
        lazy_gettext("Which day"),
        default=DueFrom.FIRST_DAY.value,
        description=lazy_gettext("If the milestone is tentative, its last day counts."),
    )
    own_due_on = DateField(lazy_gettext("Or on a day of its own"), [Optional()])

    def offer_more(self, milestones: Sequence[Milestone]) -> None:
        """Fill in what there is to choose from."""
        self.offer()
        self.milestone.choices = [("", gettext("none")), *milestone_options(milestones)]
        self.due_from.choices = words(DueFrom)

    def rule(self) -> DueRule:
        """Return what was filled in; a day of its own takes precedence."""
        if self.own_due_on.data or self.milestone.data is None:
            return DueRule(own_due_on=self.own_due_on.data)
        return DueRule(milestone_id=self.milestone.data, due_from=DueFrom(self.due_from.data))


class ConditionForm(FlaskForm):
    """The day on which a condition was met."""

    on = DateField(lazy_gettext("Met on"), [InputRequired(lazy_gettext("Give the day."))])


class ItemLinkForm(FlaskForm):
    """How an item stands to another."""

    kind = SelectField(lazy_gettext("This item"))
    other = WholeNumberField(
        lazy_gettext("Number of the other item"),
        [InputRequired(lazy_gettext("Give the number of an item.")), NumberRange(1, 2**31 - 1)],
    )

    def offer(self) -> "ItemLinkForm":
        """Fill in what there is to choose from."""
        self.kind.choices = words(LinkKind)
        return self
