"""Of which kind a passage is: what its words say outright goes before what was learned."""

import re

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT
from tracker.detector.cues.polarity import Reading, polarity
from tracker.detector.cues.word_patterns import MENTAL
from tracker.detector.deed_words import VERBS

SIDES = frozenset({SUPPORT, OBJECTION})
_ALSO = (
    r"(?:also |then |now |just |definitely |certainly |probably |gladly |personally |happily |all |try to |try and )*"
)
_DEEDS = rf"(?:{'|'.join(sorted(VERBS - MENTAL, key=len, reverse=True))})"
_NO_DEED = (
    r"(?!(?:not|never|have to|need|be able|say|see|know|think|want|like|love|hope|wish|get to|find out"
    r"|realise|realize"
    r"|come to|be (?:very )?(?:brief|happy|glad|clear|honest|interested|the|a|an|in|at|here|there|no|more"
    r"|very|too|difficult"
    r"|able|good|useful|helpful|great|nice)|go (?:no|further|on)|probably|agree|support|go along|back|second"
    r"|accept|oppose|object|reject|endorse|vote|recommend|suggest"
    r"|propose|must"
    r"|should|call|ask (?:you|that|the)|urge|invite)\b)"
)
#: who says so is recommending, whatever else is said
RECOMMENDING = re.compile(
    r"\b(?:recommend|suggest|propose)(?:s|d|ed|ing)?\b|\bmy (?:suggestion|proposal|recommendation)\b|\b(?:should|must"
    r"|ought to)\b|\bwe (?:all )?(?:need|have) to\b|\bwould be (?:good|great|useful|nice|better)\b"
    r"|\bi hope (?:that )?(?:we|the|it"
    r"|they|this)\b|\bif (?:we|the \w+) (?:could|can)\b|\bwhy (?:not|can't|don't)\b"
)
#: the promise of whoever speaks, or told of somebody who is named
PROMISE = re.compile(
    rf"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to) {_ALSO}{_NO_DEED}[a-z]+"
    r"|\b(?:i|we|hereby|and|to|am|are) (?:fully |firmly |hereby |publicly )?commit(?:ted)?(?: myself"
    r"| ourselves)? (?:publicly )?to\b"
    r"|\bcommit (?:myself|ourselves)\b|\blet me (?:take|get back|bring|check|follow up|look into|come back)\b"
    r"|\bi can (?:double[ -]check|look into|check|ask|take (?:it|that|this))\b|\b(?:i|we)(?:'ve| have) got to \w+"
    r"|\b(?:i|we)(?:'ve| have)? (?:agreed|decided|planned|promised) to\b|\b(?:my|our) (?:aim|plan|intention) is to\b"
    r"|\b(?:i'm|i am|we're|we are) (?:now |currently )?(?:planning|intending|aiming) (?:to|on)\b|\bi(?:'ll"
    r"| will)[.,]?$"
    r"|^(?:and |so |also,? )*(?:the )?(?!we\b|you\b|they\b|it\b|that\b|this\b|there\b|everybody\b|everyone\b"
    r"|what\b|how\b|who\b"
    rf"|if\b|i\b|people\b|one\b|all\b)[\w.-]+(?: [\w.-]+)?(?: [\w.-]+)? will {_ALSO}{_NO_DEED}(?!be\b)[a-z]+"
    rf"|^will (?:send|look"
    r"|follow|ask|check|report|prepare|draft|share|adjust|vote|update|confirm|do|try|add|circulate|write)\b"
    r"|^(?!need|going|have|want|able|how|what|where|when"
    rf"|who|try|wanting|due|up|next|as|in|not|like|it|that|this|easy|hard|good|all|recommendation|proposal"
    rf"|suggestion|somebody|someone)[\w.]+(?: (?!ha[sd]|have|needs?|wants?|likes?|going"
    rf"|trying)\w+)? to {_DEEDS}\b|\bundertook to\b"
    r"|\b(?:said|promised|agreed) (?:that )?(?:s?h[e]|they|it) would\b|^(?:s?h[e]|it) would (?!be\b|help\b|make\b)"
    rf"{_DEEDS}\b|\bgive you my word\b|\bcommitting (?:myself|ourselves)\b"
)
#: what whoever speaks would do for others
WILLING = re.compile(
    r"(?:^|\b(?:i|we)(?:'m| am|'re| are|'d be| would be| will be|'ll be)|\b(?:is|are|be|would be)) (?:also "
    r"|very |more than |"
    r"always |definitely |certainly |really |quite |only too )*(?:happy|glad|pleased|willing|ready|prepared"
    r"|delighted|honou?red"
    r"|available|keen) to (?!see|hear|be here|announce|say|report|note|learn|know|have you|invite|welcome)"
    r"|^(?:happy|glad|willing|ready) to\b|\b(?:i|we)(?:'d| would) (?:love|like) to (?:help|assist|contribute"
    r"|host|volunteer|offer"
    r"|do a presentation|present|join the)\b|\bready to be (?:one|it|that)\b|\bshould i (?:file|write|send"
    r"|make|open|draft)\b"
    r"|\b(?:always )?available to\b|\balways available\b|\b(?:not|n't) mind \w+ing\b|\b(?:offers?"
    r"|offered) to\b|\b(?:could|can) (?:also |certainly |easily )?(?:be arranged|arrange|accommodate|host"
    r"|match|lend|offer)\b"
    r"|\b(?:team|group|university|institute|company|centre|office|embassy) (?:in \w+ )?(?:can"
    r"|could) (?:also )?(?:give|present"
    r"|translate|provide|host|help|send|lend|offer)\b|\b(?:i|we) (?:hereby )?(?:offer|volunteer) (?:to|our|my|a)\b"
    r"|\b(?:i (?:can|could)|we can) (?:also |certainly |gladly |easily |try to |reach )*(?:share|add|help"
    r"|send|give|translate|provide"
    r"|put you|introduce|take up|out to|bring|show|do that)\b"
)
#: something asked of those who hear it, or of somebody named
ASKING = re.compile(
    r"\b(?:please|kindly) (?:also |do |just )?(?!don't|do not|note|allow|let me)[a-z]+\b"
    r"|(?<!will )(?<!'ll )\blet (?!you\b|them\b)(?:[\w ]{2,20}) know\b"
    r"|(?:^|[,;] |\b(?:and|so|but) )(?:can|could|would|will) you (?!see|hear|imagine|believe|say)\b"
    r"|\b(?:can|may|could|might) (?:i|we) (?:please |kindly |also )?(?:ask (?!whether|why|what|how|if)"
    r"|request|have an?|get an?)\b"
    r"|\byou\b.*\bwould be (?:\w+ )?(?:appreciated|helpful (?:to|for) (?:us|me))\b"
    r"|\bthat would be helpful to (?:us|me)\b|\bwould be grateful for an?\b"
    r"|\b(?:i|we)(?: would|'d) like to (?:receive|get|have (?:the|an?) (?:\w+ ){1,3}in writing)\b"
    r"|\bit be possible to (?:have|get)\b"
    r"|\basking (?:the|our|your) \w+ for\b|\bneed from you\b|\b(?:i|we)(?: would|'d) (?:really )?appreciate\b"
    r"|\b(?:asking|looking) for (?:help|your|a (?:pr|list|volunteer))|\bwaiting (?:on|for) you\b|\bseeking your\b"
    r"|\bwonder(?:ing|ed)? (?:if|whether) (?:you|s?h[e]|they) (?:could|can|would)\b|\bneed (?:another"
    r"|your) \w+ (?:today|by|before)\b"
    r"|\b(?:i|we) want this \w+ to\b|\bwould love if\b|\bif you (?:can|could) (?:get|send|share|open|give"
    r"|provide|find)\b"
    r"|\b(?:i|we) (?:also |formally |kindly )?(?:request|hope to secure)\b|\bwould like to welcome you to\b"
    r"|\binvite (?:both of )?you\b"
)
#: the same asked of all who may hear
OF_ALL = re.compile(
    r"\b(?:any(?:one|body)|every(?:one|body)|all of you|you(?:'re| are) all welcome|whoever|those of you"
    r"|call to action"
    r"|feel free to)\b|\blooking for (?:\w+ )?(?:people|volunteers|vendors|speakers|nominations"
    r"|either)\b"
    r"|\bif you (?:haven't|think|know)\b.{0,80}\b(?:please|do|let)\b|^do (?:consider|fill|come|join)\b"
)
LOOKING_FOR_ALL = re.compile(
    r"\blooking for (?:\w+ )?(?:people|volunteers|vendors|speakers|nominations|either)\b|\bcall to action\b"
    r"|\bfeel free to\b"
    r"|\byou(?:'re| are) all welcome\b|\binvite all of you\b|\bjust calling for\b|^call for\b"
)
#: who supports something other than a proposal would do so
SUPPORTING = re.compile(
    r"\b(?:happy|glad|willing|ready|prepared) to (?:\w+ )?support\b(?! (?:this|that|it|what|your"
    r"|the (?:proposal|idea|suggestion|plan"
    r"|text|motion|request))\b)"
)
#: calls of another sort, and encouragement, which recommends
NO_CALL = re.compile(
    r"\bencourage (?!all\b|every)|\b(?:the|a|our|next|this|open) call (?:for|goes|opens|closes|could)\b"
    r"|\b(?:is|are|be) called for\b"
    r"|\bcalled for in\b"
    r"|\b(?:phone|conference|video|weekly|monthly|this|next) calls?\b"
)
CALLS_ON = re.compile(
    r"\b(?:call|calls|calling|called) (?:up)?on\b|\bwe call\b|\burge[sd]?\b|\bappeal to\b|\binvite[sd]? (?:all|every)"
)


def settled_kind(plain: str, kind: str) -> str:
    """Return the kind of a passage in small letters; `kind` is what was thought of it so far."""
    words = " ".join(plain.split())
    reading = polarity(words)
    if reading is Reading.SUPPORT and (SUPPORTING.search(words) or PROMISE.match(words)):
        return _own(words) or OFFER
    if reading in (Reading.SUPPORT, Reading.OBJECTION):
        return reading.value
    if reading is Reading.ASKS and kind in SIDES:
        return REQUEST
    outright = _outright(words)
    if outright:
        return outright
    if kind in SIDES or (kind in (COMMITMENT, OFFER) and RECOMMENDING.search(words)):
        return RECOMMENDATION
    if kind == CALL and NO_CALL.search(words) and not CALLS_ON.search(words):
        return RECOMMENDATION
    return kind


def _outright(plain: str) -> str | None:
    """What the words say of themselves; a recommendation says it first."""
    if CALLS_ON.search(plain) or RECOMMENDING.search(plain):
        return None
    if LOOKING_FOR_ALL.search(plain):
        return CALL
    if ASKING.search(plain):
        if OF_ALL.search(plain):
            return CALL
        return REQUEST
    return _own(plain)


def _own(plain: str) -> str | None:
    """An offer or a promise, whichever is said first."""
    willing = WILLING.search(plain)
    promise = PROMISE.search(plain)
    if promise and not (willing and willing.start() <= promise.start()):
        return COMMITMENT
    if willing:
        return OFFER
    return None
