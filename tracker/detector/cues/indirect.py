"""Cues of those who propose without saying so: orders, wishes, what is missing, short answers, what will be seen to."""

from tracker.detector.cues.cue import COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT, cue

_DO = (
    "(?:add|allow|appoint|arrange|avoid|ban|bring|build|change|check|close|collect|connect|consider|create|cut|define"
    "|develop|divide|draft|drop|encourage|ensure|establish|expand|extend|find|fix|fund|get|give|hire|hold|improve"
    "|include|increase|install|invest|invite|keep|leave|limit|link|list|make|merge|move|open|organi[sz]e|pay|pick"
    "|post|prepare|protect|provide|publish|put|raise|reach out|recruit|reduce|remove|rename|repair|replace|reserve"
    "|rotate|run|schedule|send|set|shorten|simplify|split|start|stop|strengthen|support|teach|test|train|translate"
    "|try|update|use|write)"
)
_OBJECT = (
    r"(?:the|a|an|all|any|more|less|fewer|it|them|their|our|your|every|each|one|two|three|ten|twenty|some|us|at least"
    r"|sure|people|local|young|only|what|up|down|out|back|women|schools|governments?|journalists?)\b"
)
_MAKE = (
    "(?:draw up|draft|prepare|write|put together|pull together|compile|collect|get (?:us|me)|let (?:us|me) have|bring"
    "|show us|find out|look into|send|add|post|upload|set up|circulate|check|work out|come back|make|update|organi[sz]e"
    "|arrange|create|include|consider|hand|share (?:the|it|that|this|a|your)|put (?:the|it|that|this|together))"
)
_SENT = (
    "(?:sent|circulated|published|posted|shared|uploaded|distributed|put|reflected|added|included|updated|announced"
    "|available|made|launched|issued|forwarded|organi[sz]ed|translated|ready|on the (?:agenda|web ?site|list))"
)

INDIRECT = (
    # Orders: `Publish the list`, `please send`, `is encouraged to`.
    cue("order", RECOMMENDATION, 1.6,
        rf"^(?:(?:so|and|but|then|also|just|or|therefore|first|second|third|secondly|finally),? )*"
        rf"(?:please |kindly )?{_DO} {_OBJECT}"),
    cue("please do", RECOMMENDATION, 1.5,
        r"\bplease (?:do not |don't |also |just )?(?!go|join|take|come|welcome|note|feel|raise|use the|introduce"
        r"|speak|state|say|sit|stand|be|put your|wait|repeat|try to|keep (?:your|it)|remember|allow me|let me"
        r"|excuse|turn"
        r"|make your|limit|stay)[a-z]{3,}\b"),
    cue("encouraged to", RECOMMENDATION, 1.7,
        r"\b(?:is|are|be) (?:also |strongly |hereby |kindly )?(?:encouraged|invited|urged|asked|requested|advised"
        r"|called up ?on|called on|expected) to (?!speak|take|come|the)\b"),
    # Wishes: `I would appreciate a list`, `all we ask`.
    cue("grateful for", REQUEST, 1.7,
        r"\b(?:i|we)(?: would|'d|'ll| will| should) (?:also |really |very much |be |all )*(?:grateful|thankful"
        r"|appreciate(?: it)?|welcome(?: it)?) (?:for|if|to have|an?|the|some|any|more)\b"),
    cue("would want", RECOMMENDATION, 1.6,
        r"\b(?:i|we)(?: would|'d) (?:also |really |only |much )?(?:want|favou?r|need|ask|wish|advocate|argue|vote"
        r"|insist)\b|\ball (?:i|we) (?:want|ask|need|suggest)\b|\b(?:i|we) wish to see\b"),
    # What is missing, or would be one way: nobody is named, yet something is to be done.
    cue("missing", RECOMMENDATION, 1.8,
        r"\b(?:what(?: is|'s| we are| we're)|is|are|still|piece|there is|there's) (?:\w+ )?(?:missing|lacking)\b"
        r"|\b(?:is"
        r"|there's|there is|still) (?:still |much |a lot of |certainly )?room (?:for|to)\b|\b(?:we|they) (?:still |do |"
        r"really )?lack\b"),
    cue("one idea", RECOMMENDATION, 1.7,
        r"\b(?:one|an|another|my|our|the|first|second) (?:\w+ )?(?:idea|option|possibility|way|step|solution|answer"
        r"|thing|improvement|remedy|ask|message|priority)(?: \w+){0,5}? (?:is|would be|could be|might be"
        r"|should be) (?:to"
        r"|that|if|for|having|a|making)\b"),
    # Questions that propose: `I wonder whether`, `could there be …?`.
    cue("wonder whether", RECOMMENDATION, 1.6,
        r"\b(?:i|we)(?: do| was|'m| am|'ve been)? (?:just |also )?wonder(?:ing|ed)? (?:if|whether)\b"),
    # Requests put as a question.
    cue("may I ask", REQUEST, 1.7,
        r"\b(?:may|might|can|could) i (?:please |kindly |also )?(?:ask|request)\b.{0,60}?\b(?:to|that|for)\b"),
    cue("asked to make", REQUEST, 1.8,
        rf"(?:^|[,;:] |\band |\bso )(?:can|could|would|will) (?:you|somebody|someone|one of you)(?: \w+)? (?:please"
        rf" |also |perhaps |kindly )?{_MAKE}\b"),
    cue("bring us", REQUEST, 1.6,
        r"\b(?:bring|send|give|get) (?:it |this |that )?(?:us|me) (?:back )?(?:an?|the|some)\b"),
    cue("could there be", RECOMMENDATION, 1.6,
        r"\b(?:could|couldn't|can|can't|should|shouldn't|might) (?:there|it|this|that|they|these"
        r"|those) (?:not )?(?:also"
        r" |perhaps )?be\b.{3,}\?$|\bwould it (?:not |also )?be\b|\bhas anyone (?:considered|thought)\b"),
    # Short promises, which say little without the sentence before.
    cue("I'll do that", COMMITMENT, 1.9,
        r"\b(?:will do|i'll do (?:it|that|so|this)|i will do (?:it|that|so|this)|leave (?:it|that) (?:to"
        r"|with) (?:me|us)"
        r"|i'm on it|consider it done|i(?:'ve| have)? (?:got|taken) (?:it|that) on)\b"),
    cue("you'll have it", COMMITMENT, 1.8,
        r"\byou(?: will|'ll) (?:have|get|receive|see|find) (?:it|them|the|a|an|that|my|our|this)\b"
        r"|\bi'll (?:get|send|bring|show|give) you\b|\bi can have\b"),
    cue("will be sent", COMMITMENT, 1.6,
        rf"\b(?:will|'ll|is going to|are going to)(?: also| then| soon| now| all)? be (?:\w+ly )?{_SENT}\b"),
    cue("future of us", COMMITMENT, 1.4,
        r"\b(?:we|i)(?: will|'ll| shall) (?:also |be |then |continue to |soon |certainly |definitely |try to )*"
        r"(?:send\w*|circulat\w*|publish\w*|post\w*|shar\w+|upload\w*|distribut\w*|prepar\w+|draft\w*|organi[sz]\w+"
        r"|launch\w*|follow\w*|work\w*|writ\w+|produc\w+|creat\w+|convey\w*|forward\w*|reflect\w*|set\w* up|updat\w+"
        r"|develop\w*|compil\w+|includ\w+|consult\w*|ensur\w+|contact\w*|reach\w* out|com\w+ back|get back|add\w*)\b"),
    # Offers: less than a promise, more than a wish.
    cue("I could do", OFFER, 1.6,
        r"\b(?:i|we)(?:'d| would| could| can) (?:gladly |also |certainly |easily |even |perhaps )?(?:do|share|host|find"
        r"|introduce|take|pay|lend|run|draft|write|translate|organi[sz]e|put you|bring|train|send|provide|help)\b"
        r"(?! (?:be|it be|the same|better|more|with more|nothing|without|away|place)\b)"),
    cue("would host", OFFER, 1.7,
        r"\bwould (?:gladly )?(?:host|receive|sponsor)\b"
        r"|\b(?:(?:is|are) ready to|(?:has|have) offered to|offers? to|stands? ready to) (?:gladly )?(?:host|receive"
        r"|provide|share|help|welcome|organi[sz]e|contribute|support|sponsor|train)\b"),
    # Taking sides without the words support and object.
    cue("for it", SUPPORT, 1.8,
        r"\b(?:strong|full|big|our|my) support (?:for|to)\b|\bplus one\b|^(?:and |so |yes,? |oh )*(?:i'm|i am|we are"
        r"|we're) (?:all )?for (?:it|that|this)\b|^(?:strongly )?seconded\b|\bhear,? hear\b|\bno (?:difficulty|problem"
        r"|objections?) with\b|\bassociate (?:myself|ourselves)\b|\bcount me in\b"),
    cue("like it", SUPPORT, 1.6,
        r"\b(?:i|we) (?:really |do |also |very much |quite |particularly )*(?:like|love) (?:it|that|this|what \w+"
        r"|the (?:idea|proposal|suggestion|concept|plan|approach|two|notion|\w+ (?:idea|note|proposal)))\b"),
    cue("worried about it", OBJECTION, 1.7,
        r"\b(?:i'm|i am|we are|we're) (?:a bit |a little |rather |quite |very |really |still |somewhat )?(?:worried"
        r"|concerned|uneasy|uncomfortable|hesitant|cautious|sceptical|skeptical|nervous|not (?:so |that |quite |really"
        r" )?(?:sure|convinced|comfortable|happy)|against|reluctant)\b.{0,30}\b(?:about|with|that|of|whether|by|to)\b"),
    cue("rather not", OBJECTION, 1.8,
        r"\b(?:i|we)(?:'d| would) (?:much )?rather (?:\w+ )?(?:not|didn't|did not|leave|keep)\b|\bleave it (?:at|as)"
        r"|\bcan't see how\b|\bcannot see how\b|\bgo along with\b|\b(?:have|with) (?:\w+ )?reservations\b"
        r"|\bin a position to (?:accept|agree|support|join)\b|\b(?:trouble|problem) with (?:that|this|it)\b"),
    # What a rapporteur passes on: a proposal is made, a workshop calls for something, a plan names it as a step.
    cue("relayed", RECOMMENDATION, 1.7,
        r"\b(?:proposals?|suggestions?|recommendations?|requests?|calls?|pleas?|demands?) (?:was|were|has been|have"
        r" been) (?:also )?(?:made|put forward|voiced|raised|floated|tabled|heard) (?:\w+ ){0,4}?(?:for|that|to)\b"
        r"|\b(?:suggestion|proposal|idea|request|demand|wish|message)s? (?:from|of|by|in) (?:the |our |some |one"
        r" )?[\w -]{3,40}? (?:is|was|would be) (?:that|to|for)\b"
        r"|\b(?:workshop|session|panel|group|room|participants|speakers|audience|panell?ists|coalition)(?: on"
        r" [\w -]{2,30}?)? (?:\w+ly |also )?(?:called for|calls for|asked for|asks for|pleaded for|saw a need|stressed"
        r" the need|would like|wished for)\b"),
    cue("as a step", COMMITMENT, 1.5,
        r"\bas (?:an?|its|our|one|the) (?:\w+ )?(?:action (?:line|point|item)|action|next step|deliverable|task)\b"),
    # What falls short is to be mended, and what matters is to be done.
    cue("falls short", RECOMMENDATION, 1.5,
        r"\b(?:is|are|was|'s) (?:simply |just |still |clearly )?(?:not|far from)(?: nearly| quite)?"
        r" (?:enough|sufficient|adequate)\b|\b(?:isn't|aren't|wasn't) (?:enough|sufficient|adequate)\b"
        r"|\bthere (?:is|'s|are) (?:still |also |really )?(?:an? )?(?:\w+ )?(?:lack of|shortage of|absence of|gap in)\b"
        r"|\b(?:we|they) (?:still )?(?:do not|don't) (?:yet )?have [\w ,'-]{2,60}? yet\b"
        r"|\b(?:we|they) still (?:do not|don't) have\b"),
    cue("important we", RECOMMENDATION, 1.4,
        r"\b(?:is|'s|be) (?:\w+ly |very |so |also |equally )?(?:important|essential|crucial|vital|necessary|imperative"
        r"|urgent) (?:that |for )?(?:we|us|governments?|the \w+|all|every\w*|they|there)\b"),
    cue("no harm", SUPPORT, 1.7,
        r"\b(?:see|sees|is|be|do|does) no harm\b|\b(?:i|we) (?:can |could |would )?(?:see|find) (?:nothing wrong|no"
        r" reason not)\b|\b(?:aligns?|fits?|chimes?|squares?) (?:very |well |closely |quite )*with what\b"),
)  # fmt: skip
