"""What a cue is: a pattern over a sentence in small letters, with a weight; the sum of the weights decides.

The weights were set by hand on the language of meetings: performatives say what they do, modals need somebody or
something to act upon. What a pattern means stands in its name, and above a group of them. `h[e]` and `h(?:is|er)` in a
pattern are the pronouns that speakers use; the project's own texts use "they".
"""

import re
from dataclasses import dataclass

from tracker.detector.cues.word_patterns import phrase

RECOMMENDATION = "recommendation"
CALL = "call"
COMMITMENT = "commitment"
OFFER = "offer"
REQUEST = "request"
SUPPORT = "support"
OBJECTION = "objection"

#: what may stand between "I" and its verb
MANNER = (
    "(?:(?:really|also|very|much|strongly|certainly|definitely|therefore|again|just|only|all|still|now|then|highly"
    "|fully"
    "|kindly|humbly|wholeheartedly|warmly|simply|particularly|especially|perhaps|maybe|respectfully|actually|clearly"
    "|formally|once|would|do|like to|want to|wish to|to) ){0,4}"
)


@dataclass(frozen=True)
class Cue:
    """A pattern that speaks for (or, with a weight below zero, against) a proposal of a kind."""

    kind: str | None
    weight: float
    pattern: re.Pattern[str]
    name: str


def cue(name: str, kind: str | None, weight: float, pattern: str) -> Cue:
    """A cue from a pattern in which a blank stands for several."""
    return Cue(kind, weight, phrase(pattern), name)


#: in a sentence without any of these no cue fires
TRIGGER = re.compile(
    r"\b(?:should|must|ought|shall|need|needs|needed|have to|has to|recommend|suggest|propos|advis|advocat|urge"
    r"|call|appeal|invit"
    r"|encourag|request|ask|please|could|would|will|'ll|going to|plan|intend|aim|commit|promis|pledge|undertake"
    r"|guarantee|offer"
    r"|volunteer|happy|glad|ready|willing|prepared|hope|wish|want|why|how about|what about|let|if|time|important"
    r"|essential"
    r"|crucial|vital|necessary|useful|good idea|support|endorse|second|agree|echo|welcome|favou?r|object|oppose"
    r"|disagree|reject"
    r"|against|doubt|concern|reservation|accept|equipped|mistake|premature|action|todo|do not|don't|count on"
    r"|disposal|may be"
    r"|maybe|taken into|continu|start|place|platform|venue|owe|might|may|can|concur|align|looked|followed|never"
    r"|ready|plus one|rather|prefer|worth|delighted|behind|too far|worr|afraid|fear|problem|trouble|difficult"
    r"|decided|possible|like|add\b"
    r"|enough|sufficient|adequate|absence|shortage|harm|aligns?\b|fits?\b|demand|plea"
    r"|leave|cut|bring|send|give|keep|make|get|find|use|set|put|move|open|run\b|pay|publish|missing|lack|room|idea"
    r"|wonder|love|for it|grateful|appreciate|with me|not sure|no difficulty|go along)"
)
