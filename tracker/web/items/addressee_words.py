"""The story of an asked party in sentences: how the item was put to it, and what it answered."""

from flask_babel import gettext, lazy_gettext

from tracker.items.details import AddresseeAnswer
from tracker.items.models import PutWay, ResponseState
from tracker.web.app.template_filters import day

BY_WAYS = {
    PutWay.LETTER: lazy_gettext("by letter"),
    PutWay.MAIL: lazy_gettext("by mail"),
    PutWay.IN_THE_MEETING: lazy_gettext("in the meeting"),
    PutWay.CALL: lazy_gettext("by telephone"),
    PutWay.OTHER: lazy_gettext("in another way"),
}
#: who said so and when are in each
ANSWERS = {
    ResponseState.UNDER_CONSIDERATION: lazy_gettext("Under consideration, said %(who)s on %(day)s."),
    ResponseState.TAKEN_UP: lazy_gettext("Taken up, said %(who)s on %(day)s."),
    ResponseState.TAKEN_UP_IN_PART: lazy_gettext("Taken up in part, said %(who)s on %(day)s."),
    ResponseState.NOT_TAKEN_UP: lazy_gettext("Not taken up, said %(who)s on %(day)s."),
    ResponseState.REFERRED: lazy_gettext("Referred to others, said %(who)s on %(day)s."),
    ResponseState.OVERTAKEN: lazy_gettext("Overtaken by events, said %(who)s on %(day)s."),
}


def put(answer: AddresseeAnswer) -> str:
    """Return how the item was put to the party, as far as it is known."""
    asked, name = answer.asked, answer.party.name
    if asked.put_on is None:
        return _undated(answer)
    values = {"name": name, "day": day(asked.put_on), "way": BY_WAYS[asked.put_by_way or PutWay.OTHER]}
    if asked.put_words:
        return str(gettext("Put to %(name)s on %(day)s, %(way)s (%(words)s).", words=asked.put_words, **values))
    return str(gettext("Put to %(name)s on %(day)s, %(way)s.", **values))


def _undated(answer: AddresseeAnswer) -> str:
    asked, name = answer.asked, answer.party.name
    if asked.response is ResponseState.NOT_YET_PUT:
        return str(gettext("Not yet put to %(name)s.", name=name))
    if asked.response is ResponseState.PUT_TO_THEM and asked.responded_on:
        return str(gettext("Put to %(name)s on %(day)s.", name=name, day=day(asked.responded_on)))
    return str(gettext("Put to %(name)s; when and how is not noted.", name=name))


def answered(answer: AddresseeAnswer) -> str | None:
    """Return what the party answered, who said so and when; None while it is waited for."""
    asked = answer.asked
    if asked.response not in ANSWERS or asked.responded_on is None:
        return None
    who = asked.answered_by or str(gettext("somebody of theirs"))
    return str(ANSWERS[asked.response]) % {"who": who, "day": day(asked.responded_on)}


def written_down(answer: AddresseeAnswer) -> str | None:
    """Return who put it to the party and who wrote its answer down: for people of the register."""
    values = {"put_by": answer.put_by, "recorder": answer.recorded_by}
    if answer.put_by and answer.recorded_by:
        return str(gettext("Put by %(put_by)s; the answer written down by %(recorder)s.", **values))
    if answer.put_by:
        return str(gettext("Put by %(put_by)s.", **values))
    return str(gettext("Written down by %(recorder)s.", **values)) if answer.recorded_by else None
