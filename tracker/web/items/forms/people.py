"""Forms on the owner of an item, its helpers, addressees and positions."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from tracker.items.models import Capacity, Channel, ProposerView
from tracker.items.party_models import Addressee, ResponseState, Stance
from tracker.items.positions import NewPosition
from tracker.items.responses import Response
from tracker.items.status import ANSWERED
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import DEPENDS, number_or_none, words
from tracker.web.app.party_field import PartyField
from tracker.web.app.pick_field import PickField

CHOOSE = InputRequired(lazy_gettext("Choose one."))
MESSAGE = [Length(max=2_000)]


class RequestForm(FlaskForm):
    """Requests a party to own an item."""

    party = PartyField(lazy_gettext("Whom"), [CHOOSE])
    answers_for = PartyField(
        lazy_gettext("Who answers for it"),
        of_people=True,
        none=lazy_gettext("its steward"),
        description=lazy_gettext("For a body or a group: the person who answers the request."),
    )
    message = TextAreaField(lazy_gettext("Message"), MESSAGE)


class AnswererForm(FlaskForm):
    """Who answers for a body or a class that owns an item, and the second one."""

    answers_for = PartyField(lazy_gettext("Answers for it"), [CHOOSE], of_people=True, id="answerer")
    second = PartyField(lazy_gettext("Second"), of_people=True, none=lazy_gettext("nobody"))
    version = WholeNumberField(widget=HiddenInput(), default=1)


class EndForm(FlaskForm):
    """Ends an ownership."""

    reason = TextAreaField(lazy_gettext("Why"), MESSAGE)
    #: which ownership is meant: another one may have begun meanwhile
    ownership = WholeNumberField(widget=HiddenInput())


class HelperForm(FlaskForm):
    """Adds a person who helps."""

    person = PartyField(lazy_gettext("Person"), [CHOOSE], of_people=True)


class AcceptOwnershipForm(FlaskForm):
    """I'll take it."""

    message = TextAreaField(lazy_gettext("Message"), MESSAGE, id="accept-message")


class DeclineForm(FlaskForm):
    """Not mine."""

    message = TextAreaField(lazy_gettext("Why not"), MESSAGE, id="decline-message")


class PassForm(FlaskForm):
    """Pass to somebody else, who is then asked."""

    party = PartyField(lazy_gettext("To whom"), [CHOOSE])
    message = TextAreaField(lazy_gettext("Message"), MESSAGE, id="pass-message")


class PartyForm(FlaskForm):
    """Adds an addressee."""

    party = PartyField(lazy_gettext("Party"), [CHOOSE])


class RespondForm(FlaskForm):
    """What an addressee answered."""

    state = SelectField(lazy_gettext("Response"))
    responded_on = DateField(lazy_pgettext("date", "On"), [Optional(), DEPENDS])
    answered_by = StringField(
        lazy_gettext("Who answered for them"),
        [Length(max=200), DEPENDS],
        description=lazy_gettext("A name, and the letter or meeting if there was one."),
    )
    reason = TextAreaField(
        lazy_gettext("Why"),
        [*MESSAGE, DEPENDS],
        description=lazy_gettext("For in part: which part. For referred: to whom. For overtaken: by what."),
    )
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, addressee: Addressee) -> "RespondForm":
        """Fill in what there is to choose from: the answers, and none where one was noted in error."""
        # An answer that was noted in error can be taken out again, back to where it was.
        was_put = addressee.sent_on or addressee.response is not ResponseState.NOT_YET_SENT
        waits = ResponseState.SENT if was_put else ResponseState.NOT_YET_SENT
        answers = [state for state in ResponseState if state in ANSWERED]
        self.state.choices = [(waits.value, gettext("no answer yet")), *words(answers)]
        return self

    def response(self, addressee: Addressee) -> Response:
        """Return what was filled in; where there is no answer yet, nobody has said anything."""
        state = ResponseState(self.state.data)
        # Who and why belong to an answer: without one they would be left over from a slip.
        if state not in ANSWERED:
            return Response(state, responded_on=addressee.sent_on or self.responded_on.data)
        return Response(
            state=state,
            answered_by=self.answered_by.data,
            responded_on=self.responded_on.data,
            reason=self.reason.data,
        )


class ProposerViewForm(FlaskForm):
    """What a proposer or supporter says of an item once it is closed."""

    view = SelectField(lazy_gettext("Is it done?"))
    message = TextAreaField(lazy_gettext("In their words"), [*MESSAGE, DEPENDS])
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self) -> "ProposerViewForm":
        """Fill in what there is to choose from."""
        self.view.choices = [("", gettext("nothing yet")), *words(ProposerView)]
        return self

    def chosen(self) -> ProposerView | None:
        """Return what was chosen."""
        if self.view.data:
            return ProposerView(self.view.data)
        return None


class PositionForm(FlaskForm):
    """Where a party stands."""

    party = PartyField(lazy_gettext("Who"), [CHOOSE])
    stance = SelectField(
        lazy_gettext("Position"), description=lazy_gettext("Choose the weakest position that the words support.")
    )
    condition = StringField(lazy_gettext("On what condition"), [Length(max=1_000), DEPENDS])
    capacity = SelectField(lazy_gettext("In what capacity"))
    capacity_of = StringField(lazy_gettext("Of what"), [Length(max=200)])
    channel = SelectField(lazy_gettext("How it reached the room"))
    reported_by = PartyField(
        lazy_gettext("Reported by"),
        of_people=True,
        none=lazy_gettext("nobody"),
        description=lazy_gettext("Only if somebody reported what another had said."),
    )
    passage = PickField(lazy_gettext("Passage"), coerce=number_or_none)
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, passages: Sequence[tuple[str, str]]) -> "PositionForm":
        """Fill in what there is to choose from."""
        self.stance.choices = words(Stance)
        self.capacity.choices = words(Capacity)
        self.channel.choices = words(Channel)
        self.passage.choices = [("", gettext("none: not taken in a meeting")), *passages]
        return self

    def stand(self) -> NewPosition:
        """Return what was filled in."""
        return NewPosition(
            party_id=self.party.data,
            stance=Stance(self.stance.data),
            condition=self.condition.data,
            capacity=Capacity(self.capacity.data),
            capacity_of=self.capacity_of.data,
            channel=Channel(self.channel.data),
            reported_by=self.reported_by.data,
            passage_id=self.passage.data,
        )


class RemovePositionForm(FlaskForm):
    """Removes a position that was recorded in error."""

    reason = StringField(lazy_gettext("Why it is removed"), [Length(max=500), DEPENDS])
    version = WholeNumberField(widget=HiddenInput(), default=1, id="removal-version")
