"""What happened with an addressee, in sentences: how the item was sent, and what they answered."""

from flask_babel import gettext, lazy_gettext

from tracker.items.details import AddresseeAnswer
from tracker.items.party_models import ResponseState, SendWay
from tracker.web.app.template_filters import day

BY_WAYS = {
    SendWay.LETTER: lazy_gettext("by letter"),
    SendWay.MAIL: lazy_gettext("by mail"),
    SendWay.IN_THE_MEETING: lazy_gettext("in the meeting"),
    SendWay.CALL: lazy_gettext("by telephone"),
    SendWay.OTHER: lazy_gettext("in another way"),
}
#: each says who answered and when
ANSWERS = {
    ResponseState.UNDER_CONSIDERATION: lazy_gettext("Under consideration, said %(who)s on %(day)s."),
    ResponseState.TAKEN_UP: lazy_gettext("Taken up, said %(who)s on %(day)s."),
    ResponseState.TAKEN_UP_IN_PART: lazy_gettext("Taken up in part, said %(who)s on %(day)s."),
    ResponseState.NOT_TAKEN_UP: lazy_gettext("Not taken up, said %(who)s on %(day)s."),
    ResponseState.REFERRED: lazy_gettext("Referred to others, said %(who)s on %(day)s."),
    ResponseState.OVERTAKEN: lazy_gettext("Overtaken by events, said %(who)s on %(day)s."),
}


def name_of(answer: AddresseeAnswer) -> str:
    """Return what the addressee is called, as far as the reader is told."""
    return answer.name or str(gettext("a person"))


def sending_in_words(answer: AddresseeAnswer) -> str:
    """Return how the item was sent to the addressee, as far as it is known."""
    addressee = answer.addressee
    name = name_of(answer)
    if addressee.sent_on is None:
        return _undated(answer)
    values = {"name": name, "day": day(addressee.sent_on), "way": BY_WAYS[addressee.sent_way or SendWay.OTHER]}
    if addressee.sent_words:
        return str(gettext("Sent to %(name)s on %(day)s, %(way)s (%(words)s).", words=addressee.sent_words, **values))
    return str(gettext("Sent to %(name)s on %(day)s, %(way)s.", **values))


def _undated(answer: AddresseeAnswer) -> str:
    addressee = answer.addressee
    name = name_of(answer)
    if addressee.response is ResponseState.NOT_YET_SENT:
        return str(gettext("Not yet sent to %(name)s.", name=name))
    if addressee.response is ResponseState.SENT and addressee.responded_on:
        return str(gettext("Sent to %(name)s on %(day)s.", name=name, day=day(addressee.responded_on)))
    return str(gettext("Sent to %(name)s; when and how is not recorded.", name=name))


def response_in_words(answer: AddresseeAnswer) -> str | None:
    """Return what the addressee answered, who said so and when; None while there is no answer."""
    addressee = answer.addressee
    if addressee.response not in ANSWERS or addressee.responded_on is None:
        return None
    who = answer.answered_by or str(gettext("somebody there"))
    return str(ANSWERS[addressee.response]) % {"who": who, "day": day(addressee.responded_on)}


def recorders_in_words(answer: AddresseeAnswer) -> str | None:
    """Return who sent it and who recorded the answer: for people of the register."""
    values = {"sent_by": answer.sent_by, "recorder": answer.recorded_by}
    if answer.sent_by and answer.recorded_by:
        return str(gettext("Sent by %(sent_by)s. Answer recorded by %(recorder)s.", **values))
    if answer.sent_by:
        return str(gettext("Sent by %(sent_by)s.", **values))
    if answer.recorded_by:
        return str(gettext("Answer recorded by %(recorder)s.", **values))
    return None
