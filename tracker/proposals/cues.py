"""What tells that a sentence puts something forward, and what tells that it does not.

Each cue is a pattern over the sentence in small letters with a weight; their sum decides. The weights were set by hand
on the language of meetings: performatives say what they do, modals need somebody or something to act upon.
"""

import re
from dataclasses import dataclass

from tracker.proposals.lexicon import SPEECH, phrase

RECOMMENDATION, CALL, COMMITMENT, OFFER, REQUEST = "recommendation", "call", "commitment", "offer", "request"
SUPPORT, OBJECTION = "support", "objection"

MANNER = (
    "(?:(?:really|also|very|much|strongly|certainly|definitely|therefore|again|just|only|all|still|now|then|highly"
    "|fully"
    "|kindly|humbly|wholeheartedly|warmly|simply|particularly|especially|perhaps|maybe|respectfully|actually|clearly"
    "|formally|once|would|do|like to|want to|wish to|to) ){0,4}"
)
HELP = (
    "(?:help|assist|contribute|take part|participate|host|share|support|provide|work|join|collaborate|co-?operate|send"
    "|offer|organi[sz]e|facilitate|co-?organi[sz]e|be part|be involved|discuss|test|lead|volunteer|give|make|do"
    "|coordinate"
    "|co-?host|sponsor|fund|translate|write|draft|prepare|bring|serve|engage|meet|put|set up|review|present|act|train)"
)
DELIVER = "(?:send|provide|give|share|publish|circulate|submit|explain|clarify|post|tell us|let us have)"
NAMED = "(?:recommendation|suggestion|proposal|plea|request|appeal|submission|wish|call|advice|idea|ask|hope|demand)s?"


@dataclass(frozen=True)
class Cue:
    """A pattern that speaks for (or, with a weight below zero, against) a proposal of a kind."""

    kind: str | None
    weight: float
    pattern: re.Pattern[str]
    name: str


def _cue(name: str, kind: str | None, weight: float, pattern: str) -> Cue:
    return Cue(kind, weight, phrase(pattern), name)


PERFORMATIVES = (
    _cue("recommend", RECOMMENDATION, 2.4,
         r"\b(?:i|we|they|group|it|he|she|and|session|workshop|panel|participants|speakers|delegates|committee"
         r"|report|to|was|is|be|been|would|also|me) "
         rf"{MANNER}(?:recommend|suggest|propose|advocate|advise)(?:s|ed|d)?\b(?! it\b)"),
    _cue("named", RECOMMENDATION, 1.9,
         rf"\b(?:my|our|the|a|one|another|first|second|third|fourth|fifth|last|final|main|next|concrete|practical"
         rf"|key) {NAMED} "
         r"(?:(?:i|we|that) [\w' ]{1,40} )?(?:is|are|was|would be|will be|to|here is)\b(?! (?:not|made|rejected"
         r"|accepted|over|about to))"),
    _cue("wish to see", RECOMMENDATION, 2.2,
        r"\b(?:like|love|want|wish|hope|hoping|prefer|need|good|great|nice) to (?:see|have)\b"),
    _cue("would like X to", RECOMMENDATION, 1.7,
         r"\b(?:would|'d) (?:like|want|love|expect|prefer) (?!to\b)[\w' -]{2,50}? to (?!give|speak|take the|report"
         r"|introduce|come)\w+"),
    _cue("would be good", RECOMMENDATION, 1.9,
         r"\b(?:would|might|could|may|'d) (?:also |really |perhaps |maybe |actually )?be (?:\w+ly |very |quite "
         r"|most |more |so )?"
         r"(?:useful|good|helpful|great|nice|important|interesting|wonderful|valuable|worth|worthwhile|wise|better"
         r"|beneficial"
         r"|desirable|appropriate|a good|ideal|advisable|best|fantastic|excellent|necessary|essential|time|an idea)\b"),
    _cue("why not", RECOMMENDATION, 1.9,
        r"\bwhy (?:can't|don't|can not|cannot|do not|not|couldn't|shouldn't) (?:we|the|you|they|have|make|\w+)\b"),
    _cue("how about", RECOMMENDATION, 1.5,
        r"\b(?:how|what) about (?:hav|mak|us|do|creat|organi|invit|includ|us|start)\w*"),
    _cue("if only", RECOMMENDATION, 1.7,
        r"(?:^|[,;.:] |\band |\bso |\bmaybe |\bperhaps )if (?:\w+ ){1,5}?(?:could|can)\b(?! not|'t)"),
    _cue("if we have", RECOMMENDATION, 1.0, r"\bif we (?:have|had|create|organi[sz]e|set up|establish)\b"),
    _cue("time to", RECOMMENDATION, 1.5,
        r"\b(?:is|'s) (?:now |high |about |the )?time (?:to|for|that|we)\b(?! (?:lunch|coffee|a break|close|stop"
        r"|finish|wrap))"),
    _cue("hope", RECOMMENDATION, 1.6,
         r"\b(?:i|we|and) (?:do |really |would |very much |sincerely |just |also |only )?hope\b.{0,90}?\b(?:will"
         r"|can|would|could|are going to|is going to|should|may|continue|get|take)\b"),
    _cue("taken into account", RECOMMENDATION, 1.5,
        r"\b(?:be|maybe) (?:also |further )?(?:taken into (?:account|consideration)|considered for|looked into"
        r"|followed up|taken up|taken forward)\b"),
    _cue("right place", RECOMMENDATION, 1.8,
        r"\b(?:only|right|best|appropriate|natural|ideal|logical|proper|perfect|good) (?:place|forum|venue|body"
        r"|platform|space|home|time|moment)s? (?:where|for|to|in which|that|when)\b"),
    _cue("do not", RECOMMENDATION, 1.7,
        r"^(?:and |but |so |please )?(?:do not|don't|never) (?!worry|forget|know|think|get me|want|have|mind|see"
        r"|believe|need|remember|be)\w+"),
    _cue("owe", RECOMMENDATION, 1.2, r"\bowe it to\b"),
    _cue("could do more", RECOMMENDATION, 1.4,
        r"\b(?:more|something|much) (?:\w+ ){0,3}?(?:needs to|should|must|can|could|has to) be done\b|\bcould do"
        r" (?:something|more|better|a lot)\b|\bthere (?:should|must|needs to|has to|ought to) be\b|\bwould be (?:my"
        r"|our|one|a) \w*suggestion\b"),
    _cue("need for", RECOMMENDATION, 1.3,
        r"\b(?:is|'s|was|are|be|see) (?:also |still |clearly )?(?:an? |the )?(?:\w+ )?need (?:to|for)\b"),
    _cue("what we need", RECOMMENDATION, 1.7,
        r"\bwhat (?:we|you|they|is|the \w+|people)(?: really| all| now)? (?:need|needs|needed|have to"
        r"|should)\b[\w' ,]* is\b"),
    _cue("needed", RECOMMENDATION, 1.1, r"\b(?:is|are) (?:\w+ly |also |still |badly )?(?:needed|required)\b"),
    _cue("important that", RECOMMENDATION, 0.7,
         r"\b(?:is|be|'s) (?:\w+ly |very |so |also |extremely |really |more )?(?:important|essential|crucial|vital"
         r"|necessary|imperative|critical|urgent|key) (?:to|that|for|when|we|in|and|as)\b"),
    _cue("let us", RECOMMENDATION, 1.6,
         r"\blet(?: us|'s) (?:not |all |also |try to |try and |at least |therefore |together )?(?!start|begin|move"
         r"|go\b|take|hear|continue|stop|turn|open|try|keep|call|give|see|look|put|focus|be\b|have|say|not|come|get"
         r"|face|think|assume|imagine|wait|talk|first)\w+"),
    _cue("could we", RECOMMENDATION, 1.6,
         r"(?:^|[,;] |\band |\bso |\bperhaps |\bmaybe )(?:could|can|might|should|shouldn't|couldn't) (?:we|the"
         r" (?!first|next|person|gentleman|lady|speaker|panel)\w+|our|all|every|each)\b(?! (?:hear|see|have your"
         r"|take a|take the|start|begin|move|go|please have the|know|say|ask|come))"),
    _cue("call on", CALL, 2.4, r"\b(?:call|calls|called|calling) (?:up)?on\b"),
    _cue("call to", CALL, 2.2,
        r"\b(?:we|i|they|and|who|reason) (?:call|called|calls|appeal|appealed) (?:to )?(?:the |all )?[\w -]{3,50}"
        r" to\b"),
    _cue("call for", CALL, 1.7,
        r"\b(?:call|calls|called|calling) (?:\w+ly )?for\b|\bcall (?:is|was|has been) made\b|\b(?:a|was|is|strong"
        r"|clear) call (?:for|to)\b"),
    _cue("urge", CALL, 2.0, r"\b(?:urge|urged|urges|urging|appeal to|appealed to|implore|exhort)\b"),
    _cue("encourage", CALL, 1.5,
        r"\b(?:i|we|would|i'd|we'd) (?:strongly |really |also |do |would |like to |want to |therefore"
        r" ){0,3}(?:encourage|invite) (?!to\b)(?:all|the|every|you|each|other|more|govern\w+|every\w+|any\w+|member"
        r"|people|our|\w+)\b"),
    _cue("invited", CALL, 1.5,
        r"\b(?:it|declaration|committee|council|group|report|resolution) (?:also |then |has )?invite[sd] "),
    _cue("promise", COMMITMENT, 2.3,
        r"\b(?:i|we|can|will|hereby|do|to|'ll) (?:hereby |also |fully |only |even )?(?:promise|pledge|undertake"
        r"|guarantee|make sure)\b(?! (?:of|by)\b)"),
    _cue("commit", COMMITMENT, 2.1,
        r"\b(?:i|we|and|hereby|will|to|is|are|am|would|also) (?:fully |strongly |firmly |remain |hereby )?(?:commit"
        r"|committed|commits)(?: myself| ourselves| itself)?(?: to)\b"),
    _cue("ours will", COMMITMENT, 1.7,
         r"\b(?:my|our) (?:\w+ ){1,4}?(?:commits?|intends?|plans?|pledges|undertakes|promises|is committed|will"
         r" (?!be\b|have\b|say|tell|show|speak|now))\b"),
    _cue("intend", COMMITMENT, 1.5,
        r"\b(?:i|we)(?: also| now| all)? (?:(?:are|am|'re|'m) (?:also |now |all |currently |really )?(?:planning"
        r"|intending|aiming|going|working)|plan|intend|aim) to\b|\b(?:i|we)'(?:m|re) (?:also |now )?(?:planning"
        r"|going|aiming) to\b"),
    _cue("happy to help", OFFER, 2.4,
         rf"\b(?:happy|glad|pleased|delighted|willing|ready|prepared|keen|eager|available|open|honoured) to (?:also"
         rf" |further |continue to )?{HELP}\b"
         r"|\b(?:would|'d) (?:also |really )?(?:love|like) to (?:help|assist|contribute|take part|participate|host"
         r"|join|collaborate|offer|be involved|volunteer|be part)\b"),
    _cue("offer", OFFER, 2.2,
        r"\b(?:i|we|can|could|would|also|may|like to) (?:also |gladly |even )?(?:offer|volunteer)(?:s|ed)?\b"
        r"|\bvolunteer to\b"),
    _cue("we can help", OFFER, 1.7,
        rf"\b(?:i|we|(?:my|our)(?: \w+){{1,3}}?) can (?:also |gladly |certainly |help |easily )?{HELP}\b"),
    _cue("count on us", OFFER, 2.0,
        r"\bcount on (?:us|me|our)\b|\bat (?:your|the|their) (?:full )?disposal\b|\bour doors? (?:is|are) open\b"),
    _cue("ask to deliver", REQUEST, 2.0,
         rf"(?:^|[,;:] |\band |\bso |\bor |\bperhaps )(?:could|can|would|will) (?:you|\w+(?: \w+){{0,4}}?)"
         rf" (?:please |kindly |at least |also |perhaps |maybe ){{0,2}}{DELIVER}\b(?! (?:it|him|her|the floor|you"
         rf"|your name|my))"
         rf"|\b(?:i|we|would|and|to) (?:also |would |formally |kindly |like to |want to )?(?:ask|request|asked"
         rf"|requested)\b[\w' ,-]{{0,60}}? to (?:please |kindly |at least |also )?{DELIVER}\b(?! (?:the floor|you"
         rf"|your name|my))"
         rf"|\b(?:please|kindly) {DELIVER}\b(?! (?:the floor|your name|yourself))"),
    _cue("request", REQUEST, 1.7,
        r"\b(?:i|we|i'd|we'd) (?:also |kindly |formally |hereby |therefore |would |do |just |like to |want to "
        r"|really ){0,3}(?:request|ask) (?:that|the|for|all|a|an|everyone|every|our|these|those|this|\w+ to)\b"),
    _cue("in writing", REQUEST, 0.8,
        r"\b(?:in writing|written (?:explanation|answer|reply|report|response)|a list of|an explanation)\b"),
)  # fmt: skip

TAKING_SIDES = (
    _cue("support", SUPPORT, 2.2,
         rf"\b(?:i|we|i'd|delegation|government|organi[sz]ation|and fully|and strongly|my \w+|our \w+)"
         rf" {MANNER}(?:support|supports|endorse|endorses|second|back|subscribe to)\b(?! (?:my|our|from|for|of)\b)"),
    _cue("agree", SUPPORT, 1.6,
         rf"\b(?:i|we|and) {MANNER}(?:am going to |have to |must |can only |completely |totally )?(?:agree|concur"
         rf"|align (?:myself|ourselves)|associate (?:myself|ourselves)) (?:\w+ly )?(?:with|that|on)\b"),
    _cue("couldn't agree more", SUPPORT, 1.8,
        r"\bcould(?:n't| not) agree more\b|\bam (?:all |fully |very much )?in favou?r of\b|\bplus one\b|\+1\b"),
    _cue("echo", SUPPORT, 1.4,
        r"\b(?:i|we) (?:would |'d |want to |wish to |also |just |like to |fully |strongly )*(?:echo"
        r"|welcome)\b.{0,80}\b(?:proposal|suggestion|idea|call|recommendation|said|point)\b"),
    _cue("good idea", SUPPORT, 1.7,
        r"\b(?:is|was|like|love|are|be) (?:a |an |the |that |this |your |his |her )(?:\w+ly |very |really )?(?:good"
        r"|great|excellent|wonderful|brilliant|fantastic)? ?(?:idea|proposal|suggestion)\b(?! of)"),
    _cue("object", OBJECTION, 2.2,
        rf"\b(?:i|we|i'd|delegation|government|organi[sz]ation|my \w+|our \w+) {MANNER}(?:must |have to |need to "
        rf"|am going to )?(?:object|oppose|disagree|reject|objects|opposes)\b(?! of)"),
    _cue("do not support", OBJECTION, 2.4,
         r"\b(?:do not|don't|cannot|can't|can not|could not|couldn't|would not|wouldn't|never|not|unable to)"
         r" (?:\w+ly |really |be able to |be in favou?r|going to )?(?:support|endorse|agree|accept|favou?r"
         r"|subscribe|be part of|share (?:the|this|that) view)\b(?! more)"),
    _cue("against", OBJECTION, 1.9,
        r"\b(?:am|are|be|'m|'re|is) (?:strongly |very much |totally |firmly |also )?(?:against|opposed to|not in"
        r" favou?r of)\b"),
    _cue("doubts", OBJECTION, 1.6,
        r"\b(?:have|has|had|with|some|serious|strong) (?:\w+ )?(?:doubts?|reservations?|concerns?|misgivings)"
        r" (?:about|on|with|regarding|over|as to)\b"),
    _cue("not right for that", OBJECTION, 1.8,
         r"\b(?:don't|do not) (?:think|believe) (?:that )?(?:\w+ ){1,5}?(?:should|is|are|need|needs|would|can"
         r"|will)\b.{0,60}|\b(?:is|am|are)(?: not|n't) (?:\w+ )?(?:equipped|ready|in a position|the right|the place"
         r"|competent|convinced|sure that)\b"),
    _cue("mistake", OBJECTION, 1.6,
        r"\b(?:would be|is|be) (?:a |an |very |far |much )?(?:\w+ )?(?:mistake|premature|dangerous|wrong (?:way|to"
        r"|path)|bad idea|counter-?productive|unacceptable|unrealistic|unworkable|unachievable|impossible task"
        r"|waste of (?:time|money)|duplication)\b"),
)  # fmt: skip

AGAINST = (
    _cue("floor", None, -2.6,
         r"\b(?:the floor|microphones?|mics?|queue|wrap up|next speaker|raise (?:your|his|her) hands?|introduce"
         r" (?:your|him|her)sel\w+|your seats?|coffee|lunch|be brief|move on|first question|over to you|"
         r"please go ahead|^go ahead|next slide|slides?|unmute|mute|chat box|show of hands|two minutes|three"
         r" minutes|few minutes|speak slowly|your names?|out of time|running out|time is up|run out of time|hear"
         r" from|hear you|headsets?|come forward|on the screen|this session|this panel|good (?:morning|afternoon"
         r"|evening)|come back to|next (?:intervention|question|panell?ist)|no one on|last question|any"
         r" (?:comments?|questions?))\b"),
    _cue("handing on", None, -2.4,
         r"\b(?:i|we|let me|me|us)(?:'ll)? (?:will |would |shall |can |now |just |like to |also |then |want to |may"
         r" |am going to |have to |'m going to )*"
         r"(?:(?:turn|hand|pass)(?: \w+){0,4}? (?:to|over|on)\b|give(?: \w+){0,4}? (?:floor|word|microphone)\b"
         r"|(?:call on|call upon|invite|ask|introduce|like) [\w ]{2,60}? to (?:report|present|speak|take (?:the|us"
         r"|over)|give (?:his|her|their|a (?:short|brief|presentation|speech|summary|few)|an? (?:overview|update"
         r"|introduction|answer)|us (?:his|her|their|an? (?:overview|update|introduction)))|come|say|introduce"
         r"|start|open|make (?:a|his|her|their) |respond|reply|address|share (?:his|her|their|your)|the (?:podium"
         r"|stage|floor|table|microphone|front)))"),
    _cue("own speech", None, -2.0,
         rf"\b(?:i|me)(?:'ll|'m|'d)? (?:will |would |am |want |wanted |like |need |have |must |should |shall |can "
         rf"|could |may |wish |going |to |just |only |also |very |quickly |briefly |now |first |again |simply |try"
         rf" )*{SPEECH}\b(?! (?:sure|it clear|a proposal|for the|on the|on all|upon|myself))"),
    _cue("let me", None, -2.0, r"\blet me (?!suggest|propose|recommend|encourage|urge|offer|commit|see)"),
    _cue("order of the day", None, -1.7,
         r"\b(?:will|are going to|'ll|going to|would like to|we) (?:now |then |first |also |just |be |have to"
         r" )?(?:(?:discuss|discussing|hear|hearing|be guided|guided|turn to|listen|proceed|go through|focus|have a"
         r" (?:brief|short|quick)"
         r"|open the|take (?:some|a few|the|more|one|two|questions|comments|this|that)|finish|stop|close)\b"
         r"|(?:begin|start|break|continue)(?: by| with| this| the| our| now| right| off| until| for|[,.]))"),
    _cue("must say", None, -1.6,
        rf"\bi(?:'d)? (?:also |really |just |would |have |still |sadly |do )*(?:must|have to|should|need to|had to)"
        rf" (?:also |still |just )?{SPEECH}\b"),
    _cue("past duty", None, -1.6,
        r"\b(?:should|must|could|would|ought to|might) (?:not |never |also |already )?(?:have|'ve) (?:\w+ly"
        r" )?(?:been|had|done|gone|\w+ed|\w+en)\b|\b(?:had to|needed to|wanted to|was to|were to)\b"),
    _cue("wh-question", None, -1.3,
        r"(?:^|[,;?] |\b(?:and|but|so|know|see|ask|asked|wonder|about|on|of|whether|discuss|discussed|debate|think"
        r"|decide|understand|tell|is|was|to) )(?:what|how|who|where|when|which|whether)(?: \w+){0,4}? (?:should"
        r"|could|can|must|do|will|would|might|shall)\b(?! is\b)|\bquestion (?:is|of|was|whether|about)\b"),
    _cue("was discussed", None, -1.3,
         r"\b(?:(?:was|were|been|also|have) (?:\w+ly )?(?:discussed|mentioned|addressed|debated|touched|covered"
         r"|raised|shown|noted)|discuss(?:ed|ions?) (?:about|on|of|whether|how|revolved)|talked about|touched on"
         r"|touched upon|emphasis was|there (?:was|were) (?:a |an |some |also |no |much |great )*(?:discussions?"
         r"|debate|agreement|consensus|concerns?|questions?|questions|talk))\b"),
    _cue("others think", None, -0.8,
        r"\b(?:some|others?|many|several|people|who) (?:\w+ )?(?:say|said|think|thought|believe|believed|argue"
        r"|argued|feel|felt|ask|asked)\b"),
    _cue("thanks", None, -1.0,
        r"\b(?:thank|thanks|grateful|congratulate|congratulations|applause|appreciate|pleasure|honou?red to be"
        r"|privilege|apolog\w+)\b"),
    _cue("so that", None, -0.6,
        r"\b(?:so that|in order that|so as) (?:\w+ ){1,4}?(?:could|can|will|should|would|may|might)\b"),
    _cue("you see", None, -1.2,
        r"\byou (?:should|have to|need to|must|can|could|will|might) (?:also |all )?(?:see|know|remember|understand"
        r"|imagine|realise|realize|find|recall|say|hear|think)\b"),
    _cue("not able", None, -0.8,
        r"\b(?:could|can)(?: not|n't|not) (?!agree more|support|accept|agree|endorse|we|the)\w+\b|\bwould have\b"
        r"|\bwasn't|\bweren't|\bdidn't\b"),
    _cue("happened", None, -0.7,
        r"\b(?:years ago|in (?:19|200)\d\d?|was (?:launched|created|adopted|founded|established|organised|held)"
        r"|were (?:launched|created|adopted|held)|we (?:had|did|were|met|organised|discussed|found|heard|saw"
        r"|talked))\b"),
    _cue("joke or story", None, -0.8,
        r"\b(?:i remember|when i was|i was (?:told|asked|born)|my (?:mother|father|wife|husband|son|daughter)|joke"
        r"|funny|laugh)\b"),
    _cue("announced", None, -1.6, r"\bas follows\b|\bthe following\b"),
    _cue("in principle", None, -0.6, r"\b(?:principles?|rules?|values?|saying|slogan) (?:like|such as|of)\b"),
    _cue("example", None, -0.7, r"\b(?:for example|for instance|such as|e\.g)\b"),
)  # fmt: skip

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
    r"|ready|plus one)"
)
