"""Words that take a side of themselves: idioms, doubts, and words that a negation before them turns.

Patterns are of words in small letters with single blanks, contractions written out (`do not`, `i am`).
"""

import re


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})(?![\w'])" for pattern in patterns))


_AGREE = r"(?:agree|support|endorse|welcome|second|applaud|echo|concur)"
THIS = r"(?:the|this|that|it|what|your|their|her|any|such|an?|all|them|both|each|either|these|those)"

#: no side is taken: the past, what others think, conditions, the running of the meeting
NO_SIDE = _one_of(
    r"agree to disagree|if there (?:is|are) no objections?",
    r"(?:do|does|did|would|can|could) (?:you|everybody|everyone|they|people) (?:all )?(?:agree|support|object"
    r"|accept)",
    r"(?<!sure )(?<!know )(?:if|whether|unless|once) (?:you|we|they|i|it|everybody) (?:\w+ )?(?:agree|support"
    r"|object|accept"
    r"|oppose)(?:s|ed)?",
    r"(?:if|whether|unless|once) (?:you|they|people|any\w+|some\w+) (?:are|is|have|has) (?:\w+ ){0,2}?(?:worried"
    r"|concerned"
    r"|concerns?|doubts|objections?|against|opposed|happy|unhappy|fine)",
    r"hear(?:ing)? you|mind telling|not unlike|no (?:problem|difficulty) (?:\w+ing|to)|being called|the clock",
    r"not (?:quite )?sure (?:that )?(?:i|we) (?:heard|understood|followed|got|remember)|not sure what (?:the"
    r"|day|time)",
    r"(?:was|were) (?:\w+ )?(?:against|in favou?r|opposed|hesitant|convinced|happy)|the reservations",
    r"there were (?:no|some|many) (?:objections?|reservations|concerns)|question from (?:a|the|our)|early in the",
)
#: agreement whose negations turn nothing
SURE_SUPPORT = _one_of(
    rf"(?:could|can|would) (?:not|hardly|scarcely) (?:\w+ )?{_AGREE}(?: \w+){{0,2}}? more|(?:not"
    rf"|help) but (?:\w+ly )?{_AGREE}",
    rf"could not have (?:put|said) it better|only (?:\w+ly )?{_AGREE}|only repeat (?:my|our) support"
    rf"|good argument against",
    r"not without merit|hard to (?:argue|disagree|object|quarrel)|nothing not to like|is not that i am against"
    r"|no question about|(?:i|we|it|that|this) (?:can|could|will|would) (?:certainly |easily |well "
    r"|also )?live with|no doubt (?:that |in my mind )?.*|never (?:had|have) a doubt|who could (?:be against"
    r"|object to"
    r"|oppose) \w+",
    r"not see why not|never (?:objected|opposed)|not say no|(?:no|any) reasons? (?:not to|why not)"
    r"|without (?:any )?(?:reservations?|hesitation|difficulty)|count (?:me|us) in|hear,? hear"
    r"|i am (?:\w+ly )?with (?:you|her|them|\w+ on)",
    r"no (?:difficult(?:y|ies)|problem|trouble|hesitation) (?:in|with) (?:accepting|supporting|agreeing|joining)",
    r"nothing (?:would|could) (?:please|delight|suit) (?:me|us) (?:more|better)|(?:a lot|much"
    r"|plenty) to be said for"
    r"|far be it from (?:me|us)|not (?:\w+ )?(?:find fault|quarrel|argue) with|music to my ears|about time|no-brainer",
    r"(?:take|taking|took|withdraw|lift|drop)s? (?:back )?(?:my|our) (?:objections?|opposition|reservations?"
    r"|concerns?)",
    r"words (?:right )?out of my mouth|come (?:round|around) to (?:the|this|that|it)|amen to (?:that|this)"
    r"|by all means"
    r"|the sooner .* the better|just what (?:we|i) (?:need|needed)|(?:has|have) (?:my|our) blessing",
    r"last (?:\w+ ){0,2}?to (?:object|oppose|disagree|reject|argue|say no|be against)",
)
#: objection whose negations turn nothing
SURE_OBJECTION = _one_of(
    r"(?:nobody|no one)(?: \w+){0,4}? wants (?:this|that|it)",
    r"^no to \w+|over my dead body|by no means|not on my watch|under no circumstances|(?:gone|went|go) off (?:the"
    r"|this|that) \w+"
    r"|the less said .* the better|no,? thanks?(?: you)?|thanks,? but no|not (?:our|my) cup of tea|part company",
    r"(?:why|how|who|what) (?:on earth|in the world|in heaven's name) (?:would|should|do|must|could)"
    r"|steps? in the wrong"
    r" direction|in the foot|(?:register|record|note) (?:my|our) (?:dissent|objection|opposition|disagreement)",
    r"(?:take|taking|took|withdraw)s? (?:back )?(?:my|our) (?:support|backing|vote)|(?:take"
    r"|took) back what .* favou?r"
    r"|(?:the )?last thing (?:we|i|anyone|anybody|\w+) (?:need|want)s?|want(?:s|ed)? nothing to do with"
    r"|open the door to",
    r"(?:could|can) not (?:disagree more|agree less)|beg to differ|(?:would|do) (?:much )?rather not"
    r"|fail to see|no way",
)
#: doubts and questions, which oppose nothing
ASKS = _one_of(
    r"not (?:\w+ ){0,2}?(?:sure|certain|clear)|not (?:really |quite )?know(?! you)|on the fence|undecided|either way",
    r"not (?:\w+ )?(?:convinced|persuaded) (?:yet|so far)|not yet (?:\w+ )?(?:convinced|persuaded|there|sure)"
    r"|tell me more"
    r"|(?:willing|ready|open) to (?:listen|be (?:convinced|persuaded))|open to persuasion",
    r"wonder(?:ing)? (?:who|how|what|why|(?:whether|if) (?!(?:we|you|i|they|the \w+|some\w+|any\w+|it|there|this"
    r"|that) (?:could|can|should|might|would|may)\b|this|that|it\b)\w+)",
    r"(?:in|of) two minds|still thinking about|like to understand (?:what|how|why)|open mind|made up (?:our"
    r"|my) minds?|reserve (?:our|my) (?:position|judge?ment)",
    r"not necessarily (?:agree|disagree|object|oppose|support|mind|want)|not saying (?:no|yes)"
    r"|(?<!never had )a doubt"
    r"|(?<!not )hesitat(?:e|es|ing) before",
    r"(?:need|like|want) to (?:see|know|hear|understand) (?:the |more |from |how "
    r"|what )+(?!you)\w+(?: \w+)? ?(?:first|before.*)?$"
    r"|need to (?:see|know|understand) (?:the |more )?(?:details?|more|text|figures|costs?)",
    r"(?:have|need|want) to (?:ask|consult|check with) (?:my|our|the) (?:capital|government|board|members|office)",
    r"wonder(?:ing)? (?:whether|if) (?:this|that|it) (?:\w+ )?(?:is|will|works?|makes?|(?:would|can|could) "
    r"(?:really |ever |actually )?(?:work|be (?:too|wise|enough|right)|help anyone))",
    r"could (?:you|someone|somebody|anyone) (?:please )?(?:explain|clarify|say how|tell us how)"
    r"|do you mean (?:by|with)",
    r"(?:my|our) (?:only )?questions? (?:is|are|would be)|unclear (?:to|how|why|whether|what)"
    r"|not (?:\w+ )?understand "
    r"(?:the|why|how|what)|(?:have|with) (?:a|one|some|two|several) (?:\w+ )?questions?",
    r"(?<!to )(?<!no )doubt (?:(?:that |whether |if )(?:this|that|we|the|such|an?|our|your)|this|the|such|our"
    r"|your|their)",
)
#: how questions begin that ask about a proposal, and put none
QUESTION = re.compile(
    r"^(?:(?:is|are|was|were|do|does|did|has|have|had|may|might) (?!(?:it|this|that) (?:not )?(?:time|possible|ok"
    r"|okay|all right)\b|(?:you|they|we) (?:all )?(?:agree|want|see|hear)\b|there any (?:questions?|objections?"
    r"|comments?|other)\b)(?:it|this|that|there|these|those|they|we|you|not|anyone|anybody|someone|somebody|the"
    r"|our|your|an?|any|such)\b|(?:would|will) (?:it|that|this|there|these|not|(?:the )?\w+ (?:explain|clarify"
    r"|tell us|say (?:what|how|why)))\b|(?:what|who|where|when|which|how|why)\b(?! (?:about|if|not|do not (?:we"
    r"|you)|are (?:you|we)\b|time|day|else|is next|could|can (?:i|we)|wants|would like))|can we (?:support|accept"
    r"|agree)\b)"
)
#: words of the two sides, which negations before them turn
FOR = _one_of(
    rf"(?:i|we) (?:[\w']+ ){{0,6}}?(?:(?<!to )(?:welcome|echo|applaud) {THIS}(?! floor)"
    rf"|share {THIS} (?:\w+ )?(?:view|opinion|position|enthusiasm|excitement|hopes?|sentiment|conviction|aims?"
    rf"|goals?|ambition))"
    r"|full support|all for (?!one|nothing|now)\w+|warm(?:ed)? to \w+|^yes to \w+|^(?:ok|okay|fine"
    r"|happy) (?:with \w+|as long as|if|provided)",
    r"do (?:precisely |exactly |just )?what (?!i |we |you )(?:\w+ ){1,6}?(?:outlined|proposed|suggested|described"
    r"|recommended|asked for)",
    r"plus one|^seconded|same here|works? for (?:us|me|my|our)|(?:sounds|looks) (?:\w+ )?(?:good|great|fine"
    r"|right|reasonable)",
    r"(?:am|are|is|be|feel) (?:\w+ ){0,3}?(?:happy|fine|ok|okay|comfortable|satisfied|pleased) (?:with|about) \w+",
    r"(?:am|are|is) (?:\w+ ){0,3}?(?:convinced|persuaded)|in favou?r(?: of)?"
    r"|(?<!that )(?<!this )(?<!it )on board|(?:am|are|is|be) (?:not )?for (?:it|that|this)|go along(?: with)?",
    r"live with|associates? (?:myself|ourselves|itself)|aligns? (?:myself|ourselves|itself)|(?:that|this|it"
    r"|find) (?:\w+ ){0,3}?(?:acceptable)",
    r"(?:see|sees) (?:\w+ ){0,3}?(?:merit|value|benefit)|(?:i|we) (?:(?!would)\w+ ){0,3}?(?:like|love) (?:the"
    r"|this|that|it|your|what|her|\w+'s)",
    r"(?:i|we) (?:\w+ ){0,2}?behind (?:the|this|that|it|your|her|what)|thumbs up|lgtm|(?:that"
    r"|this) (?:\w+ )?makes? (?:\w+ ){0,3}?sense",
    r"sign up to|join the consensus|(?:gets|has|have) (?:my|our) (?:vote|backing|full backing|full support)"
    r"|in a position to|with my vote|say in favou?r|go for it|hundred percent with|add (?:my"
    r"|our) voice|strong support",
    r"^(?:strongly |fully |very much )?(?:agrees?|supports?|seconds?|endorses?|concurs?) (?!to|on|team|staff"
    r"|group)(?:with )?\w+",
    r"^(?:an? |that is an? |very )*(?:good|great|excellent) (?:idea|suggestion|point|proposal)(?! (?:to|of|for|if))",
    r"(?:you are|she is|\w+ is|i think \w+ is) (?:absolutely |quite |so )?right(?: about)?$|^agreed"
    r"|liked? the idea|^me too|^yes,? please",
    r"(?:align|agree|concur)s? with what|not see any better|look forward to (?:\w+ing )?(?:this|it|that"
    r"|having this)|prefer the (?:first|second|third|other|last|shorter|\w+'s) (?:proposal|option|version|one)"
    r"|(?:have|has) (?:our|my) (?:backing|support|vote)|in agreement with|^\w+(?: \w+)? (?:seconded|endorsed"
    r"|supported) (?:the|this|that)"
    r"|was (?:endorsed|seconded|supported) by|agreed with the",
)
AGAINST = _one_of(
    r"little (?:point|use|value|merit|sense) in|see little (?:point|use|need)",
    r"(?:have|has|with|see|no|some|serious|strong) (?:(?!any|if)\w+ ){0,2}?(?:reservations?|misgivings|doubts"
    r"|concerns?|objections?|quarrel|difficult(?:y|ies)|harm|issues? with)|(?:not|never) (?:\w+ ){0,2}?(?:harm"
    r"|objections?"
    r"|difficult(?:y|ies)|concerns)|(?:a|any|no|real|big) problems?(?: with)?",
    r"no reservations?|no objections?|nothing to object|(?:am|are|is) (?:\w+ ){0,4}?(?:concerned|worried|afraid"
    r"|uneasy|uncomfortable|unhappy"
    r"|averse|hostile|sceptical|skeptical) (?:that|about|by|with|to|of)",
    r"too far|in the way of|wrong with|more harm|unacceptable|rather (?:keep|leave|stay)|take issue",
    r"(?:that|this|it|proposal|idea|plan) (?:is|would be|seems|comes) (?:\w+ )?too (?:early|soon|risky|expensive"
    r"|vague|costly|much|complex)|(?:a|big|great|grave) mistake|premature|a step backwards?|non-starter"
    r"|the wrong (?:way"
    r"|place|path)|a waste of|wrong to",
    r"minus one|makes? (?:me|us) (?:\w+ )?(?:uncomfortable|uneasy|nervous|unhappy)|(?:sorry|sad|hate|a shame"
    r"|a pity) to (?:see|lose)|(?:i|we) (?:do )?(?:worry|fear)(?: \w+){0,2}?"
    r" (?:about|that|who|how|whether)|fault (?:the|this|that|it|with)|(?:never|hardly) (?:going to )?(?:work|fly)",
    r"reasons? (?:not to|why not|to (?:object|oppose|refuse|reject|doubt|say no|be against))|argue against"
    r"|advise against",
    r"(?:speak|vote|nothing) against|my (?:only |main )?(?:concern|worry|fear|problem"
    r"|difficulty)(?: \w+){0,7}? is (?:that|with)",
    r"prefer to (?:leave|keep|stay)|(?:would|do) be careful with|against the spirit|(?:the|a) danger of"
    r"|less happy about",
)
#: words that take a side only where they are negated: who sees a need has proposed, who sees none objects
NEED = _one_of(
    r"(?:the|a|any|no|real) (?:\w+ )?(?:need|point|use|sense|reason|ground)(?: (?:for|to|of|in|why))?",
    r"not see (?:why|how|what)|not a (?:big |great )?fan|(?:it|that|this) (?:will|would|does|can) not work"
    r"|not (?:think|believe|see) (?:that )?(?:this|it|that) helps?|never (?:agreed|accepted|supported|endorsed)"
    r"|not (?:want|wish"
    r"|like) (?:to (?:see|have)|another|us to|this|that|it|the|an?)",
    r"can not (?:\w+ )?(?:join|adopt|welcome|go along|sign up|follow|be part of|vote for)",
    r"not (?:\w+ )?ready to|not (?:go|gone) (?:quite )?(?:as|so|that) far",
    r"not (?:\w+ )?(?:equipped|the right \w+|the place|the role of|meant|made|competent) (?:for|to)"
    r"|not the role of|not solve|not work for (?:us|me|my|our|the|small)"
    r"|not \w+ (?:that )?(?:\w+ ){1,5}?(?:necessary|needed)",
)
