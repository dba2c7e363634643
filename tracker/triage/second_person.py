"""What needs two persons: setting aside what is marked sensitive, complains of the secretariat, or is delicate.

Delicate is what is demanded of a person, material that was banned, removed or not to be handed out, guards and rules of
the house, a complaint, an accusation. A demand often comes after the story that it belongs to, so the sentences before
it in the same turn are read as well.
"""

import re
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person, Role
from tracker.people.queries import serving_as
from tracker.proposals.filters import OPEN
from tracker.proposals.models import Proposal, TriageState
from tracker.proposals.queries import register_of
from tracker.transcripts.models import Passage, Transcript, Turn

DECIDED = "Somebody has already decided this passage. Undo that decision first."
#: who may confirm what somebody else has set aside
SECONDS = (Role.SECRETARIAT, Role.CHAIR)
SECRETARIAT = re.compile(r"\bsecretariat(?:'s)?\b", re.IGNORECASE)
#: what is said of somebody who did it badly, or did not do it
COMPLAINT = re.compile(
    r"""\b(?:
    fail(?:s|ed|ing|ure|ures)? | never
    | (?:did | do | does | has | have | had | was | were | is | are)(?:\s+not|n['’]t)
    | no\s+(?:answer|reply|response|explanation|reason|notice|transparency|information|support)
    | without\s+(?:any\s+)?(?:notice|consult\w+|explanation|explaining|asking|telling|an?\s+answer)
    | complain\w* | complaint\w* | disappoint\w* | unacceptabl[ey] | unfair(?:ly)? | inadequate(?:ly)?
    | ignor(?:ed|es|ing) | refus(?:ed|es|al) | exclud(?:ed|es|ing) | neglect\w* | lack(?:s|ed)? | too\s+late
    | delay(?:s|ed)? | mistakes? | criticis\w+ | criticiz\w+ | frustrat\w+ | badly | poor(?:ly)?
    | dissatisf\w+ | censor\w* | over-?zealous(?:ly)? | heavy-handed(?:ly)? | arbitrar(?:y|ily) | back(?:ed)?\s+down
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: what is demanded of or about a person
ABOUT_A_PERSON = re.compile(
    r"""\b(?:resign(?:s|ed|ation)? | step(?:s|ped)?\s+down
    | be\s+(?:dismissed|sacked|fired|expelled|suspended|removed\s+from\s+(?:office|the\s+chair))
    | (?:dismiss|sack|fire|expel|suspend|investigate|prosecute)\s+(?:mr|ms|mrs|dr|the\s+(?:chair|director|minister
    |ambassador|moderator|speaker|delegate|head|person|man|woman|official|officer))\w*
    | apologi[sz]e\s+to | (?:an?\s+)?(?:personal|public)\s+apology )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TAKEN = (
    r"(?:took|taken|removal|removing|seizure|confiscation|confiscating|banned|forbidden|forbade|prohibited|confiscated|seized|censored|removed|taken\s+(?:down|away)|torn\s+down"
    r"|pulled\s+down|destroyed|thrown\s+(?:out|away))"
)
_MATERIAL = (
    r"(?:books?|booklets?|posters?|banners?|leaflets?|flyers?|fliers?|publications?|materials?|brochures?|pamphlets?"
    r"|copies|signs?|exhibits?|stands?|booths?|films?|badges?|t-?shirts?)"
)
_SPREAD = r"distribut(?:e|ed|ing|ion)|hand(?:ed|ing)?\s+out|display(?:ed|ing)?|circulat(?:e|ed|ing)|exhibit(?:ed|ing)?"
#: material that was banned or taken away, in whichever order a sentence tells it
REMOVED_MATERIAL = re.compile(
    rf"\b{_TAKEN}\b[^.!?]{{0,80}}\b{_MATERIAL}\b|\b{_MATERIAL}\b[^.!?]{{0,80}}\b{_TAKEN}\b", re.IGNORECASE
)
ACCUSATION = re.compile(
    r"""\b(?: accus(?:e|es|ed|ing|ation|ations) | corrupt(?:ion|ed)? | brib\w+ | fraud\w* | lied | liars? | harass\w*
    | threaten(?:ed|s|ing)? | intimidat\w+ | assault\w* | misconduct | retaliat\w+ | arrested | jailed | imprisoned
    | detained | beaten | racist | sexist | blackmail\w* | embezzl\w+ | cover(?:ed)?[\s-]up )\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: who may hand out what: "the leaflets that we were not allowed to distribute", "forbidden to distribute"
HANDED_OUT = re.compile(
    rf"""\b(?:{_MATERIAL}|reports?|documents?)\b[^.!?]{{0,120}}\b(?:{_SPREAD})\b
    |\b(?:{_SPREAD})\b[^.!?]{{0,120}}\b(?:{_MATERIAL}|forbidden|prohibited|prevented|(?:not|n['’]t)\s+(?:be\s+)?allow)
    |\b(?:forbidden|prohibited|prevented|(?:not|n['’]t)\s+(?:be\s+)?allowed)\b[^.!?]{{0,60}}\b(?:{_SPREAD})\b
    |\b{_MATERIAL}\b[^.!?]{{0,60}}\b(?:(?:not|n['’]t)\s+(?:be\s+)?|should\s+be\s+)(?:allowed|permitted)\b
    |\bwritten\s+materials?\b|\brules?\s+(?:for|on|about)\s+(?:the\s+)?(?:documents|{_MATERIAL})\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: the guards and the rules of the house; "security" alone is a subject of every other meeting
GUARDS_AND_RULES = re.compile(
    r"""\b(?: (?:UN|U\.N\.|United\s+Nations|venue|building|conference)(?:['’]s)?\s+
      (?:security|rules?|protocols?|regulations?|polic(?:y|ies)|guards?|premises|procedures?)
    | (?:rules?|protocols?|regulations?)\s+of\s+the\s+(?:UN|U\.N\.|United\s+Nations|house|venue)
    | security\s+(?:guards?|officers?|staff|personnel|people|service|check(?:s|points?)?|men)
    | (?:UN|U\.N\.)DSS | guards? | police(?:men|man)?
    | secretariat(?:['’]s)?\s+(?:conduct|behaviou?r) | conduct\s+of\s+the\s+secretariat
    | (?:refused|denied)\s+(?:entry|access\s+to\s+the) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
COMPLAINTS = re.compile(
    r"\b(?:complain(?:s|ed|ing|ts?|ants?)?|grievances?|protest(?:s|ed)?\s+(?:against|about))\b", re.IGNORECASE
)
DELICATE = (ABOUT_A_PERSON, REMOVED_MATERIAL, HANDED_OUT, GUARDS_AND_RULES, COMPLAINTS, ACCUSATION)
#: sentences before a passage that are read with it, and the characters in which they are looked for
BEFORE = 3
REACH = 1_500
_END = re.compile(r"(?<=[.!?])\s+")


def needs_second(session: Session, proposal: Proposal) -> bool:
    """Tell whether nobody may set it aside alone."""
    return proposal.sensitive_by is not None or _seems_to_need_second(session, proposal)


def _seems_to_need_second(session: Session, proposal: Proposal) -> bool:
    """Tell whether its words seem to complain of the secretariat, or are delicate: a guess."""
    passage = session.get_one(Passage, proposal.passage_id)
    first = max(0, passage.start - REACH)
    if proposal.turn_id is not None:
        first = max(first, min(session.get_one(Turn, proposal.turn_id).start, passage.start))
    # Only what is near is read, cut in the database: the whole text may be megabytes.
    near = sa.select(sa.func.substr(col(Transcript.text), first + 1, passage.end - first))
    words: str = session.execute(near.where(col(Transcript.id) == proposal.transcript_id)).scalar_one()
    quote = words[passage.start - first :]
    return complains_of_secretariat(quote, proposal.addressee) or is_delicate(words[: passage.start - first], quote)


def is_delicate(before: str, quote: str) -> bool:
    """Tell whether a passage, or one of the last sentences `before` it, is about a person, a ban or an accusation."""
    sentences = [sentence for sentence in _END.split(before) if sentence.strip()]
    return any(cue.search(sentence) for sentence in (*sentences[-BEFORE:], quote) for cue in DELICATE)


def complains_of_secretariat(quote: str, addressee: str | None = None) -> bool:
    """Tell whether a sentence names the secretariat, or is put to it, and has words of complaint."""
    is_put_to_it = bool(addressee and SECRETARIAT.search(addressee))
    return any(
        COMPLAINT.search(sentence) and (is_put_to_it or SECRETARIAT.search(sentence)) for sentence in _END.split(quote)
    )


def seconds_for(session: Session, register_id: int, first: int | None, today: date) -> list[Person]:
    """Return who may confirm what that person sets aside."""
    return [person for person in serving_as(session, register_id, SECONDS, today) if person.id != first]


def mark_sensitive(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Mark a passage so that nobody sets it aside alone; raises Refused where it is marked or decided already."""
    _refuse_closed(proposal)
    if proposal.sensitive_by is not None:
        raise Refused("This passage is already marked sensitive.")
    proposal.sensitive_by = by.person_id
    _note(session, proposal, Verb.MARKED_SENSITIVE, by, now)


def unmark_sensitive(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Take one's own mark back; raises Refused for anybody else's, or where there is none."""
    _refuse_closed(proposal)
    if proposal.sensitive_by is None or proposal.sensitive_by != by.person_id:
        raise Refused("Only the person who marked it sensitive can remove the mark. Ask them.")
    proposal.sensitive_by = None
    _note(session, proposal, Verb.NO_LONGER_MARKED_SENSITIVE, by, now)


def _refuse_closed(proposal: Proposal) -> None:
    if proposal.state not in OPEN or proposal.awaits_second:
        raise Refused(DECIDED)


def confirm(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Set aside what another has asked for; raises Refused where nobody has, or the same person did."""
    _refuse_first(proposal, by)
    proposal.state = TriageState.SET_ASIDE
    proposal.decided_by = by.person_id
    proposal.decided_at = now
    _note(session, proposal, Verb.SET_ASIDE_BY_TWO, by, now)


def send_back(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Let it wait in the queue again; raises Refused where nothing is to be confirmed, or the same person asks."""
    _refuse_first(proposal, by)
    proposal.aside_by = None
    proposal.reason = None
    proposal.note = None
    proposal.decided_by = None
    proposal.decided_at = None
    _note(session, proposal, Verb.SENT_BACK, by, now)


def _refuse_first(proposal: Proposal, by: Actor) -> None:
    if not proposal.awaits_second:
        raise Refused("This passage does not wait for a second person. Reload the page.")
    if proposal.aside_by == by.person_id:
        raise Refused("You set this aside yourself. Let a second person confirm it.")


def _note(session: Session, proposal: Proposal, verb: Verb, by: Actor, now: datetime) -> None:
    proposal.version += 1
    leave(session, proposal, verb, by=by, now=now, body_id=register_of(session, proposal))
