"""The words people read for the values that are stored: "taken-up-in-part" is "taken up in part"."""

from typing import Protocol

from flask import Flask
from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from sqlmodel import Session

from tracker.people.queries import GROUPS, groups
from tracker.web.app.language import page_language
from tracker.wording.language import Language

WORDS = {
    # progress
    "not-started": lazy_gettext("not started"),
    "in-progress": lazy_gettext("in progress"),
    "waiting": lazy_gettext("waiting"),
    "done-in-part": lazy_gettext("done in part"),
    "done": lazy_gettext("done"),
    "no-longer-pursued": lazy_gettext("no longer pursued"),
    # what an item waits for
    "party": lazy_gettext("a party"),
    "funding": lazy_gettext("funding"),
    "decision": lazy_gettext("a decision"),
    "event": lazy_gettext("an event"),
    # responses of addressees
    "not-yet-sent": lazy_gettext("not yet sent"),
    "under-consideration": lazy_gettext("under consideration"),
    "taken-up": lazy_gettext("taken up"),
    "taken-up-in-part": lazy_gettext("taken up in part"),
    "not-taken-up": lazy_gettext("not taken up"),
    "referred": lazy_gettext("referred"),
    "overtaken": lazy_gettext("overtaken by events"),
    # how an item stands to the calendar
    "own-day": lazy_gettext("a day of its own"),
    "condition": lazy_gettext("waits for a condition"),
    "no-date": lazy_gettext("no date"),
    # ways in which an item was sent to an addressee
    "letter": lazy_gettext("letter"),
    "in-the-meeting": lazy_gettext("in the meeting"),
    # requests to own
    "requested": lazy_gettext("requested"),
    "accepted": lazy_gettext("accepted"),
    "declined": lazy_gettext("declined"),
    "passed-on": lazy_gettext("passed on"),
    "withdrawn": lazy_gettext("withdrawn"),
    "ended": lazy_gettext("ended"),
    # what passes when somebody leaves
    "owns": lazy_gettext("owner"),
    "to-answer": lazy_gettext("request to own"),
    "answers-for": lazy_gettext("answers for its owner"),
    "seconds": lazy_gettext("second to answer for its owner"),
    "helps": lazy_gettext("helps"),
    "awaited": lazy_gettext("is waited for"),
    "steward": lazy_gettext("answers for it"),
    "second": lazy_gettext("second to answer for it"),
    # positions
    "supports": lazy_gettext("supports"),
    "supports-if": lazy_gettext("supports if"),
    "objects-to-the-aim": lazy_gettext("objects to the aim"),
    "objects-to-the-way": lazy_gettext("objects to the way"),
    "has-a-concern": lazy_gettext("has a concern"),
    "asks": lazy_gettext("asks"),
    # what proposers and supporters say of a closed item
    "satisfied": lazy_gettext("satisfied"),
    "partly": lazy_gettext("partly"),
    "disputes": lazy_gettext("disputes"),
    "disputed-by-a-proposer-or-supporter": lazy_gettext("disputed by a proposer or supporter"),
    "only-partly-says-a-proposer-or-supporter": lazy_gettext("only partly, says a proposer or supporter"),
    # kinds of items and proposals
    "recommendation": lazy_gettext("recommendation"),
    "call": lazy_gettext("call"),
    "commitment": lazy_gettext("commitment"),
    "offer": lazy_gettext("offer"),
    "request": lazy_gettext("request"),
    "support": lazy_gettext("support"),
    "objection": lazy_gettext("objection"),
    # capacities and channels
    "own": lazy_gettext("own capacity"),
    "organisation": lazy_gettext("organisation"),
    "government": lazy_gettext("government"),
    "coalition-or-group": lazy_gettext("coalition or group"),
    "mag-member": lazy_gettext("MAG member"),
    "chair": lazy_gettext("chair"),
    "moderator": lazy_gettext("moderator"),
    "rapporteur": lazy_gettext("rapporteur"),
    "secretariat": lazy_gettext("secretariat"),
    "host": lazy_gettext("host"),
    "not-stated": lazy_gettext("capacity not stated"),
    "in-the-room": lazy_gettext("in the room"),
    "remote": lazy_gettext("remote"),
    "through-interpretation": lazy_gettext("through interpretation"),
    # relations of proposals and items
    "new": lazy_gettext("puts forward"),
    "repeats": lazy_gettext("repeats"),
    "refines": lazy_gettext("refines"),
    "objects": lazy_gettext("objects"),
    "answers": lazy_gettext("answers"),
    "covered": lazy_gettext("covered by"),
    "depends-on": lazy_gettext("depends on"),
    "supersedes": lazy_gettext("supersedes"),
    "answered-by": lazy_gettext("answered by"),
    # triage
    "item": lazy_gettext("made an item"),
    "attached": lazy_gettext("attached"),
    "set-aside": lazy_gettext("set aside"),
    "snoozed": lazy_gettext("snoozed"),
    "not-a-proposal": lazy_gettext("not a proposal"),
    "exchange-in-the-room": lazy_gettext("exchange in the room"),
    "too-general": lazy_gettext("too general"),
    "meeting-logistics": lazy_gettext("meeting logistics"),
    "duplicate": lazy_gettext("duplicate"),
    "other": lazy_gettext("other"),
    "detector": lazy_gettext("found by the detector"),
    "hand": lazy_gettext("marked by hand"),
    # what became of a point of an agenda in the room
    "raised": lazy_gettext("raised"),
    "not-reached": lazy_gettext("not reached"),
    "postponed": lazy_gettext("postponed"),
    # how a series goes on
    "weeks": lazy_gettext("weeks, on that weekday"),
    "month-weekday": lazy_gettext("months, on that weekday of the month (its second Tuesday, say)"),
    "month-last-weekday": lazy_gettext("months, on the last such weekday of the month"),
    "month-day": lazy_gettext("months, on that day of the month"),
    # who may read
    "internal": lazy_gettext("internal"),
    "published": lazy_gettext("published"),
    # people
    "member": lazy_gettext("member"),
    "no-address": lazy_gettext("no mail address"),
    "not-invited": lazy_gettext("not invited"),
    "invited": lazy_gettext("invited"),
    "expired": lazy_gettext("invited, and the link has expired"),
    "signed-in": lazy_gettext("signed in"),
    "stated": lazy_gettext("stated"),
    "member-list": lazy_gettext("member list"),
    "self-declared": lazy_gettext("self-declared"),
    "guessed": lazy_gettext("guessed"),
    "private-sector": lazy_gettext("private sector"),
    "civil-society": lazy_gettext("civil society"),
    "technical-community": lazy_gettext("technical community"),
    "academia": lazy_gettext("academia"),
    "intergovernmental-organisation": lazy_gettext("intergovernmental organisation"),
    "media": lazy_gettext("media"),
    "unknown": lazy_gettext("unknown"),
    # mail
    "weekly": lazy_gettext("every week"),
    "never": lazy_gettext("never"),
    "digest": lazy_gettext("digest"),
    "sign-in": lazy_gettext("sign-in link"),
    "test": lazy_gettext("test"),
    "queued": lazy_gettext("queued"),
    "sending": lazy_gettext("being sent"),
    "sent": lazy_gettext("sent"),
    "empty": lazy_gettext("nothing to say"),
    "dead": lazy_gettext("not delivered"),
    "cancelled": lazy_gettext("cancelled"),
    "held": lazy_gettext("held"),
    # evidence, and the ways a change comes in
    "link": lazy_gettext("link"),
    "file": lazy_gettext("file"),
    "browser": lazy_gettext("browser"),
    "mail": lazy_gettext("mail"),
    "import": lazy_gettext("import"),
    "job": lazy_gettext("job"),
    "command-line": lazy_gettext("command line"),
    # files on their way in, and the steps of reading one
    "reading": lazy_gettext("being read"),
    "to-place": lazy_gettext("for which meeting is it?"),
    "to-look-at": lazy_gettext("to look at"),
    "imported": lazy_gettext("imported"),
    "unpacked": lazy_gettext("unpacked"),
    "refused": lazy_gettext("refused"),
    "speakers": lazy_gettext("finding speakers"),
    "proposals": lazy_gettext("finding proposals"),
    "storing": lazy_gettext("storing"),
    # who speaks, as heard
    "dismissed": lazy_gettext("dismissed"),
    "open": lazy_gettext("open"),
    "same": lazy_gettext("the same"),
    "different": lazy_gettext("different"),
    # what a corrected transcript did to a passage
    "unchanged": lazy_gettext("unchanged"),
    "moved": lazy_gettext("moved"),
    "changed": lazy_gettext("changed"),
    "placed": lazy_gettext("placed by a person"),
    "doubtful": lazy_gettext("doubtful"),
    "lost": lazy_gettext("lost"),
    "gone": lazy_gettext("gone"),
}

VOWELS = "AEIO"
#: letters that are spoken with a vowel first when an abbreviation is spelt out
SPOKEN_WITH_A_VOWEL = "AEFHILMNORSX"


def word(value: str | None) -> str:
    """Return what people read for a stored value; a seed's own value is shown with spaces."""
    if value is None:
        return ""
    translations = page_language().words
    if value not in translations:
        translations[value] = str(WORDS.get(value) or value.replace("-", " "))
    return translations[value]


def spoken_language() -> Language:
    """Return the language that is spoken now, for the phrases that pages, mails and reports share."""
    locale = get_locale()
    return Language(str(locale), gettext, ngettext, word, is_rtl=locale.text_direction == "rtl")


class NamedBody(Protocol):
    """A body, or what a mail keeps of one."""

    @property
    def slug(self) -> str:
        """Return what stands for it in addresses."""

    @property
    def name(self) -> str:
        """Return what it is called."""


def short_name(body: NamedBody) -> str:
    """Return "IGF" for a body that has a short slug, else its name."""
    if len(body.slug) <= 5 and body.slug.isalpha():
        return body.slug.upper()
    return body.name


def group_names(session: Session) -> dict[str, str]:
    """Return what the stakeholder groups that may be chosen are called, by slug: a seed's own by the name it gave."""
    return {slug: name if GROUPS.get(slug) != name else word(slug) for slug, name in groups(session).items()}


def not_an_outcome(body: NamedBody) -> str:
    """Return "not an IGF outcome", which every list of what was put forward says of itself."""
    name = short_name(body)
    letters = SPOKEN_WITH_A_VOWEL if name.isupper() else VOWELS
    if name[0].upper() in letters:
        return str(gettext("not an %(body)s outcome", body=name))
    return str(gettext("not a %(body)s outcome", body=name))


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(word=word, not_an_outcome=not_an_outcome)
