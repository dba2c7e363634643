"""What a passage tells of the room: words that nobody heard, a demand between two people there."""

from tracker.detector.cues.word_patterns import phrase
from tracker.transcripts.reading.caption_marks import MarkKind, find_marks

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


def has_hole(text: str, start: int, end: int) -> bool:
    """Tell whether words of the passage could not be heard."""
    return any(mark.kind is MarkKind.INAUDIBLE for mark in find_marks(text, start, end))


def is_exchange(plain: str) -> bool:
    """Tell whether a passage in small letters asks something of a person in the room, to be done there and then."""
    return bool(EXCHANGE.search(plain)) and not LATER.search(plain)
