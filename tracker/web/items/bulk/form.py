"""The form of a bulk edit: every part stays as it is unless something is chosen."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from wtforms import DateField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from tracker.bulk.rules import BulkWish
from tracker.errors import Refused
from tracker.items.models import ItemKind, Progress, WaitingKind
from tracker.items.responses import refuse_future_day
from tracker.meetings.models import Milestone, Visibility
from tracker.text import clean_line, clean_text
from tracker.updates.progress_rules import ProgressStep, check_step
from tracker.web.app import context
from tracker.web.app.form_choices import member_or_none, words
from tracker.web.app.party_field import PartyField
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import word
from tracker.web.items.forms.content import DueForm
from tracker.web.items.forms.update import kinds_to_wait_for

EVERY = "every"
NO_THEME = "-"
STAYS = lazy_gettext("stays as it is")


class BulkForm(DueForm):
    """What is to be done to all chosen items."""

    # Each item has a version of its own: what was seen is compared item by item.
    version = None  # type: ignore[assignment]
    owner = PartyField(lazy_gettext("Whom"), none=lazy_gettext("nobody"))
    answers_for = PartyField(lazy_gettext("Who answers for it"), of_people=True, none=lazy_gettext("its steward"))
    message = TextAreaField(lazy_gettext("Message"), [Length(max=2_000)])
    helper = PartyField(lazy_gettext("Person"), of_people=True, none=lazy_gettext("nobody"))
    theme = PickField(lazy_gettext("Theme"), default="")
    new_theme = StringField(lazy_gettext("Or a new theme"), [Length(max=80)])
    kind = SelectField(lazy_gettext("Kind"), default="")
    visibility = SelectField(lazy_gettext("Who may read them"), default="")
    addressee = PartyField(lazy_gettext("Addressee"), none=lazy_gettext("nobody"))
    sent_to = PartyField(lazy_gettext("Sent to"), coerce=str, default="", none=lazy_gettext("nobody"))
    sent_on = DateField(lazy_pgettext("date", "On"), [Optional()])
    progress = SelectField(lazy_gettext("Progress"), default="")
    why = StringField(lazy_gettext("What they wait for, or why they are no longer pursued"), [Length(max=1_000)])
    waiting_for = PartyField(lazy_gettext("Who they wait for"), none=lazy_gettext("nobody: for something else"))
    waiting_kind = SelectField(lazy_gettext("What they wait for"), default="")
    note = TextAreaField(lazy_gettext("What happened"), [Length(max=10_000)])

    def offer_all(self, milestones: Sequence[Milestone], themes: Iterable[str]) -> "BulkForm":
        """Fill in what there is to choose from, with "stays as it is" first."""
        self.offer(milestones)
        stays = ("", str(STAYS))
        # In this order, so that nothing changes where nothing is chosen.
        self.by.choices = [stays, *self.by.choices]
        self.theme.choices = [stays, (NO_THEME, gettext("no theme")), *((theme, word(theme)) for theme in themes)]
        self.kind.choices = [stays, *words(ItemKind)]
        self.visibility.choices = [stays, *words(Visibility)]
        self.sent_to.extras = [(EVERY, gettext("every addressee to whom they were not sent yet"))]
        self.progress.choices = [
            stays,
            # Nothing goes back to "not started" by many at once.
            *words(progress for progress in Progress if progress is not Progress.NOT_STARTED),
        ]
        self.waiting_kind.choices = kinds_to_wait_for()
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for what belongs to what was chosen, and for something to be chosen at all."""
        if not super().validate(extra_validators):
            return False
        if not self.wish().parts:
            self.form_errors.append(gettext("Choose at least one change."))
        if self.by.data and not clean_text(self.reason.data or ""):
            _refuse(self.reason, gettext("Say why the due dates change: others rely on them."))
        self._ask_for_the_day()
        self._ask_about_progress()
        return not self.errors

    def _ask_for_the_day(self) -> None:
        if self.sent_to.data and self.sent_on.data is None:
            _refuse(self.sent_on, gettext("Give the day."))
        elif self.sent_to.data:
            self._refuse_coming(self.sent_on.data)

    def _refuse_coming(self, day: date) -> None:
        try:
            refuse_future_day(day, "sent_on", context.now())
        except Refused as refused:
            _refuse(self.sent_on, gettext(refused.message))

    def _ask_about_progress(self) -> None:
        step = self._step()
        try:
            if step is not None:
                check_step(Progress.IN_PROGRESS, step, clean_text(self.note.data or ""))
        except Refused as refused:
            field = self.why
            if refused.field == "note":
                field = self.note
            _refuse(field, gettext(refused.message))

    def _step(self) -> ProgressStep | None:
        if not self.progress.data:
            return None
        kind = member_or_none(WaitingKind, self.waiting_kind.data)
        step = ProgressStep(Progress(self.progress.data), self.why.data, self.waiting_for.data, waiting_kind=kind)
        return step.cleaned()

    def _theme(self) -> str | None:
        """Return the theme; an empty text for none, None where it stays."""
        new_theme = clean_line(self.new_theme.data or "")
        if new_theme:
            return new_theme
        if self.theme.data == NO_THEME:
            return ""
        return self.theme.data or None

    def wish(self) -> BulkWish:
        """Return what was filled in."""
        # what depends on another field counts only where that one is filled in: the browser sends hidden fields too
        sent_to = self.sent_to.data or ""
        return BulkWish(
            owner=self.owner.data,
            answers_for=self.owner.data and self.answers_for.data,
            message=self.message.data or "",
            helper=self.helper.data,
            theme=self._theme(),
            kind=member_or_none(ItemKind, self.kind.data),
            due=self.rule() if self.by.data else None,
            reason=self.reason.data or "",
            visibility=member_or_none(Visibility, self.visibility.data),
            addressee=self.addressee.data,
            sent_on=self.sent_on.data if sent_to else None,
            sent_to=int(sent_to) if sent_to.isdecimal() else None,
            step=self._step(),
            note=clean_text(self.note.data or ""),
        )


def _refuse(field: Field, text: str) -> None:
    field.errors = [*field.errors, text]
