"""Cues of minutes: indirect speech, terse notes, motions; `DO` and `DONE` are deeds that can be ticked off."""

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT, cue
from tracker.detector.cues.word_patterns import either

_HAND = (
    "add announce answer arrange ask attach bring build call check circulate clarify coordinate collect compile"
    " contact continue convert correct create cut cut-down deliver describe distribute do document draft drop"
    " email explain extend file finish fix follow forward gather get give go help host include inform invest"
    " investigate invite issue join keep land look launch list make merge move obtain offer open organise"
    " organize pick ping poll post prepare present print produce propose provide publish push put raise redo"
    " remove rename reply report request research resubmit review revise rewrite rework run schedule see send"
    " set share sign split start submit summarise summarize supply switch take talk test translate try update"
    " upload validate verify work write"
)
DO = either(_HAND)
DONE = (
    r"(?:added|published|circulated|translated|merged|fixed|updated|documented|tested|removed|moved|posted"
    r"|prepared|invited"
    r"|organi[sz]ed|reviewed|revised|repaired|sent|shared|written|presented|placed|made available|asked"
    r"|instructed|directed"
    r"|done|put|set up|held|split|turned|rewritten|renamed|dropped|deleted|taken up|generated|collected|inspected)"
)
_ADV = (
    r"(?:(?:also|then|therefore|further|again|just|probably|at least|now|still|all|both|gladly|please|rather"
    r"|really) ){0,2}"
)
TELLS = (
    r"(?:said|stated|replied|added|confirmed|indicated|announced|explained|informed [\w ]{3,30}?|assured [\w"
    r" ]{3,30}?|reported)"
)
ROUTINE = r"(?! (?:approve|accept|adopt|confirm|adjourn|close|go into|enter|suspend|receive and file|dispense|waive)\b)"
MINUTED = (
    # Indirect speech: what somebody suggested, asked, urged, offered or promised, as the minutes tell it.
    cue("told to suggest", RECOMMENDATION, 2.4,
        rf"(?<!as\s)(?<!the\s)(?<!been\s)(?<!was\s)(?<!were\s)(?<!had\s)\b(?:suggest|propos|recommend|advis)(?:ed"
        rf"|es) {_ADV}(?:that|to (?!be\b)\w+"
        rf"|\w{{3,}}ing\b|an? |the |inviting)(?!\w* (?:was|were|had been) (?:accepted|rejected|adopted))"),
    cue("it was suggested", RECOMMENDATION, 2.3,
        r"\b(?:it was|was also|were) (?:also |further )?(?:suggested|proposed|recommended|requested|moved)"
        r" (?:that|to)\b"),
    cue("motion", RECOMMENDATION, 2.2,
        rf"\bmoved (?:by [\w .]{{2,40}}(?:,| and) (?:and )?seconded by [\w .]{{2,40}},? )?"
        rf"(?:to(?! (?:the|an?|its|our|their|another|new)\b)|that)\b{ROUTINE}"
        rf"|\bmoved,? seconded\b"
        rf"|\bmotion (?:by|from|of) [\w .,]{{2,60}} (?:to|that)\b{ROUTINE}"),
    cue("told to ask", REQUEST, 2.3,
        r"(?<!was\s)(?<!were\s)\b(?:request|ask|invit)(?:ed|s) (?!if|whether|what|how|why|when|who|which|about"
        r"|for clarification)"
        r"(?:(?:that (?!had|was|were|has)[\w ,'-]{3,90}?\b(?:be|have|explain|publish|provide|include|review"
        r"|consider|report|give"
        rf"|{DO})\b)|[\w ,.'-]{{2,60}}? to (?!speak|take the|introduce|present |respond|comment|be brief)\w+)"),
    cue("were asked", REQUEST, 2.2,
        rf"\b(?:was|were|is|are|be) (?:also |kindly )?(?:asked|requested|invited|encouraged|instructed|directed)"
        rf" to (?!speak|take the)"
        rf"(?:{DO}|comment|consider|provide|register|respond|read|think|nominate)\b"),
    cue("told to urge", CALL, 2.2,
        r"\b(?:urged|called (?:up)?on|appealed to|encouraged|exhorted) [\w ,'-]{2,60}? to \w+|\bcalled for (?:a"
        r"|an|the|more)\b"),
    cue("told to offer", OFFER, 2.3,
        rf"\b(?:offer(?:ed|s)|volunteer(?:ed|s)) to \w+|\b(?:was|were|is|are) (?:\w+ )?(?:willing|ready|happy"
        rf"|prepared|glad|pleased) to"
        rf" (?:{DO}|assist|contribute|support|cooperate|fund|lend|sponsor)\b|\bexpressed (?:its|h(?:is|er)|their)"
        rf" (?:willingness|readiness) to\b"),
    cue("can do it", OFFER, 2.0,
        rf"^(?:happy|glad|willing) to (?:{DO}|assist|contribute)\b|(?<!when\s)(?<!how\s)(?<!what\s)\b(?:i can do"
        rf" (?!that|this)|(?:i|we) (?:can|could) {_ADV}(?:take|host|give|run|write|help|draft|try"
        rf"|look into|review|send|share|ask|bring|organi[sz]e|prepare|lead|chair|scribe|provide|offer|contribute"
        rf"|translate|sponsor|join)\b)"
        rf"(?! (?:a look|something|anything|that for|without|this with))"),
    cue("told to promise", COMMITMENT, 2.2,
        rf"\b{TELLS} (?:that )?(?:\w+ ){{0,3}}?(?:h[e]|she|it|they|the \w+|staff|officers|this|[\w ]{{3,50}}?)"
        rf" would {_ADV}(?:be"
        rf" (?:able to|\w+ing) |be {DONE}|{DO})\b|\b(?:undertook|pledged|promised|committed(?: itself| h[i]mself|"
        rf" herself)?|agreed) to"
        rf" (?:{DO}|provide|consider|lead)\b"),
    # Promises in indirect speech and in notes: `the secretariat would publish`, `Anna will send`, `will mail`.
    cue("would do", COMMITMENT, 1.9,
        rf"^(?:that )?(?:it|h[e]|she|they|the secretariat|staff) would {_ADV}(?:{DO})\b"
        rf"|\bwould be {DONE} (?:as of|by|before|at|in|within|with|on)\b"),
    cue("somebody will", COMMITMENT, 1.9,
        rf"^(?!it |this |that |there |which |they |you |one |what |who )(?:[\w.'-]+ ){{1,4}}?(?:will|shall|is"
        rf" going to|are going to) {_ADV}(?:{DO}|kick off|stand in|mail|lead)\b|^(?:will|'ll)"
        rf" (?!do\W*$){_ADV}(?:{DO}|mail|be in touch)\b"),
    cue("i will", COMMITMENT, 2.1,
        rf"\b(?:i|we)(?: will|'ll| shall| am going to|'m going to|'re going to) {_ADV}(?:{DO}|mail|email|bring"
        rf"|see (?:whether|if)"
        rf"|get back|go through|add|make a|take (?:that|this|it|an action)|have (?:a|it|the) )\b"
        rf"(?! (?:about|the floor|to (?:the )?next|on to|you (?:the|to)|it there|a (?:moment|minute|second|break"
        rf"|question)))"),
    # Proposals of people at work: `let's merge`, `we should add`, `need to fix`, `can we move`.
    cue("let us", RECOMMENDATION, 1.9,
        rf"\b(?:let's|let us) {_ADV}(?!move on|see\b|go on|start with|continue|break|wait|hear|stop|take (?:the"
        rf"|a) (?:next|break|question)"
        rf"|not\b|say\b|be\b|assume|talk about|come back|discuss)(?:{DO}|adopt|ship|have|meet|defer|close|reject"
        rf"|accept|use|revisit|table|plan)\b"),
    cue("we do", RECOMMENDATION, 1.8,
        rf"\b(?:we|you|they|the (?:group|wg|working group|committee|council|editors?|chairs?|secretariat|staff"
        rf"|team|board|operator|tsc|tc|sig|tag|ac|ab|foundation|maintainers|authors|officers|host|planning"
        rf" commission))"
        rf" {_ADV}(?:should|must|ought to|need to|have to|needs to|has to|had better) {_ADV}(?:{DO}|consult|adopt"
        rf"|meet|plan|engage|close|hold"
        rf"|record|require|reach out|apply|allow for|seek|change|define|defer|establish)\b(?! (?:able|about that))"),
    cue("need to", RECOMMENDATION, 1.8,
        rf"^(?:so |also |and |we )?need (?:to (?:{DO}|nominate|decide on|reach out|identify|define|fill|establish"
        rf"|set up)|(?:someone|somebody|people|volunteers?|an? \w+|more \w+) to)\b"
        rf"|^(?:would|i'd|we'd|i would|we would) (?:like|love|prefer|rather)(?: it if)?(?: we| to)? (?:not"
        rf" )?(?:also )?(?:to )?(?:{DO}|see|have|close)\b"
        rf"|\b(?:more comfortable|happier|better) if we\b"),
    cue("could we", RECOMMENDATION, 1.8,
        rf"\b(?:can|could|should|shall|may) we {_ADV}(?:{DO}|agree to|adopt|go to|have|define|defer|leave it"
        rf"|revisit|create|consider)\b"
        rf"(?! (?:move on|that for a|this for a|a look))"),
    # Notes that name what they hold: `proposal is to`, `+1 to closing`, `suggest to`, `plan:`.
    cue("is proposal", RECOMMENDATION, 2.3,
        r"^(?:the |my |our |so my |so the |so )?(?:proposal|suggestion|recommendation)(?: here)? (?:is|would"
        r" be)\b(?! (?:good|fine|ok|in|on|about))"),
    cue("plus one to", SUPPORT, 1.7,
        rf"^\+1,? (?:to|for|on) (?:{DO}|closing|merging|adding|doing|moving|removing|publishing|that proposal|the"
        rf" proposal|this proposal)\b"),
    cue("suggest", RECOMMENDATION, 2.0,
        r"^(?:i'd |i would |would |we )?(?:suggest|propose|recommend)(?:ion)?:? (?:to |that |we |you )?(?:\w+)\b"),
    cue("plan", RECOMMENDATION, 1.6,
        r"^(?:(?:plan|next|proposal|idea|suggestion|way forward)(?: is)?(?: to)?: ?|plan to |plan is to "
        r"|propos(?:e|ing) )(?=\w)"),
    # Requests in notes and chats; what is asked of the call itself (`please mute`) is none.
    cue("please", REQUEST, 2.0,
        rf"(?:^|[,;:] |\b(?:and|so|but|everyone|everybody|all|members|folks) )please {_ADV}(?!go\b|take|speak"
        rf"|mute|unmute|wait|note\b|keep|be\b|hold|let me|repeat"
        rf"|continue|say|introduce|see\b|stop|raise|use the|type|stand|sit|come|move on)[a-z]+ (?=\w)"),
    cue("could you", REQUEST, 2.0,
        rf"\b(?:can|could|would|will) (?!we\b|i\b|it\b|this\b|that\b|there\b)(?:you|somebody|someone|anyone"
        rf"|[a-z]+(?: and [a-z]+)?)(?: (?:two|all|guys|both|please|maybe|also|perhaps|each))*"
        rf" (?:{DO}|clarify|read)\b(?! (?:an example|that up|louder|it again|us (?:an|your)|me\b))(?=.{{12,}})"),
    cue("good if", RECOMMENDATION, 1.9,
        r"^(?:would|might|may) be (?:\w+ )?(?:good|nice|helpful|useful|great|worth)\b.{0,40}\b(?:if|to|that)\b"),
    # Taking sides; `(?<!not\s)` because a side may be denied.
    cue("seconds", SUPPORT, 2.0,
        r"(?<!not\s)\b(?:supported|endorsed|seconded|welcomed|agreed with|concurred with|was in favou?r of|spoke"
        r" in favou?r of|liked) (?:the|this|that|these"
        r"|h(?:is|er)|their|mr|ms|what|with|it)\b.{0,50}?\b(?:proposals?|suggestions?|ideas?|request|motion"
        r"|recommendations?|amendment|merger|view|order|change|approach)\b"
        r"|^(?:strongly |fully |i )?(?:support|second|agree with) (?:this|that|it|the (?:proposal|suggestion"
        r"|change|motion|idea))\b|^(?:good|great|like the) idea\b"
        r"|\bi(?:'d| would)? support (?:that|this|it)\b"),
    cue("opposes", OBJECTION, 2.2,
        r"\b(?:did not|didn't|could not|couldn't|was not|wasn't|were not|would not|not) (?:agree with|support"
        r"|accept|endorse|in favou?r|favou?r|convinced|in a position to support)\b"
        r"|\b(?:opposed|objected to|spoke against|voted against|disagreed with|cautioned against|strongly"
        r" against)\b|\bi'?m (?:not comfortable with|against|opposed)\b"
        r"|\bi (?:am not comfortable|object|have an objection)\b|\bnot in favou?r\b"),
    # Chats: proposals in the mildest words, weighed accordingly.
    cue("do you want to", REQUEST, 2.0,
        rf"\b(?:do|would) you (?:want|like|have time) to {_ADV}(?:{DO})\b"),
    cue("i would", RECOMMENDATION, 1.7,
        rf"\b(?:i'd|i would) {_ADV}(?:just )?(?:add|change|close|defer|drop|go with|keep|leave|make|merge|move|publish"
        rf"|put|remove|rename|ship|split|start with|write)\b"),
    cue("we could", RECOMMENDATION, 1.6,
        r"^(?:or |maybe |perhaps |then )?we (?:could|might) (?:also |just |maybe )?(?:add|ask|close|defer|drop|invite"
        r"|make it|merge|move|publish|put|remove|rename|ship|split|write)\b"),
    cue("can live with", SUPPORT, 1.6,
        r"\b(?:can|could) live with (?:that|it|this)\b|\b(?:works|fine) (?:for|by|with) me\b(?=.{8,})"),
    cue("uneasy", OBJECTION, 1.8,
        r"\bi'?m (?:a bit |very |rather |still )?(?:uneasy|uncomfortable|nervous|unhappy) (?:with|about)\b"),
)  # fmt: skip
