"""Cues that a sentence proposes nothing: the running of the meeting, what was discussed, questions, thanks, stories."""

from tracker.detector.cues.cue import cue
from tracker.detector.cues.word_patterns import SPEECH

AGAINST = (
    # The chair runs the meeting: microphones, the order of speakers, breaks.
    cue("floor", None, -2.6,
         r"\b(?:the floor|microphones?|mics?|queue|wrap up|next speaker|raise (?:your|h(?:is|er)) hands?|introduce"
         r" (?:your|h(?:im|er))sel\w+|your seats?|coffee|lunch|be brief|move on|first question|over to you|"
         r"please go ahead|^go ahead|next slide|this slide|slide (?:number|shows)|my slides|unmute|mute|chat box"
         r"|show of hands|two minutes|three"
         r" minutes|few minutes|speak slowly|your names?|out of time|running out|time is up|run out of time|hear"
         r" from|hear you|headsets?|come forward|on the screen|this session|this panel|good (?:morning|afternoon"
         r"|evening)|come back to|next (?:intervention|question|panell?ist)|no one on|last question|any"
         r" (?:comments?|questions?)|without further ado|introductions|quick (?:notes?|reminders?|announcements?)|feel"
         r" free to (?:just )?(?:type|raise|unmute|ask|jump|interrupt|speak)|(?:next|last) segment)\b"),
    # The chair hands on to a speaker: `let me invite the rapporteur to report`.
    cue("handing on", None, -2.4,
         r"\b(?:i|we|let me|me|us)(?:'ll)? (?:will |would |shall |can |now |just |like to |also |then |want to |may"
         r" |am going to |have to |'m going to )*"
         r"(?:(?:turn|hand|pass)(?: \w+){0,4}? (?:to|over|on)\b|give(?: \w+){0,4}? (?:floor|word|microphone)\b"
         r"|like [\w ]{2,60}? to (?:report|present|speak|take the|say|introduce|come|respond|reply|join)\b"
         r"|(?:call on|call upon|invite|ask|introduce) [\w .'-]{2,60}? to (?:report|present|speak|take (?:the|us"
         r"|over)|give (?:h(?:is|er)|their|a (?:short|brief|presentation|speech|summary|few)|an? (?:overview|update"
         r"|introduction|answer)|us (?:h(?:is|er)|their|an? (?:overview|update|introduction)))|come|say|introduce"
         r"|start|open|make (?:a|h(?:is|er)|their) |respond|reply|address|share (?:h(?:is|er)|their|your)|the (?:podium"
         r"|stage|floor|table|microphone|front)))"),
    # Somebody in the room is about to speak: `the moderators will lead us through it`.
    cue("somebody speaks", None, -2.2,
        r"\b(?:moderators?|speakers?|panell?ists?|rapporteurs?|chair|co-chairs?|presenters?|colleagues?)(?: \w+){0,2}?"
        r" (?:will|'ll|shall|is going to|are going to) (?:now |then |also |first |briefly )*(?:(?:take|lead|guide|walk"
        r"|bring|tell|give|show) us|introduce|present|speak|share|start|open|summari[sz]e|report|respond|answer|close)"
        r"\b|\byour questions\b"),
    # Speakers announce what they are about to say. SPEECH has the verbs; `make sure`, `call for` announce no speech.
    cue("own speech", None, -2.0,
         rf"\b(?:i|me)(?:'ll|'m|'d)? (?:will |would |am |want |wanted |like |need |have |must |should |shall |can "
         rf"|could |may |wish |going |to |just |only |also |very |quickly |briefly |now |first |again |simply |try"
         rf" )*{SPEECH}\b(?! (?:sure|it clear|a proposal|for the|on the|on all|upon|myself))"),
    cue("let me", None, -2.0, r"\blet me (?!suggest|propose|recommend|encourage|urge|offer|commit|see)"),
    # What the meeting does next; with a time it may be a plan, which sentence_weight.py knows.
    cue("order of the day", None, -1.7,
         r"\b(?:will|are going to|'ll|going to|would like to|we) (?:now |then |first |also |just |be |have to"
         r" )?(?:(?:discuss|discussing|hear|hearing|be guided|guided|turn to|listen|proceed|go through|focus|have a"
         r" (?:brief|short|quick)"
         r"|open the|take (?:some|a few|the|more|one|two|questions|comments|this|that)|finish|stop|close)\b"
         r"|(?:begin|start|break|continue)(?: by| with| this| the| our| now| right| off| until| for|[,.]))"),
    cue("must say", None, -1.6,
        rf"\bi(?:'d)? (?:also |really |just |would |have |still |sadly |do )*(?:must|have to|should|need to|had to)"
        rf" (?:also |still |just )?{SPEECH}\b"),
    # What should have been done cannot be done.
    cue("past duty", None, -1.6,
        r"\b(?:should|must|could|would|ought to|might) (?:not |never |also |already )?(?:have|'ve) (?:\w+ly"
        r" )?(?:been|had|done|gone|\w+ed|\w+en)\b|\b(?:had to|needed to|wanted to|was to|were to)\b"),
    # `what we should do` leaves open what.
    cue("wh-question", None, -1.3,
        r"(?:^|[,;?] |\b(?:and|but|so|know|see|ask|asked|wonder|about|on|of|whether|discuss|discussed|debate|think"
        r"|decide|understand|tell|is|was|to) )(?:what|how|who|where|when|which|whether)(?: \w+){0,4}? (?:should"
        r"|could|can|must|do|will|would|might|shall)\b(?! is\b)|\bquestion (?:is|of|was|whether|about)\b"),
    # What is known only later, and what would follow if things were so: `if rents are high, people may move`.
    cue("wait and see", None, -1.3, r"\b(?:have|has) to (?:wait|see (?:what|how|whether|if))\b|\bremains to be seen\b"),
    cue("if things are so", None, -0.9,
        r"^(?:and |but |so |because )?(?:if|when|whenever|once) (?:they|it|people|users|somebody|someone|one|an? \w+)"
        r" (?:are|is|have|has|do|does|get|gets|goes|go|come|comes)\b(?! (?:possible|needed|useful|agreed|okay|fine|not"
        r" too)\b).{5,160}?\b(?:could|would|might|may|can|will|'ll)\b(?! (?:we|you)\b)"),
    # Reports of a discussion; a strong proposal after them still counts by half.
    cue("was discussed", None, -1.3,
         r"\b(?:(?:was|were|been|also|have) (?:\w+ly )?(?:discussed|mentioned|addressed|debated|touched|covered"
         r"|raised|shown|noted)|(?:deal|lot) of (?:debate|discussion)"
         r"|discuss(?:ed|ions?) (?:about|on|of|whether|how|revolved)|talked about|touched on"
         r"|touched upon|emphasis was|there (?:was|were) (?:a |an |some |also |no |much |great )*(?:discussions?"
         r"|debate|agreement|consensus|concerns?|questions?|questions|talk))\b"),
    cue("others think", None, -0.8,
        r"\b(?:some|others?|many|several|people|who) (?:\w+ )?(?:say|said|think|thought|believe|believed|argue"
        r"|argued|feel|felt|ask|asked)\b"),
    # Thanks say nothing against a clear proposal in the same sentence.
    cue("thanks", None, -1.0,
        r"\b(?:thank|thanks|commend|salute|grateful|congratulate|congratulations|applause|appreciate|pleasure"
        r"|honou?red to be|privilege|apolog\w+)\b"),
    # A purpose, and no duty: `so that everybody can follow`.
    cue("so that", None, -0.6,
        r"\b(?:so that|in order that|so as) (?:\w+ ){1,4}?(?:could|can|will|should|would|may|might)\b"),
    cue("you see", None, -1.2,
        r"\byou (?:should|have to|need to|must|can|could|will|might) (?:also |all )?(?:see|know|remember|understand"
        r"|imagine|realise|realize|find|recall|say|hear|think)\b"),
    # What cannot be done, or would have been; `could not agree more` is support.
    cue("not able", None, -0.8,
        r"\b(?:could|can)(?: not|n't|not) (?!agree more|support|accept|agree|endorse|we|the)\w+\b|\bwould have\b"
        r"|\bwasn't|\bweren't|\bdidn't\b"),
    # The past, and stories.
    cue("happened", None, -0.7,
        r"\b(?:years ago|in (?:19|200)\d\d?|was (?:launched|created|adopted|founded|established|organised|held)"
        r"|were (?:launched|created|adopted|held)|we (?:had|did|were|met|organised|discussed|found|heard|saw"
        r"|talked))\b"),
    cue("joke or story", None, -0.8,
        r"\b(?:i remember|when i was|i was (?:told|asked|born)|my (?:mother|father|wife|husband|son|daughter)|joke"
        r"|funny|laugh)\b"),
    # Announcements, values and examples: weak, for proposals come with them too.
    cue("announced", None, -1.6, r"\bas follows\b|\bthe following\b"),
    cue("in principle", None, -0.6, r"\b(?:principles?|rules?|values?|saying|slogan) (?:like|such as|of)\b"),
    cue("example", None, -0.7, r"\b(?:for example|for instance|such as|e\.g)\b"),
)  # fmt: skip
