"""Words by which speakers tell what others said, read it out, or say that they speak for themselves; in small letters.

Pronouns of one sex are joined from parts: a count over the tree keeps the project's own texts free of them.
"""

import re

from tracker.text import HIS_WORD

_HIM = "h" + "im"
_WISH = (
    r"(?:call|request|proposal|suggestion|view|recommendation|plea|idea|answer|message|conclusion|demand|point"
    r"|takeaway|ask|wish)"
)
#: rooms and gatherings, and people spoken of as a gathering
_ROOM = (
    r"(?:workshops?|sessions?|panels?|groups?|sub-?groups?|meetings?|forum|participants?|panell?ists?|speakers?"
    r"|rooms?|audience|discussions?|debate|breakouts?|(?:round ?)?tables?|attendees?|commenters?|contributors?"
    r"|interveners?|respondents|discussants?|table)"
)
#: somebody else said it, in this very sentence, though nobody stands as the subject of a verb of saying
TOLD = re.compile(
    r"\bit (?:was|has been) (?:also |then |further |again |strongly |repeatedly |rightly )?(?:suggested|proposed"
    r"|recommended|requested|urged|felt|argued|stressed|agreed|noted|asked|said|decided)\b(?! by (?:me|us)\b)"
    r"|(?<!\bthat )(?<!\bwhat )(?<!\bwhich )\b(?:has been|was|were|have been) (?:also |then |further |again "
    r"|strongly |repeatedly |rightly )?(?:suggested|proposed|recommended|requested|urged|argued|stressed"
    r"|noted)\b(?! by (?:me|us)\b)|\b(?:there (?:was|were|is|has been|have been)|we had|we got|i heard) (?:also "
    r"|then |even )?(?:an? |some |many |several |strong |broad |clear |general |wide |repeated |the )*(?:calls?"
    r"|requests?|proposals?|suggestions?|views?|feeling|consensus|agreement|wish|demands?|support|recommendations?"
    r"|pleas?|appeals?|ideas?|voices?)\b|\bthere (?:is|was) this (?:\w+ )?(?:idea|proposal|suggestion|call|view)\b"
    rf"|\b(?:an?|one|another|the|the (?:first|second|third|last|main|key"
    rf"|other)) (?:\w+ )?{_WISH} (?:(?:that )?(?:came"
    r"|emerged|arose)|(?:was|is) (?:made|that|to|raised|for)|(?:on the table )?(?:of|by|from) (?!mine|ours|me\b"
    r"|us\b)(?:[\w'-]+ ){1,5}?(?:is|was) (?:to|that)\b|that (?!i\b|we\b|is\b|was\b)(?:[\w'-]+ ){1,7}?(?:is"
    r"|was) (?:to|that)\b|from the (?:floor|room|session|group|workshop|panel|discussion|audience))"
    rf"|\bthe (?:\w+ )?(?:consensus|feeling|view|mood|opinion|sense|wish|message) (?:(?:in|of|from|at) (?:the|our"
    rf"|this) (?:\w+ )?{_ROOM}|was that)\b"
    r"|\b(?:" + HIS_WORD + rf"|her|their|\w+'s) (?:\w+ )?{_WISH} (?:was|is|were)\b"
    r"|\b(?:was|is) (?:" + HIS_WORD + rf"|her|their) (?:\w+ )?{_WISH}\b"
    rf"|\bwhat (?!i\b|we\b|you\b|it\b|happens)(?:[\w'-]+ ){{1,6}}?(?:said|asked? for|asked?|wants?|wanted|demands?"
    rf"|proposed|proposes|is (?:trying to say|saying|asking for)|recommended|suggested)\b.{{0,30}}?\b(?:is|was)\b"
    rf"|\b(?:the|our|this) (?:[\w'-]+ ){{0,2}}?{_ROOM}'s? (?:\w+ )?{_WISH}s? (?:is|was|are|were)\b"
    r"|\bit (?:was|is|has been) (?:also )?(?:often |widely )?(?:recogni[sz]ed|acknowledged|underlined|highlighted"
    r"|pointed out|concluded|thought|believed|said) that\b|\bemphasis was (?:placed|put)\b|\b(?:seemed"
    r"|appeared) to be (?:an? )?(?:\w+ )?(?:consensus|agreement|view|feeling)\b|\b(?:themes?|points?|messages?"
    r"|issues?|needs?) that (?:was |were )?(?:emerged|came up|came out|mentioned|raised)\b|\bgeneral (?:consensus"
    r"|agreement)\b|\b(?:was|were) (?:also )?discussed\b|\bwhat (?:came across|came up|emerged|stood out)\b"
    r"|\bwe heard\b|\b(?:we|i) (?:spoke|talked) (?:to|with)\b|\bi (?:was|have been|'ve been) told\b"
    r"|\bwe were told\b|\baccording to (?!the (?:agenda|plan|rules|law|charter|mandate|schedule))"
    r"|\bin (?:their|the (?:group|panel|room|session)'s|" + HIS_WORD + r"|her) (?:view|opinion|words)\b"
    r"|\b(?:came|coming|comes) (?:out of|up from|from) (?:the|our|this) " + _ROOM + r"\b"
)
#: somebody else is about to say it: what follows is theirs until the speaker speaks as "I"
ANNOUNCES = re.compile(
    rf"(?<!\bi )(?<!\bwe )\b(?:ended|ends|closed|concluded|finished|came (?:up|out)|come (?:up|out)|left|sent|gave"
    rf"|has|had|made|produced|received) (?:us |me )?(?:with )?(?!no |any |some )(?:an?|two|three|four|five|six|ten"
    rf"|twenty|thirty|forty|fifty|sixty|several|many|a few|a number of|the following|these"
    rf"|this) (?:\w+ ){{0,3}}?(?:{_WISH}s|plea|appeal|wish|demand|message|replies|answers|responses"
    rf"|submissions)[.:]?$|\b(?:told|said to|wrote to|asked) (?:me|us) (?:what|how|this|the following)\b"
    rf"|\b\w+'s (?:\w+ )?{_WISH} (?:was|is) (?:an? |very |quite |rather )*(?:good|clear|simple|short|this"
    rf"|different|valid"
    r"|interesting|important|plain)(?: one)?\b"
    rf"|\bthe gist of what (?!i\b)|\bhere(?:'s| is) what (?!i\b|we\b(?! (?:heard|agreed|found|discussed)))"
)
#: the speaker passes on what is not theirs
RELAYS = re.compile(
    r"\b(?:i|we)(?:'m| am| was) (?:just |only |here )?(?:paraphrasing|quoting|citing)\b"
    r"|\b(?:i|we)(?:'m|'ve|'ll|'d)? (?:am |was |were |have |will |would |also |just |only |simply |now |been |here "
    r"|like |want |wanted |going |asked |should |shall |must |to ){0,6}(?:relay|relaying|pass(?:ing)? on|convey"
    r"|conveying|transmit"
    r"|repeat what|translat(?:e|ing)|read(?:ing)? (?:out|for|from)|speak(?:ing)? for (?:" + _HIM + r"|her|them)\b)"
    r"|\blet me (?:just |also |now )?(?:pass on|relay|convey|transmit|translate)\b"
    r"|\bon (?:" + HIS_WORD + r"|her|their) behalf\b|\basked (?:me|us) to (?:say|tell|pass|relay|convey|read"
    r"|mention)\b"
    r"|\b(?:sends?|sent) (?:us )?(?:a |the |" + HIS_WORD + r" |her |their )?(?:regrets|apologies|message)"
    r" (?:and|saying|asking)\b"
)
#: from here on the words are somebody else's, "I" included
QUOTES = re.compile(
    r"\b(?:comment|question|intervention|message|statement|remark|input|contribution|post|tweet|letter|email"
    r"|e-mail|note|point|suggestion|proposal|request)s? (?:[\w',-]+ ){0,6}?(?:from|by|in"
    r"|on) (?:[\w'.,-]+ ){0,6}?(?:online|on-line|remotely|remote|chat|q&a|zoom|webex|remote hub|virtual|youtube"
    r"|webcast)\b|\b(?:have|has|is|are|got|here's|there's|take|read|reading|reads?|next) (?!any "
    r"|no )(?:[\w',-]+ ){0,3}?(?:comment|question|intervention|message|statement|contribution|letter|tweet|email"
    r"|e-mail|note|request)s? (?:(?:here|now|also|for you) )?(?:from|by|sent by)\b|\b(?:online|remote"
    r"|virtual) (?:participants?|attendees?|comments?|questions?|colleagues?|hubs?)\b(?: [\w',.-]+){0,8}? (?:asks?"
    r"|says?|writes?|wants?|suggests?|proposes?|comments?|is asking|reads|wrote|asked|said)\b|\b(?:from|in"
    r"|on) (?:[\w'-]+ ){0,3}(?:online|remotely|the (?:chat|zoom chat|webex|stream|remote hub"
    r"|online room))\b[^.]{0,60}(?::|,| (?:asks?|says?|writes?|wants?|suggests?|proposes?|comments?)\b)"
    r"|^(?!.{0,60}\bi(?:'m| am| join| speak)\b).{0,90}\b(?:remotely|online|on (?:zoom|webex|line)|(?:in|via"
    r"|through) the chat|virtually)\b.{0,40}(?::|\b(?:asks?|says?|writes?|suggests?|proposes?|comments?"
    r"|has written|wrote)\b)|\b(?:go|turn|move|over) to (?:the )?(?:chat|online room|remote participants"
    r"|our online|remote hub)\b|\bthis (?:one )?(?:comes|is) (?:from|by) [\w'-]+[^.:]{0,60}:|\b(?:let me|i will"
    r"|i'll|i am going to|i'm going to|i shall|i would like to|(?:if )?i may|may i) (?:now |just "
    r"|quickly )?(?:read|quote|cite)\b"
    r"|\bi (?:am reading|quote)\b|\bread(?:ing)? (?:it |this |that |them )(?:out|aloud)\b|\breading (?:out"
    r"|aloud)\b|\bquote[:,]|\b(?:writes|typed|has written|wrote)[:,]|\band i quote\b"
)
#: a quotation inside this sentence
QUOTES_HERE = re.compile(
    r"^\"(?=\w{1,20} )|^(?!.*\b(?:i|my|our) (?!may\b)).{3,90}: \"\w|\bin the words of\b|\bto quote\b"
    r"|\bsaid (?:and i quote|to me)\b"
)
#: the comment that was read out ends with this sentence
UNQUOTES = re.compile(
    r"\b(?:unquote|end (?:of )?(?:the |that |this )?(?:quote|quotation|comment|message|question|statement"
    r"|letter))\b|\b(?:that|this) (?:was|is|'s|concludes|ends) (?:the|that|their|all|her|"
    + HIS_WORD
    + r")\b[^.]{0,30}\b(?:comments?"
    r"|message|question|statement|letter|chat|remote|online|contribution)\b|\bback to (?:you|the (?:room|floor"
    r"|chair))\b|\bthank you,? [\w' -]{0,30}\bfor (?:that|this|the|your) (?:comment|question|message"
    r"|contribution)\b"
)
#: from here on the speaker reports what a gathering said
REPORTS = re.compile(
    r"\b(?:let me|i will|i'll|i am|i'm|i would like to|i'd like to|i want to|i have been asked to|i was asked to"
    r"|allow me to|we will|i shall|i can|i'd like|may i) (?:now |just |briefly |quickly |try to |here to "
    r"|going to |very |also |happy to |to ){0,3}(?:summari[sz]e|sum up (?:the|what|our|this|these)|recap"
    r"|capture (?:the|what)|give (?:you |the room )?(?:the|a|my|our) (?:\w+ )?(?:report|summary)"
    r"|report(?:ing)? (?:back|on|from|for|what)|feed ?back|wrap up (?:the|our|what)|present the (?:outcomes?"
    r"|results?|findings|conclusions|recommendations|messages|summary)|share (?:the |some |a few "
    r"|with you )*(?:the )?(?:outcomes?|results|findings|conclusions|highlights|takeaways|key|main|what (?:was|we"
    r"|the|our)))\b|\bto (?:summari[sz]e|sum up|recap) (?:the|this|our|what|these|all|your|some)\b"
    r"|\bto report back\b|\breporting back\b|\bmy (?:task|job|role) (?:here )?is to (?:report|summari|relay"
    r"|sum up)|\bwhat we (?:agreed|concluded|decided|discussed|found|came up with)(?: on)? (?:in|at|during) (?:the"
    r"|our)\b|\bwhat i (?:have |'ve )?(?:heard|understood|captured|took away)\b|\b(?:give|provide|bring"
    r"|offer) you (?:with )?(?:a |the |some |couple of |few |of |brief |short |quick |very |two |three |five |key "
    r"|main |meta |level )*(?:takeaways?|highlights|messages|summary|report|overview|conclusions)\b|\b(?:this is"
    r"|here is|here comes|following is) (?:the |a |my |our )(?:short |brief )?(?:report|summary) (?:from|of|on)\b"
    r"|\breport from the (?:\w+ )?(?:session|workshop|panel|group|meeting)\b"
)
#: the same, where a turn opens with it: in the middle of one it says only what was talked about
OPENS_REPORT = re.compile(
    r"\b(?:in|from|during) (?:the|our|my|this) (?:[\w'-]+ ){0,3}(?:workshop|breakout|working group|sub-?group"
    r"|round ?table|panel|session|group|discussions?)[^.]{0,60}\b(?:we (?:discussed|heard|agreed|looked|talked"
    r"|concluded|had|came)|there was|participants|the discussion)\b|\b(?:our|the) (?:session|workshop|group|panel"
    r"|round ?table|breakout|table) (?:\w+ )?(?:looked at|discussed|dealt with|focused on|considered|was about"
    r"|had)\b|\b(?:the|our|main|key|three|four|five|some|following) (?:\w+ )?(?:outcomes?|conclusions?|takeaways?"
    r"|messages?|recommendations?|findings|points) (?:of|from|by|in) (?:the|our|this) (?:\w+ ){0,2}(?:workshop"
    r"|session|group|panel|round ?table|breakout|discussions?|debate|meeting)\b"
)
#: more ways to begin a report, which last
REPORTS_ROLE = re.compile(
    r"\bi(?: am|'m) (?:also )?(?:the|a|your|one of the) (?:co-)?(?:rapporteur|reporter|summari[sz]er"
    r"|note[- ]?taker)s?\b|\b(?:i am|i'm|this is|here is|it's) (?:also )?(?:the|your) (?:remote |online "
    r"|session )?(?:moderator|facilitator)\b|\b(?:this|here) is (?:a|my|our|the) (?:\w+ )?report\b"
    r"|\breport(?:ing)? on what\b|\bhere is (?:a |the )?summary\b|\bwhat came out of\b|^(?:to )?(?:summing"
    r"|sum) up (?:the|what|our|this)\b|\bbring (?:you|the room|us) (?:its|the|their|a) (?:message|wish|greetings"
    r"|conclusions|result|answer)s?\b|\bi was asked by\b|\bwrote to (?:me|us)\b|\b(?:wrote|told me"
    r"|said to me) that\b|\bas (?:your |the |a )?(?:rapporteur|summari[sz]er|note[- ]?taker)\b"
)
#: from here on the speaker speaks for themselves
FOR_ONESELF = re.compile(
    r"\b(?:speaking |talking )(?:now |here |just |only |purely |simply )?(?:for myself|personally|as an individual"
    r"|in my (?:own|personal|private))\b|\bin my (?:own |personal |private )(?:capacity|view|opinion|name)\b"
    r"|\bin my (?:view|opinion)\b|\bon a personal (?:note|basis)\b|\bmy (?:own |personal )(?:view|proposal"
    r"|suggestion|opinion|offer|comment|contribution|recommendation|idea|wish|request|hope|position|question"
    r"|point)\b|\bfor my (?:own )?part\b|\bi (?:myself|personally)\b|\bpersonally,? i\b|\b(?:of|on) my own\b"
    r"|\bmyself,? i\b|\b(?:i am|i'm) (?:now )?(?:taking off|leaving|stepping out of) (?:my|the) (?:\w+ )?(?:hat"
    r"|role|report)\b|\b(?:take|taking) off my (?:\w+ )?hat\b|\bthat(?:'s| is| was) (?:the end of )?(?:my"
    r"|the) (?:report|summary)\b|\bend of (?:my |the )?(?:report|summary)\b"
)
_PERFORM = (
    r"(?:offer|propose|suggest|volunteer|commit|promise|undertake|pledge|recommend|urge|encourage|call|appeal"
    r"|request|invite|support|endorse|oppose|object|ask|second|add|argue|insist)"
)
#: the speakers speak of themselves, or to those who hear them, or draw a conclusion
SPEAKS_OF_SELF = re.compile(
    r"\b(?:i|i'm|i'd|i'll|i've|we|we're|we'd|we'll|my|our|us|let's|let|so|therefore|but|you|your|thank|yes|no)\b"
)
#: the speaker's own act, even inside a report
OFFERS = re.compile(
    r"\bi(?:'d| would| do| can| could| will|'ll| also| want| wish| must| should)?(?: also| still| like| want| just"
    r"| really"
    r"| therefore| strongly| to| happily| gladly| here| now| only){0,4} " + _PERFORM + r"\b(?!ed)"
    r"|\b(?:i|we)(?:'m| am| are|'re|'d be| would be)(?: also| very| more than| certainly| quite){0,2} (?:happy"
    r"|willing|ready|prepared|glad|committed|pleased|available) to (?!report|summari|share|present|relay|read)"
    r"|\b(?:i|we) (?:can|could|will|'ll) (?:also |gladly |happily |certainly |personally )?(?:host|send|write"
    r"|draft|help|lend|pay|fund|provide|organi[sz]e|prepare|circulate|publish|translate the|lead|take (?:care|this"
    r"|it|that)|do (?:it|that|this)|contribute|coordinate|set up|make sure|bring|give|put|look into|work on"
    r"|follow up)\b|\bi(?:'ll| will) (?!report|read|summari|share|present|relay|start|begin|try|be brief|go|now"
    r"|just|turn|say|speak|give you|stop|move|mention|list|keep|quote|pass|highlight|conclude)\w+|\b(?:my"
    r"|our) (?:organi[sz]ation|office|institute|institution|company|government|ministry|university|foundation|team"
    r"|agency|delegation|association|network|library|city) (?:also |itself )?(?:would|will|is|can|could|stands|has"
    r"|offers?)\b|\bmay i (?:propose|suggest|ask|offer|add|request)\b|\bi (?:believe|hope) we\b|\blet me (?:offer"
    r"|propose|suggest|add (?:that|one|a|my)|volunteer|ask)\b|\bi have (?:a|one|another) (?:proposal|suggestion"
    r"|request|offer|idea)\b|\bcount (?:me|us) in\b"
)
#: the speaker sides with what somebody else said, and so says it too
ENDORSES = re.compile(
    r"\b(?:i|we)(?:'d| would| also| do| can| fully| strongly| like| want| very much| completely| to| just| really"
    r"| must| could| entirely| therefore| happily| wholeheartedly){0,4} (?:support|agree|endorse|second|echo|back"
    r"|join|share|welcome|align|concur|associate|subscribe|disagree|object|oppose|like)\b(?! (?:the|some|with you"
    r"|a few)? ?(?:outcomes|key|highlights|what we|results|conclusions of))|\bas (?:the |our |my |a |other "
    r"|previous |many )?(?:[\w'-]+ ){1,5}?(?:said|suggested|proposed|mentioned|pointed out|noted|stressed|has said"
    r"|have said),|\+1\b|\bi am with\b|\bi'm with\b|\b(?:building|following up|picking up) on what\b"
)
#: the speaker speaks of a comment, and does not read it out
MENTIONS = re.compile(
    r"\b(?:i|we|you)(?:'ve|'ll|'d| have| will| would| all| just| also| like to){0,3} (?:seen|saw|noticed"
    r"|got (?:the|your)|answer|reply|respond|drop|dropped|put|post|posted|paste|pasted|share|write|wrote|type"
    r"|typed)\b(?!.{0,200}:)|\bi (?:have |just |also |already )*\w+ (?:it |that |this |a link |the link )?(?:in|on"
    r"|to|into) (?:the )?(?:\w+ )?chat\b"
)
#: printed labels of those who speak for others
LABELS = re.compile(
    r"(?i)\b(?:rapporteur|moderator|interpreter|translator|remote (?:hub|participa\w+)|facilitator|reporter"
    r"|summar\w+|note[- ]?taker|minute[- ]?taker|clerk|scribe|narrator|commentator|spokesperson)\b|^(?:group|table"
    r"|breakout|team) (?:\d+|[a-z]|one|two|three|four|five|six)$"
)
#: printed labels of those who give the floor, and say who wants what
CHAIRS = re.compile(r"(?i)\b(?:co-?|vice-?)?chair(?:man|woman|person)?\b|\bpresiding\b")
