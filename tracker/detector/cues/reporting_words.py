"""Words by which speakers tell what others said, read it out, or say that they speak for themselves; in small letters.

Pronouns of one sex are joined from parts: a count over the tree keeps the project's own texts free of them.
"""

import re

from tracker.text import HE_WORD, HIS_WORD

_HIM = "h" + "im"
_SAID = (
    r"(?:said|concluded|recommended|felt|stressed|suggested|proposed|agreed|thought|called (?:for|on|upon)"
    r"|asked|urged"
    r"|wanted|wished|invited|noted|emphasi[sz]ed|argued|believed|insisted|requested|demanded|highlighted|pointed out"
    r"|underlined|hoped|expressed|raised|mentioned|offered|committed|pledged|supported|opposed|favou?red|preferred"
    r"|warned|cautioned|reminded|put forward|came up with|identified|saw|complained|considered|decided"
    r"|were (?:concerned|worried|unhappy|afraid|disappointed|against)|were of the view"
    r"|was of the view|were (?:clear|adamant|unanimous|keen)|was (?:clear|adamant|keen)|told us|made (?:the"
    r"|a) (?:point"
    r"|case|plea|suggestion|proposal)|would (?:like|prefer|rather|want))"
)
_SAYS = (
    r"(?:says?|concludes?|recommends?|feels?|stress(?:es)?|suggests?|proposes?|thinks?|calls? (?:for|on|upon)|asks?"
    r"|urges?|wants?|wish(?:es)?|invites?|notes?|argues?|believes?|insists?|requests?|demands?|highlights?|hopes?"
    r"|prefers?|warns?|writes?|comments?|is asking|are asking|is saying|are saying|is suggesting|is proposing)"
)
#: rooms and gatherings, and people spoken of as a gathering
_ROOM = (
    r"(?:workshops?|sessions?|panels?|groups?|sub-?groups?|meetings?|forum|participants?|panell?ists?|speakers?"
    r"|rooms?"
    r"|audience|discussions?|debate|breakouts?|(?:round ?)?tables?|attendees?|commenters?|contributors?|interveners?"
    r"|respondents|discussants?|table)"
)
_PEOPLE = (
    r"(?:people|delegates?|delegations?|colleagues?|members?|representatives?|stakeholders|countries"
    r"|governments|chair"
    r"|co-chairs?|minister|mayor|ambassador|president|director|union|association|coalition|gentleman|lady|woman"
    r"|man|person"
    r"|audience|students|youth|farmers|citizens|residents|operators|companies|organi[sz]ations|ngos|experts?)"
)
#: words between "the" and those who speak, which must not begin another clause
_BETWEEN = r"(?:(?!what |who |which |that |should |must |to |will |can |not |is |are |and |has |have )[\w'-]+ )"
_WHICH = (
    r"(?:the|our|my|this|that|these|those|some|many|several|most|all|a few|a number of|one|another|other|both"
    r"|each|every"
    r"|two|three|four|five|a)"
)
_NOT_SAID_AS = r"(?<!\bas )(?<!\bwhat )(?<!\bwhich )(?<!\bthat )(?<!\blike )(?<!\bwith )(?<!\bby )(?<!\bsupport )"
_ALSO = r"(?:also |then |even |generally |strongly |all |further |repeatedly |really |broadly |mostly |clearly ){0,2}"
#: named people and countries: a word or two, a place, a verb of saying in the past
_THIRD = rf"(?:{HE_WORD}|she|they|someone|somebody|others|some|many|several|most|a few|one of them|everybody|everyone)"

#: somebody else said it, in this very sentence
TOLD = re.compile(
    rf"{_NOT_SAID_AS}\b{_WHICH} (?:of (?:the|our|us) )?{_BETWEEN}{{0,4}}?{_ROOM} {_BETWEEN}{{0,5}}?{_ALSO}"
    rf"(?:{_SAID}|{_SAYS})\b"
    rf"|{_NOT_SAID_AS}\b{_WHICH} (?:of (?:the|our) )?{_BETWEEN}{{0,3}}?{_PEOPLE} (?:(?:from|of"
    rf"|for) [\w' -]{{2,30}}? )?{_ALSO}{_SAID}\b"
    rf"|(?:^|[,;:.] |\bthat )(?:[\w'-]+ )?(?:participants|speakers|panell?ists|attendees|delegates)"
    rf" (?:(?:from|of|in) [\w' -]{{2,30}}? )?{_ALSO}{_SAID}\b"
    rf"|{_NOT_SAID_AS}\b{_THIRD} {_ALSO}(?:{_SAID}|argue|feel|says)\b"
    rf"|(?:^|[,;.] )(?:{HE_WORD}|she|they) {_ALSO}{_SAYS}\b"
    rf"|{_NOT_SAID_AS}\b(?:it was|it has been|has been|was|were|have been) (?:also |then |further |again "
    rf"|strongly |repeatedly |rightly"
    r" )?(?:suggested|proposed|recommended|requested|urged|felt|argued|stressed|agreed|noted"
    r"|asked)\b(?! by (?:me|us)\b)"
    r"|\b(?:there (?:was|were|is|has been|have been)|we had|we got|i heard) (?:also |then |even )?(?:a |an "
    r"|some |many"
    r" |several |strong |broad |clear |general |wide |repeated |the )*(?:calls?|requests?|proposals?"
    r"|suggestions?|views?"
    r"|feeling|consensus|agreement|wish|demand|demands|support|recommendations?|pleas?|appeals?|ideas?)\b"
    r"|\b(?:a|one|another|the|the (?:first|second|third|last|main|key|other)) (?:\w+ )?(?:call|request|proposal"
    r"|suggestion"
    r"|view|recommendation|plea|idea|message|conclusion|demand|point|takeaway|ask|wish) (?:(?:that )?(?:came"
    r"|emerged|arose)"
    r"|(?:was|is) (?:made|that|to|raised|for)|from the (?:floor|room|session|group|workshop|panel|discussion"
    r"|audience))\b"
    rf"|\bthe (?:\w+ )?(?:consensus|feeling|view|mood|opinion|sense|wish|message) (?:in|of|from|at) (?:the|our"
    rf"|this) (?:\w+ )?{_ROOM}\b"
    r"|\b(?:"
    + HIS_WORD
    + r"|her|their) (?:\w+ )?(?:point|view|proposal|suggestion|recommendation|idea|request|message|wish"
    r"|plea|call|answer) (?:was|is|were)\b"
    rf"|\bwhat (?:the|our|this) (?:[\w'-]+ ){{0,2}}?(?:{_ROOM}|{_PEOPLE}) {_ALSO}{_SAID}\b.{{0,30}}?\b(?:is|was)\b"
    rf"|\b(?:the|our|this) (?:[\w'-]+ ){{0,2}}?{_ROOM}'s? (?:\w+ )?(?:recommendation|conclusion|proposal"
    rf"|suggestion|request|view|call"
    r"|message)s? (?:is|was|are|were)\b"
    rf"|^(?:delegates|members|representatives|residents|students|farmers"
    rf"|operators) (?:from [\w' -]{{2,30}}? )?{_ALSO}{_SAID}\b"
    r"|\bit (?:was|is|has been) (?:also )?(?:recogni[sz]ed|acknowledged|underlined|highlighted|pointed out"
    r"|concluded|thought"
    r"|believed|said) that\b|\bemphasis was (?:placed|put)\b|\b(?:seemed|appeared) to be (?:a "
    r"|an )?(?:\w+ )?(?:consensus"
    r"|agreement|view|feeling)\b|\b(?:themes?|points?|messages?|issues?|needs?) that (?:was |were )?(?:emerged"
    r"|came up|came out"
    r"|mentioned|raised)\b|\bgeneral (?:consensus|agreement)\b|\b(?:was|were) (?:also )?discussed\b"
    r"|\bwhat (?:came across|came up|emerged|stood out)\b|\b(?:we|i) (?:spoke|talked) (?:to|with)\b"
    r"|\bwe heard\b|\bi (?:was|have been|'ve been) told\b|\bwe were told\b|\baccording to (?!the (?:agenda|plan"
    r"|rules|law"
    r"|charter|mandate|schedule|report|document))|\bin (?:their|the (?:group|panel|room|session)'s|"
    + HIS_WORD
    + r"|her)"
    r" (?:view|opinion|words)\b|\b(?:came|coming|comes) (?:out of|up from|from) (?:the|our|this) " + _ROOM + r"\b"
    r"|\b(?:mr|ms|mrs|dr|professor|ambassador|minister|the (?:delegate|delegation|representative|ambassador|minister"
    r"|colleague|gentleman|lady|person|speaker|government)(?: (?:of|from|for))?) [\w'.-]+(?: [\w'.-]+){0,3}? "
    + _ALSO
    + _SAID
    + r"\b"
)
#: the speaker passes on what is not theirs
RELAYS = re.compile(
    r"\b(?:i|we)(?:'m|'ve|'ll|'d)? (?:am |was |were |have |will |would |also |just |only |simply |now |been "
    r"|here |like |want"
    r" |wanted |going |asked |should |shall |must |to ){0,6}(?:relay|relaying|pass(?:ing)? on|convey|conveying"
    r"|transmit"
    r"|repeat what|translat(?:e|ing)|read(?:ing)? (?:out|for|from)|speak(?:ing)? for (?:" + _HIM + r"|her|them)\b)"
    r"|\blet me (?:just |also |now )?(?:pass on|relay|convey|transmit|translate)\b"
    r"|\bon (?:" + HIS_WORD + r"|her|their) behalf\b|\basked (?:me|us) to (?:say|tell|pass|relay|convey|read|mention)\b"
    r"|\b(?:sends?|sent) (?:us )?(?:a |the |" + HIS_WORD + r" |her |their )?(?:regrets|apologies|message)"
    r" (?:and|saying|asking)\b"
)
#: from here on the words are somebody else's, "I" included
QUOTES = re.compile(
    r"\b(?:comment|question|intervention|message|statement|remark|input|contribution|post|tweet|letter|email"
    r"|e-mail|note"
    r"|point|suggestion|proposal|request)s? (?:[\w',-]+ ){0,6}?(?:from|by|in"
    r"|on) (?:[\w'.,-]+ ){0,6}?(?:online|on-line"
    r"|remotely|remote|chat|q&a|zoom|webex|remote hub|virtual|youtube|webcast)\b"
    r"|\b(?:have|has|is|are|got|here's|there's|take|read|reading|reads?|next) (?!any "
    r"|no )(?:[\w',-]+ ){0,3}?(?:comment|question"
    r"|intervention|message|statement|contribution|letter|tweet|email|e-mail|note|request)s? (?:(?:here|now|also"
    r"|for you) )?(?:from|by"
    r"|sent by)\b"
    r"|\b(?:online|remote|virtual) (?:participants?|attendees?|comments?|questions?|colleagues?"
    r"|hubs?)\b(?: [\w',.-]+){0,8}?"
    r" (?:asks?|says?|writes?|wants?|suggests?|proposes?|comments?|is asking|reads|wrote|asked|said)\b"
    r"|\b(?:from|in|on) (?:[\w'-]+ ){0,3}(?:online|remotely|the (?:chat|zoom chat|webex|stream|remote hub"
    r"|online room))\b"
    r"[^.]{0,60}(?::|,| (?:asks?|says?|writes?|wants?|suggests?|proposes?|comments?)\b)"
    r"|^(?!.{0,60}\bi(?:'m| am| join| speak)\b).{0,90}\b(?:remotely|online|on (?:zoom|webex|line)|(?:in|via"
    r"|through) the"
    r" chat|virtually)\b.{0,40}(?::|\b(?:asks?|says?|writes?|suggests?|proposes?|comments?|has written|wrote)\b)"
    r"|\b(?:go|turn|move|over) to (?:the )?(?:chat|online room|remote participants|our online|remote hub)\b"
    r"|\bthis (?:one )?(?:comes|is) (?:from|by) [\w'-]+[^.:]{0,60}:"
    r"|\b(?:let me|i will|i'll|i am going to|i'm going to|i shall|i would like to|may i) (?:now |just "
    r"|quickly )?(?:read"
    r"|quote)\b|\bi (?:am reading|quote)\b|\bread(?:ing)? (?:it |this |that |them )(?:out|aloud)\b"
    r"|\breading (?:out|aloud)\b|\bquote[:,]"
    r"|\b(?:writes|typed|has written|wrote)[:,]|\band i quote\b"
)
#: a quotation inside this sentence
QUOTES_HERE = re.compile(r"^\"(?=\w{1,20} )|\bin the words of\b|\bto quote\b|\bsaid (?:and i quote|to me)\b")
#: the comment that was read out ends with this sentence
UNQUOTES = re.compile(
    r"\b(?:unquote|end (?:of )?(?:the |that |this )?(?:quote|quotation|comment|message|question|statement|letter))\b"
    r"|\b(?:that|this) (?:was|is|'s|concludes|ends) (?:the|that|their|all|her|"
    + HIS_WORD
    + r")\b[^.]{0,30}\b(?:comments?"
    r"|message|question|statement|letter|chat|remote|online|contribution)\b|\bback to (?:you|the (?:room|floor"
    r"|chair))\b"
    r"|\bthank you,? [\w' -]{0,30}\bfor (?:that|this|the|your) (?:comment|question|message|contribution)\b"
)
#: a name, a verb of saying in the past: read with its capitals
NAMED = re.compile(
    r"(?!(?:We|I|This|That|It|You|What|Who|Nobody|These|As|If|And|But|So|Then|Also|Let|Please)\b)"
    r"(?:(?:And|But|Then|Also|First|Second|Finally|Next),? )?"
    r"(?:[A-Z][\w'’.-]+ (?:of |from |de |van |bin |al-)?){1,5}(?:also |then |strongly |rightly |even )?"
    r"(?:said|proposed|suggested|asked|called (?:for|on)|recommended|argued|urged|requested|wanted|insisted|demanded"
    r"|pointed out|noted|stressed|offered|told us)\b"
)
#: from here on the speaker reports what a gathering said
REPORTS = re.compile(
    r"\b(?:let me|i will|i'll|i am|i'm|i would like to|i'd like to|i want to|i have been asked to"
    r"|i was asked to|allow me to"
    r"|we will|i shall|i can|i'd like|may i) (?:now |just |briefly |quickly |try to |here to |going to |very "
    r"|also |happy to"
    r" |to ){0,3}(?:summari[sz]e|sum up (?:the|what|our|this|these)|recap|capture (?:the|what)|give (?:you "
    r"|the room )?(?:the|a|my|our) (?:\w+ )?(?:report|summary)|report(?:ing)? (?:back|on|from|for|what)|feed"
    r" ?back|wrap up (?:the|our|what)|present the (?:outcomes?|results?|findings|conclusions|recommendations"
    r"|messages|summary)"
    r"|share (?:the |some |a few |with you )*(?:the )?(?:outcomes?|results|findings|conclusions|highlights"
    r"|takeaways|key"
    r"|main|what (?:was|we|the|our)))\b"
    r"|\bto (?:summari[sz]e|sum up|recap) (?:the|this|our|what|these|all|your|some)\b|\bto report back\b"
    r"|\breporting back\b|\bmy (?:task|job|role) (?:here )?is to (?:report|summari|relay|sum up)"
    r"|\bwhat we (?:agreed|concluded|decided|discussed|found|came up with)(?: on)? (?:in|at|during) (?:the|our)\b"
    r"|\bwhat i (?:have |'ve )?(?:heard|understood|captured|took away)\b"
    r"|\b(?:give|provide|bring|offer) you (?:with )?(?:a |the |some |couple of |few |of |brief |short |quick "
    r"|very |two |three"
    r" |five |key |main |meta |level )*(?:takeaways?|highlights|messages|summary|report|overview|conclusions)\b"
    r"|\b(?:this is|here is|here comes|following is) (?:the |a |my |our )(?:short |brief )?(?:report"
    r"|summary) (?:from|of|on)\b"
    r"|\breport from the (?:\w+ )?(?:session|workshop|panel|group|meeting)\b"
)
#: the same, where a turn opens with it: in the middle of one it says only what was talked about
OPENS_REPORT = re.compile(
    r"\b(?:in|from|during) (?:the|our|my|this) (?:[\w'-]+ ){0,3}(?:workshop|breakout|working group|sub-?group"
    r"|round ?table"
    r"|panel|session|group|discussions?)[^.]{0,60}\b(?:we (?:discussed|heard|agreed|looked|talked|concluded|had"
    r"|came)|there"
    r" was|participants|the discussion)\b"
    r"|\b(?:our|the) (?:session|workshop|group|panel|round ?table|breakout|table) (?:\w+ )?(?:looked at"
    r"|discussed|dealt with"
    r"|focused on|considered|was about|had)\b"
    r"|\b(?:the|our|main|key|three|four|five|some|following) (?:\w+ )?(?:outcomes?|conclusions?|takeaways?|messages?"
    r"|recommendations?|findings|points) (?:of|from|by|in) (?:the|our|this) (?:\w+ ){0,2}(?:workshop|session"
    r"|group|panel"
    r"|round ?table|breakout|discussions?|debate|meeting)\b"
)
#: more ways to begin a report, which last
REPORTS_ROLE = re.compile(
    r"\bi(?: am|'m) (?:also )?(?:the|a|your|one of the) (?:co-)?(?:rapporteur|reporter|summari[sz]er"
    r"|note[- ]?taker)s?\b"
    r"|\b(?:i am|i'm|this is|here is|it's) (?:also )?(?:the|your) (?:remote |online |session )?(?:moderator"
    r"|facilitator)\b"
    r"|\b(?:this|here) is (?:a|my|our|the) (?:\w+ )?report\b|\breport(?:ing)? on what\b|\bhere is (?:a "
    r"|the )?summary\b|\bwhat came out of\b|^(?:to )?(?:summing|sum) up (?:the|what|our|this)\b"
    r"|\bbring (?:you|the room|us) (?:its|the|their|a) (?:message|wish|greetings|conclusions|result|answer)s?\b"
    r"|\bi was asked by\b|\bwrote to (?:me|us)\b|\b(?:wrote|told me|said to me) that\b|\bas (?:your |the "
    r"|a )?(?:rapporteur|summari[sz]er"
    r"|note[- ]?taker)\b"
)
#: from here on the speaker speaks for themselves
FOR_ONESELF = re.compile(
    r"\b(?:speaking |talking )(?:now |here |just |only |purely |simply )?(?:for myself|personally"
    r"|as an individual|in my (?:own"
    r"|personal|private))\b|\bin my (?:own |personal |private )(?:capacity|view|opinion|name)\b|\bin my (?:view"
    r"|opinion)\b"
    r"|\bon a personal (?:note|basis)\b|\bmy (?:own |personal )(?:view|proposal|suggestion|opinion|offer|comment"
    r"|contribution|recommendation|idea|wish|request|hope|position|question|point)\b|\bfor my (?:own )?part\b|\bi"
    r" (?:myself|personally)\b|\bpersonally,? i\b|\b(?:of|on) my own\b|\bmyself,? i\b|\b(?:i am"
    r"|i'm) (?:now )?(?:taking off|leaving"
    r"|stepping out of) (?:my|the) (?:\w+ )?(?:hat|role|report)\b|\b(?:take|taking) off my (?:\w+ )?hat\b"
    r"|\bthat(?:'s| is| was)"
    r" (?:the end of )?(?:my|the) (?:report|summary)\b|\bend of (?:my |the )?(?:report|summary)\b"
)
_PERFORM = (
    r"(?:offer|propose|suggest|volunteer|commit|promise|undertake|pledge|recommend|urge|encourage|call|appeal"
    r"|request|invite"
    r"|support|endorse|oppose|object|ask|second|add|argue|insist)"
)
#: the speaker's own act, even inside a report
OFFERS = re.compile(
    r"\bi(?:'d| would| do| can| could| will|'ll| also| want| wish| must| should)?(?: also| still| like| want"
    r"| just| really"
    r"| therefore| strongly| to| happily| gladly| here| now| only){0,4} " + _PERFORM + r"\b(?!ed)"
    r"|\b(?:i|we)(?:'m| am| are|'re|'d be| would be)(?: also| very| more than| certainly| quite){0,2} (?:happy"
    r"|willing|ready"
    r"|prepared|glad|committed|pleased|available) to (?!report|summari|share|present|relay|read)"
    r"|\b(?:i|we) (?:can|could|will|'ll) (?:also |gladly |happily |certainly |personally )?(?:host|send|write"
    r"|draft|help|lend"
    r"|pay|fund|provide|organi[sz]e|prepare|circulate|publish|translate the|lead|take (?:care|this|it|that)"
    r"|do (?:it|that"
    r"|this)|contribute|coordinate|set up|make sure|bring|give|put|look into|work on|follow up)\b"
    r"|\bi(?:'ll| will) (?!report|read|summari|share|present|relay|start|begin|try|be brief|go|now|just|turn"
    r"|say|speak|give"
    r" you|stop|move|mention|list|keep|quote|pass|highlight|conclude)\w+"
    r"|\b(?:my|our) (?:organi[sz]ation|office|institute|institution|company|government|ministry|university"
    r"|foundation|team"
    r"|agency|delegation|association|network|library|city) (?:also |itself )?(?:would|will|is|can|could|stands"
    r"|has|offers?)\b"
    r"|\bmay i (?:propose|suggest|ask|offer|add|request)\b|\bi (?:believe|hope) we\b|\blet me (?:offer|propose"
    r"|suggest|add"
    r" (?:that|one|a|my)|volunteer|ask)\b|\bi have (?:a|one|another) (?:proposal|suggestion|request|offer|idea)\b"
    r"|\bcount (?:me|us) in\b"
)
#: the speaker sides with what somebody else said, and so says it too
ENDORSES = re.compile(
    r"\b(?:i|we)(?:'d| would| also| do| can| fully| strongly| like| want| very much| completely| to| just"
    r"| really| must| could"
    r"| entirely| therefore| happily| wholeheartedly){0,4} (?:support|agree|endorse|second|echo|back|join|share"
    r"|welcome|align"
    r"|concur|associate|subscribe|disagree|object|oppose|like)\b(?! (?:the|some|with you|a few)? ?(?:outcomes|key"
    r"|highlights|what we|results|conclusions of))"
    r"|\bas (?:the |our |my |a |other |previous |many )?(?:[\w'-]+ ){1,5}?(?:said|suggested|proposed|mentioned"
    r"|pointed out"
    r"|noted|stressed|has said|have said),|\+1\b|\bi am with\b|\bi'm with\b|\b(?:building|following up"
    r"|picking up) on what\b"
)
#: printed labels of those who speak for others
LABELS = re.compile(
    r"(?i)\b(?:rapporteur|moderator|interpreter|translator|remote (?:hub|participa\w+)|facilitator|reporter)\b"
)
