"""The form of an answer: the answer, a note, and what some answers need beside it."""

from hashlib import sha256
from secrets import token_urlsafe
from typing import Self

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.answers.choices import AnswerScope, MailAnswer
from tracker.answers.named_party import find_party
from tracker.answers.record_answer import AnswerDetails
from tracker.errors import Refused
from tracker.items.models import Item, WaitingKind
from tracker.people.queries import Sight
from tracker.text import clean_or_none
from tracker.web.app import context
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import DEPENDS, member_or_none, words
from tracker.web.app.value_words import answer_label


class MailAnswerForm(FlaskForm):
    """An answer by a link; the token in the path stands for the token of a form."""

    class Meta:
        """Its authority is the signed token in the path."""

        csrf = False

    answer = RadioField(lazy_gettext("Your answer"), [InputRequired(lazy_gettext("Choose one."))])
    waits_for = StringField(lazy_gettext("For whom or what"), [Length(max=1_000), DEPENDS])
    waiting_kind = SelectField(lazy_gettext("Kind"), [DEPENDS], default="")
    due_on = DateField(lazy_gettext("Until when"), [Optional()])
    done = WholeNumberField(lazy_pgettext("number of parts", "Done"), [Optional(), NumberRange(0, 100_000)])
    total = WholeNumberField(lazy_pgettext("number of parts", "Of"), [Optional(), NumberRange(0, 100_000)])
    pass_to = StringField(lazy_gettext("To whom"), [Length(max=300), DEPENDS])
    note = TextAreaField(lazy_gettext("Note"), [Length(max=2_000), DEPENDS])
    version = WholeNumberField(widget=HiddenInput())
    #: the last line of history that the page showed
    seen = WholeNumberField(widget=HiddenInput())
    #: one form with the same words is one answer, however often it is sent
    key = HiddenField(filters=[clean_or_none], validators=[Length(max=40)])

    def offer(self, scope: AnswerScope) -> Self:
        """Fill in the answers that apply."""
        self.answer.choices = [(choice.value, answer_label(choice)) for choice in scope.choices]
        self.waiting_kind.choices = [("", gettext("not stated")), *words(WaitingKind)]
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """Check what the chosen answer needs; what was typed for another one stays, and matters no more."""
        if self.answer.data != MailAnswer.MORE_TIME:
            self.due_on.raw_data = []
        if self.answer.data != MailAnswer.DONE_IN_PART:
            self.done.raw_data = self.total.raw_data = []
        return bool(super().validate(extra_validators))

    def begin(self, item: Item, newest: int) -> None:
        """Remember the item as the page shows it."""
        for field, value in ((self.version, item.version), (self.seen, newest)):
            field.data = value
            field.raw_data = None
        self.key.data = self.key.data or token_urlsafe(9)

    def sent_key(self) -> str:
        """Return what names the form as it was filled in: sent twice it is one answer, with other words another."""
        fields = (
            self.answer, self.note, self.waits_for, self.waiting_kind, self.due_on, self.pass_to, self.done, self.total,
        )  # fmt: skip
        typed = repr([str(field.data) for field in fields])
        return f"{self.key.data or ''}|{sha256(typed.encode('utf-8', 'replace')).hexdigest()[:16]}"

    def chosen(self) -> MailAnswer:
        """Return the answer; the form has made sure that it applies."""
        return MailAnswer(self.answer.data)

    def details(self, item: Item, sight: Sight) -> AnswerDetails:
        """Return what belongs to the chosen answer. Raises Refused where nobody, or more than one, has that name."""
        answer = self.chosen()
        waits_for = ""
        waiting_kind = None
        waiting_party = None
        if answer is MailAnswer.WAITING:
            waits_for = self.waits_for.data or ""
            waiting_kind = member_or_none(WaitingKind, self.waiting_kind.data)
            if waiting_kind in (None, WaitingKind.PARTY):
                waiting_party = find_party(context.session(), item.body_id, sight, waits_for)
            # A party is shown by its name, so the words would say it twice.
            if waiting_party is not None:
                waits_for = ""
        pass_to = None
        if answer is MailAnswer.PASS_ON and self.pass_to.data:
            pass_to = find_party(context.session(), item.body_id, sight, self.pass_to.data)
            if pass_to is None:
                raise Refused("Nobody here alone has this name. Give the full name or the mail address.", "pass_to")
        return AnswerDetails(
            note=self.note.data or "",
            waits_for=waits_for,
            waiting_party=waiting_party,
            waiting_kind=waiting_kind,
            due_on=self.due_on.data,
            done=self.done.data,
            total=self.total.data,
            pass_to=pass_to,
        )
