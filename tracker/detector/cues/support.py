"""Cues of those who take sides: they support or object to what somebody has proposed."""

from tracker.detector.cues.cue import MANNER, OBJECTION, SUPPORT, cue

TAKING_SIDES = (
    # Agreement with a proposal, from the plain word to `behind it`; the welcoming `echo` is weakest.
    cue("support", SUPPORT, 2.2,
         rf"\b(?:i|we|i'd|delegation|government|organi[sz]ation|and fully|and strongly|my \w+|our \w+)"
         rf" {MANNER}(?:support|supports|endorse|endorses|second|back|subscribe to)\b(?! (?:my|our|from|for|of)\b)"),
    cue("agree", SUPPORT, 1.6,
         rf"\b(?:i|we|and) {MANNER}(?:am going to |have to |must |can only |completely |totally )?(?:agree|concur"
         rf"|align (?:myself|ourselves)|associate (?:myself|ourselves)) (?:\w+ly )?(?:with|that|on)\b"),
    cue("couldn't agree more", SUPPORT, 1.8,
        r"\bcould(?:n't| not) agree more\b|\bam (?:all |fully |very much )?in favou?r of\b|\bplus one\b|\+1\b"),
    cue("behind it", SUPPORT, 1.8,
         r"\b(?:i|we|and) (?:fully |firmly |are |am |also |all |would )*(?:stand behind|behind|stand by|back)"
         r" (?:the|this|that|it|what|these|your|h(?:is|er))\b|\bplus one\b"),
    cue("echo", SUPPORT, 1.4,
        r"\b(?:i|we) (?:would |'d |want to |wish to |also |just |like to |fully |strongly )*(?:echo"
        r"|welcome)\b.{0,80}\b(?:proposal|suggestion|idea|call|recommendation|said|point)\b"),
    cue("good idea", SUPPORT, 1.7,
        r"\b(?:is|was|like|love|are|be) (?:a |an |the |that |this |your |h(?:is|er) )(?:\w+ly |very |really )?(?:good"
        r"|great|excellent|wonderful|brilliant|fantastic)? ?(?:idea|proposal|suggestion)\b(?! of)"),
    # Objections and doubts: weak ones name a concern only, and triage may read them as such.
    cue("object", OBJECTION, 2.2,
        rf"\b(?:i|we|i'd|delegation|government|organi[sz]ation|my \w+|our \w+) {MANNER}(?:must |have to |need to "
        rf"|am going to )?(?:object|oppose|disagree|reject|objects|opposes)\b(?! of)"),
    cue("do not support", OBJECTION, 2.4,
        r"\b(?:do not|don't|cannot|can't|can not|would not|wouldn't|never|unable to|not able to|am not|are not|is not)"
        r" (?:\w+ly |really |be able to |be in favou?r|going to )?(?:support|endorse|agree|accept|favou?r|subscribe"
        r"|be part of|share (?:the|this|that) view)\b(?! more)|\bcould(?: not|n't) (?:support|accept)\b"),
    cue("against", OBJECTION, 1.9,
        r"\b(?:am|are|be|'m|'re|is) (?:strongly |very much |totally |firmly |also )?(?:against|opposed to|not in"
        r" favou?r of)\b"),
    cue("doubts", OBJECTION, 1.6,
        r"\b(?:have|has|had|with|some|serious|strong) (?:\w+ )?(?:doubts?|reservations?|concerns?|misgivings)"
        r" (?:about|on|with|regarding|over|as to)\b"),
    cue("not right for that", OBJECTION, 1.8,
         r"\b(?:don't|do not) (?:think|believe) (?:that )?(?:\w+ ){1,5}?(?:should|is|are|need|needs|would|can"
         r"|will)\b.{0,60}|\b(?:is|am|are)(?: not|n't) (?:\w+ )?(?:equipped|ready|in a position|the right|the place"
         r"|competent|convinced|sure that)\b"),
    cue("concern", OBJECTION, 1.6,
         r"\b(?:concern|worry|problem|fear|difficulty|trouble) (?:\w+ ){0,4}?is (?:that|with)\b(?=.{0,60}\b(?:this"
         r"|it|would|proposal|that|could)\b)"
         r"|\b(?:am|are|'m|'re) (?:\w+ )?(?:concerned|worried|afraid) (?:that|about) (?:this|it|the (?:idea"
         r"|proposal|suggestion|plan)|that|what)\b"
         r"|\b(?:go|goes|going) (?:one step |much |a bit )?too far\b|\b(?:is|it's|comes) too (?:early|soon|risky"
         r"|expensive|vague)\b"),
    cue("mistake", OBJECTION, 1.6,
        r"\b(?:would be|is|be) (?:a |an |very |far |much )?(?:\w+ )?(?:mistake|premature|dangerous|wrong (?:way|to"
        r"|path)|bad idea|counter-?productive|unacceptable|unrealistic|unworkable|unachievable|impossible task"
        r"|waste of (?:time|money)|duplication)\b"),
)  # fmt: skip
