"""Cues that say what they do: recommend, call, promise, offer, ask."""

from tracker.detector.cues.cue import CALL, COMMITMENT, MANNER, OFFER, RECOMMENDATION, REQUEST, cue

HELP = (
    "(?:help|assist|contribute|take (?:part|the lead|over|charge|care)|participate|host|share|support|provide|work"
    "|join|collaborate|co-?operate|send"
    "|offer|organi[sz]e|facilitate|co-?organi[sz]e|be part|be involved|discuss|test|lead|volunteer|give|make|do"
    "|coordinate"
    "|co-?host|sponsor|fund|translate|write|draft|prepare|bring|serve|engage|meet|put|set up|review|present|act|train)"
)
DELIVER = "(?:send|provide|give|share|publish|circulate|submit|explain|clarify|post|tell us|let us have)"
NAMED = "(?:recommendation|suggestion|proposal|plea|request|appeal|submission|wish|call|advice|idea|ask|hope|demand)s?"


PERFORMATIVES = (
    # Words that say what they do, so the surest cues: `I recommend`, `my proposal is`, `we would like to see`.
    cue("recommend", RECOMMENDATION, 2.4,
         r"\b(?:i|we|they|group|it|h[e]|she|and|session|workshop|panel|participants|speakers|delegates|committee"
         r"|report|to|was|is|be|been|would|also|me) "
         rf"{MANNER}(?:recommend|suggest|propose|advocate|advise)(?:s|ed|d)?\b(?! it\b)"),
    cue("named", RECOMMENDATION, 1.9,
         rf"\b(?:my|our|the|a|one|another|first|second|third|fourth|fifth|last|final|main|next|concrete|practical"
         rf"|key) {NAMED} "
         r"(?:(?:i|we|that) [\w' ]{1,40} )?(?:is|are|was|would be|will be|to|here is)\b(?! (?:not|made|rejected"
         r"|accepted|over|about to))"),
    cue("wish to see", RECOMMENDATION, 2.2,
        r"\b(?:like|love|want|wish|hope|hoping|prefer|need|good|great|nice) to (?:see\b(?! (?:you|many|everybody"
        r"|everyone|them)\b)|have\b)"),
    cue("would like X to", RECOMMENDATION, 1.7,
         r"\b(?:would|'d) (?:like|want|love|expect|prefer) (?!to\b)[\w' -]{2,50}? to (?!give|speak|take the|report"
         r"|introduce|come)\w+"),
    # What would be good, or why it is not done: `why don't we`, `how about`, `if only`.
    cue("would be good", RECOMMENDATION, 1.9,
         r"\b(?:would|might|could|may|'d) (?:also |really |perhaps |maybe |actually )?be (?:\w+ly |very |quite "
         r"|most |more |so )?"
         r"(?:useful|good|helpful|great|nice|important|interesting|wonderful|valuable|worth|worthwhile|wise|better"
         r"|beneficial"
         r"|desirable|appropriate|a good|ideal|advisable|best|fantastic|excellent|necessary|essential|time|an idea)\b"),
    cue("why not", RECOMMENDATION, 1.9,
        r"\bwhy (?:can't|don't|can not|cannot|do not|not|couldn't|shouldn't) (?:we|the|you|they|have|make|\w+)\b"),
    cue("how about", RECOMMENDATION, 1.5,
        r"\b(?:how|what) about (?:(?:hav|mak|us|do|creat|organi|invit|includ|start)\w*|an? )"
        r"|^(?:and |so |but )?what if (?:we|the|they|every)\b|^(?:and |but )?if only\b"),
    cue("if only", RECOMMENDATION, 1.7,
        r"(?:^|[,;.:] |\band |\bso |\bmaybe |\bperhaps )if (?:\w+ ){1,5}?(?:could|can)\b(?! not|'t)"),
    cue("if we have", RECOMMENDATION, 1.0, r"\bif we (?:have|had|create|organi[sz]e|set up|establish)\b"),
    # What it is time for, hoped for, or to be considered.
    cue("time to", RECOMMENDATION, 1.5,
        r"\b(?:is|'s) (?:now |high |about |the )?time (?:to|for|that|we)\b(?! (?:lunch|coffee|a break|close|stop"
        r"|finish|wrap))"),
    cue("hope", RECOMMENDATION, 1.6,
         r"\b(?:i|we|and) (?:do |really |would |very much |sincerely |just |also |only )?hope\b.{0,90}?\b(?:will"
         r"|can|would|could|are going to|is going to|should|may|continue|get|take)\b"),
    cue("taken into account", RECOMMENDATION, 1.5,
        r"\b(?:be|maybe) (?:also |further )?(?:taken into (?:account|consideration)|considered for|looked into"
        r"|followed up|taken up|taken forward)\b"),
    # Where something belongs, and what should not be done.
    cue("right place", RECOMMENDATION, 1.8,
        r"\b(?:only|right|best|appropriate|natural|ideal|logical|proper|perfect|good) (?:place|forum|venue|body"
        r"|platform|space|home|time|moment)s? (?:where|for|to|in which|that|when)\b"),
    cue("do not", RECOMMENDATION, 1.7,
        r"^(?:and |but |so |please )?(?:do not|don't|never) (?!worry|forget|know|think|get me|want|have|mind|see"
        r"|believe|need|remember|be)\w+"),
    # Needs: weak alone, for values are needed as well as deeds.
    cue("owe", RECOMMENDATION, 1.2, r"\bowe it to\b"),
    cue("could do more", RECOMMENDATION, 1.4,
        r"\b(?:more|something|much) (?:\w+ ){0,3}?(?:needs to|should|must|can|could|has to) be done\b|\bcould do"
        r" (?:something|more|better|a lot)\b|\bthere (?:should|must|needs to|has to|ought to) be\b|\bwould be (?:my"
        r"|our|one|a) \w*suggestion\b"),
    cue("need for", RECOMMENDATION, 1.5,
        r"\b(?:is|'s|was|are|be|see) (?:also |still |clearly )?(?:an? |the )?(?:\w+ )?need (?:to|for)\b"),
    cue("what we need", RECOMMENDATION, 1.7,
        r"\bwhat (?:we|you|they|is|the \w+|people)(?: really| all| now)? (?:need|needs|needed|have to"
        r"|should)\b[\w' ,]* is\b"),
    cue("needed", RECOMMENDATION, 1.1, r"\b(?:is|are) (?:\w+ly |also |still |badly )?(?:needed|required)\b"),
    cue("important that", RECOMMENDATION, 0.7,
         r"\b(?:is|be|'s) (?:\w+ly |very |so |also |extremely |really |more )?(?:important|essential|crucial|vital"
         r"|necessary|imperative|critical|urgent|key) (?:to|that|for|when|we|in|and|as)\b"),
    # Invitations to do it together; `let us start`, `could we hear` run the meeting and are left out.
    cue("let us", RECOMMENDATION, 1.6,
         r"\blet(?: us|'s) (?:not |all |also |try to |try and |at least |therefore |together )?(?!start|begin|move"
         r"|go\b|take|hear|continue|stop|turn|open|try|keep|call|give|see|look|put|focus|be\b|have|say|not|come|get"
         r"|face|think|assume|imagine|wait|talk|first)\w+"),
    cue("could we", RECOMMENDATION, 1.6,
         r"(?:^|[,;] |\band |\bso |\bperhaps |\bmaybe )(?:could|can|might|should|shouldn't|couldn't) (?:we|the"
         r" (?!first|next|person|gentleman|lady|speaker|panel)\w+|our|all|every|each)\b(?! (?:hear|see|have your"
         r"|take a|take the|start|begin|move|go|please have the|know|say|ask|come))"),
    cue("might want to", RECOMMENDATION, 1.8,
         r"\b(?:might|may|could) (?:also |perhaps )?(?:want to|wish to|like to|consider)\b"),
    # What would help, is worth doing, or rather wanted.
    cue("would help", RECOMMENDATION, 1.5,
         r"\bwould (?:really |greatly |also |certainly |surely )?(?:help|benefit|improve|solve|go a long way|make"
         r" (?:a|all the) (?:big |real |huge )?difference)\b"),
    cue("worth doing", RECOMMENDATION, 1.6, r"\bworth (?:\w+ly )?(?:\w+ing|a try|the effort)\b(?! (?:that|here)\b)"),
    cue("rather", RECOMMENDATION, 1.6, r"\b(?:i|we)(?:'d| would) (?:much )?(?:rather|prefer)\b"),
    # What somebody is wanted to do, or may be asked for.
    cue("want X to", RECOMMENDATION, 1.6,
         r"\b(?:i|we) (?:really |also |just |do |all )?(?:want|need|expect|trust|beg) (?!to\b|you to (?:know"
         r"|remember|understand|think|imagine|see))[\w' -]{2,40}? to \w+"),
    cue("asking for", RECOMMENDATION, 1.7,
         r"\b(?:i|we)(?: are|'re|'m| am) (?:only |just |also |simply |really )?(?:asking|calling|hoping|pushing"
         r"|pleading|lobbying) (?:for|that|the|you)\b"),
    cue("what I want is", RECOMMENDATION, 2.0,
         r"\bwhat (?:i|we)(?: would|'d)? (?:\w+ly )?(?:like|want|suggest|propose|hope|ask|recommend|wish)\b(?:"
         r" \w+){0,6}? (?:is|would be)\b"),
    cue("possible to", RECOMMENDATION, 1.6,
         r"\b(?:would|is|might) it (?:also |perhaps )?be possible\b|\bis it possible (?:to|for|that)\b|\bis there"
         r" (?:a|any) (?:way|chance|possibility)\b"),
    # Calls upon somebody, in whatever words; `called` alone may be a name.
    cue("call on", CALL, 2.4, r"\b(?:call|calls|called|calling) (?:up)?on\b"),
    cue("call to", CALL, 2.2,
        r"\b(?:we|i|they|and|who|reason) (?:call|called|calls|appeal|appealed) (?:to )?(?:the |all )?[\w -]{3,50}"
        r" to\b"),
    cue("call for", CALL, 1.7,
        r"\b(?:call|calls|called|calling) (?:\w+ly )?for\b|\bcall (?:is|was|has been) made\b|\b(?:a|was|is|strong"
        r"|clear) call (?:for|to)\b"),
    cue("urge", CALL, 2.0, r"\b(?:urge|urged|urges|urging|appeal to|appealed to|implore|exhort)\b"),
    cue("encourage", CALL, 1.5,
        r"\b(?:i|we|would|i'd|we'd) (?:strongly |really |also |do |would |like to |want to |therefore"
        r" ){0,3}(?:encourage|invite) (?!to\b)(?:all|the|every|you|each|other|more|govern\w+|every\w+|any\w+|member"
        r"|people|our|\w+)\b"),
    cue("invited", CALL, 1.5,
        r"\b(?:it|declaration|committee|council|group|report|resolution) (?:also |then |has )?invite[sd] "),
    # Promises: to do, to take on, what has been decided. A plan is weaker.
    cue("promise", COMMITMENT, 2.3,
        r"\b(?:i|we|can|will|hereby|do|to|'ll) (?:hereby |also |fully |only |even )?(?:promise|pledge|undertake"
        r"|guarantee|make sure)\b(?! (?:of|by)\b)"),
    cue("take it on", COMMITMENT, 2.1,
         r"\b(?:i|we)(?:'ll| will| can| shall|'m going to| am going to) (?:also |gladly |personally )?(?:take"
         r" (?:an? action|the action|the lead|care of|charge|that on|this on|it on|this up|that up|it up|this"
         r" forward|this back|that back|it back)|look into|follow up|get back to you|make sure|see to it)\b"),
    cue("decided to", COMMITMENT, 1.7,
         r"\b(?:my|our) (?:\w+ ){1,4}?(?:has|have) (?:just |now |already )?(?:decided|agreed|promised|offered"
         r"|committed|pledged) to\b"
         r"|\b(?:i|we) have (?:just |now |already )?(?:decided|agreed|committed|pledged) to\b"),
    cue("commit", COMMITMENT, 2.1,
        r"\b(?:i|we|and|hereby|will|to|is|are|am|would|also) (?:fully |strongly |firmly |remain |hereby )?(?:commit"
        r"|committed|commits)(?: myself| ourselves| itself)?(?: to)\b"),
    cue("ours will", COMMITMENT, 1.7,
         r"\b(?:my|our) (?:\w+ ){1,4}?(?:commits?|intends?|plans?|pledges|undertakes|promises|is committed|will"
         r" (?!be\b|have\b|say|tell|show|speak|now))\b"),
    cue("intend", COMMITMENT, 1.5,
        r"\b(?:i|we)(?: also| now| all)? (?:(?:are|am|'re|'m) (?:also |now |all |currently |really )?(?:planning"
        r"|intending|aiming|going|working)|plan|intend|aim) to\b|\b(?:i|we)'(?:m|re) (?:also |now )?(?:planning"
        r"|going|aiming) to\b"),
    # Offers; HELP has the verbs by which one helps.
    cue("happy to help", OFFER, 2.4,
         rf"\b(?:happy|glad|pleased|delighted|willing|ready|prepared|keen|eager|available|open|honoured) to (?:also"
         rf" |further |continue to )?{HELP}\b"
         r"|\b(?:happy|glad|pleased|delighted|honoured) to welcome (?:the|everybody|you (?:all )?(?:in|to|next))\b"
        r"|\b(?:would|'d) (?:also |really )?(?:love|like) to (?:help|assist|contribute|take part|participate|host"
         r"|join|collaborate|offer|be involved|volunteer|be part)\b"),
    cue("offer", OFFER, 2.2,
        r"\b(?:i|we|me|can|could|would|also|may|like to) (?:also |gladly |even )?(?:offer|volunteer)(?:s|ed)?\b"
        r"|\bvolunteer to\b"),
    cue("we can help", OFFER, 1.7,
        rf"\b(?:i|we|(?:my|our)(?: \w+){{1,3}}?) can (?:also |gladly |certainly |help |easily )?{HELP}\b"),
    cue("count on us", OFFER, 2.0,
        r"\bcount on (?:us|me|our)\b|\bat (?:your|the|their) (?:full )?disposal\b|\bour doors? (?:is|are) open\b"),
    # Requests for something that can be delivered later; DELIVER has the verbs.
    cue("ask to deliver", REQUEST, 2.0,
         rf"(?:^|[,;:] |\band |\bso |\bor |\bperhaps )(?:could|can|would|will) (?:you|\w+(?: \w+){{0,4}}?)"
         rf" (?:please |kindly |at least |also |perhaps |maybe ){{0,2}}{DELIVER}\b(?! (?:it|h(?:im|er)|the floor|you"
         rf"|your name|my))"
         rf"|\b(?:i|we|would|and|to) (?:also |would |formally |kindly |like to |want to )?(?:ask|request|asked"
         rf"|requested)\b[\w' ,-]{{0,60}}? to (?:please |kindly |at least |also )?{DELIVER}\b(?! (?:the floor|you"
         rf"|your name|my))"
         rf"|\b(?:please|kindly) {DELIVER}\b(?! (?:the floor|your name|yourself))"),
    cue("so kind", REQUEST, 1.9,
         rf"\b(?:be (?:so )?kind (?:as |enough )?to|would you mind|be able to|be possible (?:for \w+(?:"
         rf" \w+){{0,3}}? )?to|i wonder if you could) (?:please )?{DELIVER}\b"),
    cue("request", REQUEST, 1.7,
        r"\b(?:i|we|i'd|we'd) (?:also |kindly |formally |hereby |therefore |would |do |just |like to |want to "
        r"|really ){0,3}(?:request|ask) (?:that|the|for|all|a|an|everyone|every|our|these|those|this|\w+ to)\b"),
    cue("in writing", REQUEST, 0.8,
        r"\b(?:in writing|written (?:explanation|answer|reply|report|response)|a list of|an explanation)\b"),
)  # fmt: skip
