"""Clauses in which somebody else says or wishes something, told by the subject of the verb.

The subject is a third person: a pronoun, a noun with its article, a name. It begins its clause, so `what the farmers
said` and `if the board wanted` tell nothing; and it is nobody for whom the speaker speaks (`my delegation asks`).
"""

import re

from tracker.detector.cues.word_patterns import either, phrase
from tracker.text import HE_WORD, HIS_WORD

#: first forms of regular verbs of saying and wishing
BASES = (
    "suggest recommend request demand ask urge encourage argue insist stress note emphasise emphasize highlight"
    " underline propose hope express raise mention offer pledge favour favor warn caution remind complain"
    " call conclude believe wish want promise announce declare claim explain maintain advocate plead appeal advise"
    " contend reckon invite"
)
_STEMS = either(" ".join(base.removesuffix("e") for base in BASES.split()))
_PAST = (
    rf"(?:{_STEMS}ed|{either('supported opposed welcomed identified committed decided reported commented agreed')}"
    r"|considered|preferred|pointed out|responded|answered|said|told|felt|thought|wrote|saw|put forward"
    r"|came up with|moved that|(?:was|were) (?:of the view|clear|adamant|keen|concerned|worried|unhappy|afraid"
    r"|disappointed|against|unanimous)|made (?:the|a) (?:\w+ )?(?:point|case|plea|suggestion|proposal)|(?:was"
    r"|were) trying to say)"
)
_GOING = rf"(?:(?:{_STEMS}ing|saying|telling us|telling me|thinking|writing)(?! (?:about|at|through)))"
_NOW = (
    rf"(?:{either(BASES)}e?s|says|tells (?:me|us)|feels|thinks|writes|prefers|points out|is of the view|is (?:all "
    rf"|also |just |really )?{_GOING}|is trying to say)"
)
_MANY_NOW = (
    rf"(?:{either(BASES)}|say|tell (?:me|us)|feel|think|write|prefer|are (?:all |also |just |really )?{_GOING}"
    r"|are of the view|are trying to say)"
)
_WISH = (
    r"(?:(?:would|'d) (?:all |also |really |rather |much )?(?:like|prefer|rather|want|love|be (?:glad|happy"
    r"|willing|keen|ready)))"
)
_ALSO = (
    r"(?:(?:also|then|even|generally|strongly|all|further|repeatedly|really|broadly|mostly|clearly|just|rightly"
    r"|both|had|has|have|kind of|sort of|basically|actually|already|always|often|later|never) ){0,3}"
)
_WAS_GOING = rf"(?:(?:was|were|kept|keeps?|has been|have been) (?:all |also |just |kind of |sort of |really )?{_GOING})"
_TOLD = rf"(?:{_PAST}|{_WAS_GOING}|{_WISH})"
#: words that end a noun and its company: another clause begins
_STOP = (
    r"(?:what|who|whom|which|that|should|must|to|will|can|not|is|are|was|were|am|and|has|have|had|do|does|did|if"
    r"|when|because|as|than|or|but|so|could|would|may|might|shall|i|we|you|us|said|it|they|she|let|where"
    rf"|{HE_WORD})"
)
_WORD = rf"(?!{_STOP}\b)[\w'/-]+"
#: things that ask for something only in a manner of speaking
_THING = (
    r"(?:proposals?|prs?|specs?|specifications?|functions?|code|servers?|clients?|laws?|rules?|drafts?|pages?"
    r"|tests?|standards?|methods?|apis?|links?|plans?|charters?|treat(?:y|ies)|mandates?|agendas?|questions?"
    r"|approach(?:es)?)"
)
#: gatherings, in which a speaker of "our group" tells what all of it said
_ROOM = (
    r"(?:workshop|session|panel|(?:sub-?)?group|meeting|breakout|(?:round ?)?table|discussion|participant"
    r"|panell?ist|speaker|audience)s?"
)
#: `the fishers we spoke to`, `the people i met in the corridor`, `the letter that came in from abroad`
_MET = (
    rf"(?: (?:that |who |whom )?(?:i|we)(?:'ve| have)? \w+(?: {_WORD}){{0,5}}?| (?:that|who"
    rf"|which)(?: {_WORD}){{1,6}}?)?"
)
#: `the host, as we heard this morning, asked`
_ASIDE = r"(?:, (?:as|who|which|like|if|through|in|on|by|for) [^,.;:]{3,60},)?"
_DET = (
    r"(?:the|this|that|these|those|some|many|several|most|all|a few|a number of|a majority of|half of|one|another"
    r"|other"
    r"|both|each|every|two|three|four|five|six|ten|an?|her|their|" + HIS_WORD + r"|certain|various|numerous)"
)
_ONE = (
    r"(?:colleague|neighbour|neighbor|friend|boss|co-?author|predecessor|minister|director|manager|husband|wife"
    r"|partner)"
)
_MINE = rf"(?:my|our) (?:{_WORD} ){{0,2}}?{_ONE}s?(?: (?:from|in|at|on) (?:{_WORD} ?){{1,4}}?)?"
_NOUN = rf"{_DET}(?: (?!{_THING}\b){_WORD}){{1,8}}?{_MET}{_ASIDE}"
_SOME = (
    rf"(?:{HE_WORD}|she|they|someone|somebody|others|some|many|several|most|a few|few|a majority|everybody|everyone"
    r"|(?:one|some|many|most|several|two|three|both|half|none|all|a few|a majority|each) of (?:them|these|those))"
    rf"(?: (?:in|of|from|at|on) (?:{_WORD} ?){{1,5}}?)?"
)
#: where a clause begins, and what speakers put before it
_OPENS = (
    r"(?:^(?:and |but |so |then |now |well |ok |okay |yeah |also |because |i mean |you know )*|[,;:.(\"] ?(?:and "
    r"|but |so |then |that |because )?|\b(?:and|but|that|then|because|think|believe|understand|know|guess|hear"
    r"|heard|yesterday|today|morning|afternoon|evening|night|week|year|day|note|remember|said|say|report|see|saw"
    r"|goes) )"
)
#: `in Geneva the hosts asked`
_PLACE = r"(?:^(?:and |but )?(?:in|at|on|during|after|from|later|back)(?: [\w'-]+){1,7}? )"
_BEGIN = rf"(?:{_OPENS}|{_PLACE})"
_PLURAL = rf"(?!{_STOP}\b)(?:[\w'-]+s|people|youth|children|women|men)"

#: clauses whose subject nobody can be who speaks, nor those for whom they speak
OTHERS_SAY = re.compile(
    rf"{_OPENS}{_SOME} {_ALSO}(?:{_TOLD}|{_NOW}|{_MANY_NOW}|goes|go like|(?:was|were|is|are) like,?)\b"
    rf"|{_OPENS}it (?:also |then )?(?:(?:recommend|ask|request|demand|insist)(?:s|ed)|(?:propose|urge|invite)[sd]"
    rf"|call(?:s|ed) (?:for|on|upon))\b|, who {_ALSO}(?:{_TOLD}|{_NOW}|{_MANY_NOW})\b"
    rf"|{_OPENS}(?:(?:one|the other|another|some|others|many|most|half) (?:camp|side|group|faction|school)(?: of \w+)?"
    rf"|the other|others|some|many|most) would (?!be\b|not be\b|have been\b)"
    rf"|\b(?:{HE_WORD}|she|they|somebody|someone|others)(?: also| then| all"
    rf"| both)? ?(?:{_TOLD})\b|{_BEGIN}{_MINE} {_ALSO}(?:{_TOLD}|{_NOW})\b|{_OPENS}(?!i |we |it |that |this |what "
    rf"|which |who |you )\w+ (?:was|were) (?:just )?(?:saying|asking|suggesting)\b"
    r"|(?<!\bi )(?<!\bwe )\b(?:was|were|been|being) (?:also |then |strongly )?(?:urged|encouraged|asked|invited"
    r"|called (?:up)?on|requested|reminded|advised) to\b"
)
#: clauses with a noun for a subject, which may be a party for whom somebody speaks
NOUN_SAYS = re.compile(
    rf"{_BEGIN}(?P<who>{_NOUN}) {_ALSO}(?:{_TOLD}|{_NOW})\b"
    rf"|{_BEGIN}our (?:{_WORD} ){{0,3}}?{_ROOM} {_ALSO}(?:{_PAST}|{_NOW})\b"
    rf"|{_OPENS}(?:{_WORD} )?{_PLURAL} (?:(?:from|of|in) (?:{_WORD} ?){{1,5}}?)?{_ALSO}{_TOLD}\b"
)
_NO_NAME = (
    r"(?!(?:We|I|I'[a-z]+|This|That|It|You|What|Who|Nobody|These|As|If|And|But|So|Then|Also|Let|Please|My|Our|Your"
    r"|Having|Being|Not|Just|There|Here|When|Where|Which|How|Why|Like|Once|Sorry|Yes|No|Well|Okay|OK|Now|Maybe"
    r"|Perhaps|Nothing|Everything|Something|Anyone|The|A|An|Thanks|Thank|Good|First|Second|Finally|Next|Because|In"
    r"|On|At)\b)"
)
#: a name with a verb of saying, as printed
NAME_SAYS = re.compile(
    r"(?:^(?:(?i:and|but|then|also|so|first|second|finally|next|well|now),? )*|[,;:] (?:and |but |so |that )?"
    r"|\b(?:that|think|believe|and|so|but|because|then|before) )"
    rf"(?P<who>(?:{_NO_NAME}[A-Z][\w'’.-]*[ ,]+(?:of |from |de |van |bin |al-)?){{1,5}})(?:(?:of|from|for|at"
    rf"|in) (?:{_WORD} ){{1,4}}?|(?:as|who|like|if|through|by) [^,.;:]{{3,60}}, )?{_ALSO}(?:(?P<past>{_PAST}"
    rf"|{_WAS_GOING})|{_NOW}|{_WISH}|'d (?:like|prefer|rather))\b"
)
#: speakers come back to themselves within a sentence; in one that no full stop ends they do it with "we" as well
RESTART = phrase(
    r" (?:and|but|so|okay|ok|anyway)(?: (?:honestly|personally|frankly|for me|to me|actually|you know|yeah|so"
    r"|then))? (?=i(?:'m|'d|'ll|'ve)?\b)"
)
LONG_RESTART = phrase(r" (?:and|but|so|okay|ok|anyway|then)(?: so| then| yeah| now)? (?=(?:i|we|let)(?:'[a-z]+)?\b)")
