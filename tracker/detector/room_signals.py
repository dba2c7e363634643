"""What a passage tells of the room: words nobody heard, a demand between two people there, others' words reported."""

from tracker.detector.cues.word_patterns import phrase
from tracker.transcripts.reading.caption_marks import MarkKind, find_marks
from tracker.transcripts.speakers.capacity import capacity_of

#: words after which something is asked for later, and not of the person opposite
LATER = phrase(
    r"\b(?:afterwards|in writing|by (?:e-?mail|mail|letter)|online|on the (?:web ?site|list|wiki|page)|next (?:week"
    r"|month|year|meeting|time|igf)|after (?:the|this) (?:meeting|session)|within|publish\w*|before the|by (?:the end"
    r"|monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|october"
    r"|november|december))\b"
)
EXCHANGE = phrase(
    r"\b(?:could|can|would|will|may|might) (?:you|i|we|the (?:speaker|gentleman|lady|previous speaker|last speaker"
    r"|chair|moderator))(?: all| both)? (?:please |just |kindly |perhaps |maybe |briefly |quickly |also ){0,3}"
    r"(?:repeat|speak (?:up|louder|slower|slowly|closer|into)|clarify|answer|explain|rephrase|respond|reply|elaborate"
    r"|say (?:that|it|your|a few|something)|tell (?:us|me)|state|introduce|come (?:closer|back|up|to)|turn|hear|ask"
    r"|address|react|comment|expand|share (?:with us|your)|give (?:us|me) (?:an example|your|the|some|a))\b"
    r"|\bplease (?:answer|speak|repeat|clarify|tell (?:us|me)|respond|turn|introduce|state|say|come|raise|use the"
    r"|mute|unmute|wait|sit|be brief|keep it)\b"
    r"|\bspeak up\b|\bmy question (?:is|to|for)\b|\bi (?:would|'d|want) (?:like )?to ask (?:you|h(?:im|er)|mr|ms|the"
    r" (?:speaker|panel|panellists?|panelists?))\b|\bcould you be (?:more )?(?:specific|brief)\b"
    r"|\bwhat (?:do|would|did) you (?:mean|think)\b|\bi (?:did not|didn't) (?:hear|get|catch)\b"
)
REPORTED = phrase(
    r"\b(?:it was|it has been|has been|was) (?:also |then |further |again )?(?:suggested|proposed|recommended"
    r"|requested|urged)\b"
    r"|\b(?:the|our|this|these|some|many|several|most|all|other) (?:\w+ ){0,2}?(?:workshops?|sessions?|panels?"
    r"|groups?|meetings?|participants?|panell?ists?|speakers?|rooms?|audience|people|delegates?) (?:also |then |even"
    r" )?(?:said|concluded|recommended|recommends?|felt|stressed|suggested|suggests?|proposed|proposes|agreed|thought"
    r"|called|asked|urged|wanted|wished|invited)\b"
    r"|\b(?:one|a|another|the) (?:remote |online |young )?(?:participant|speaker|panell?ist|comment|message|delegate)"
    r" (?:\w+ ){0,4}?(?:says?|said|asks?|asked|suggests?|suggested|proposes?|proposed|wants?|wanted|recommended)\b"
)

OWN = phrase(r"\b(?:i|i'm|i'd|i'll|my|me|myself)\b")
RAPPORTEUR = "rapporteur"
#: characters in which speakers say for whom they speak
OPENING = 600


def has_hole(text: str, start: int, end: int) -> bool:
    """Tell whether words of the passage could not be heard."""
    return any(mark.kind is MarkKind.INAUDIBLE for mark in find_marks(text, start, end))


def is_exchange(plain: str) -> bool:
    """Tell whether a passage in small letters asks something of a person in the room, to be done there and then."""
    return bool(EXCHANGE.search(plain)) and not LATER.search(plain)


def is_rapporteur(text: str, start: int, end: int) -> bool:
    """Tell whether a turn begins with a speaker who says that they report for others."""
    return capacity_of(text, start, min(end, start + OPENING)).capacity == RAPPORTEUR


def is_reported(text: str, start: int, end: int, *, rapporteur: bool) -> bool:
    """Tell whether a passage gives what others have said; a rapporteur's is, but for what they say of themselves."""
    plain = text[start:end].lower()
    if rapporteur:
        return not OWN.search(plain)
    return bool(REPORTED.search(plain)) or capacity_of(text, start, end).reported
