"""What people read for the values that are stored: "taken-up-in-part" is "taken up in part", with a shape beside it."""


def translatable(message: str) -> str:
    """Return the message as it is: the name by which it enters the catalogue. Whoever shows it translates it."""
    return message


WORDS: dict[str, str] = {
    # progress
    "not-started": translatable("not started"),
    "in-progress": translatable("in progress"),
    "waiting": translatable("waiting"),
    "done-in-part": translatable("done in part"),
    "done": translatable("done"),
    "no-longer-pursued": translatable("no longer pursued"),
    # what an item waits for
    "party": translatable("a party"),
    "funding": translatable("funding"),
    "decision": translatable("a decision"),
    "event": translatable("an event"),
    # responses of addressees
    "not-yet-sent": translatable("not yet sent"),
    "under-consideration": translatable("under consideration"),
    "taken-up": translatable("taken up"),
    "taken-up-in-part": translatable("taken up in part"),
    "not-taken-up": translatable("not taken up"),
    "referred": translatable("referred"),
    "overtaken": translatable("overtaken by events"),
    # how an item stands to the calendar
    "own-day": translatable("a day of its own"),
    "condition": translatable("waits for a condition"),
    "no-date": translatable("no date"),
    # ways in which an item was sent to an addressee
    "letter": translatable("letter"),
    "in-the-meeting": translatable("in the meeting"),
    # requests to own
    "requested": translatable("requested"),
    "accepted": translatable("accepted"),
    "declined": translatable("declined"),
    "passed-on": translatable("passed on"),
    "withdrawn": translatable("withdrawn"),
    "ended": translatable("ended"),
    # what passes when somebody leaves
    "owns": translatable("owner"),
    "to-answer": translatable("request to own"),
    "answers-for": translatable("answers for its owner"),
    "seconds": translatable("second to answer for its owner"),
    "helps": translatable("helps"),
    "awaited": translatable("is waited for"),
    "steward": translatable("answers for it"),
    "second": translatable("second to answer for it"),
    # positions
    "supports": translatable("supports"),
    "supports-if": translatable("supports if"),
    "objects-to-the-aim": translatable("objects to the aim"),
    "objects-to-the-way": translatable("objects to the way"),
    "has-a-concern": translatable("has a concern"),
    "asks": translatable("asks"),
    # what proposers and supporters say of a closed item
    "satisfied": translatable("satisfied"),
    "partly": translatable("partly"),
    "disputes": translatable("disputes"),
    "disputed-by-a-proposer-or-supporter": translatable("disputed by a proposer or supporter"),
    "only-partly-says-a-proposer-or-supporter": translatable("only partly, says a proposer or supporter"),
    # kinds of items and proposals
    "recommendation": translatable("recommendation"),
    "call": translatable("call"),
    "commitment": translatable("commitment"),
    "offer": translatable("offer"),
    "request": translatable("request"),
    "support": translatable("support"),
    "objection": translatable("objection"),
    # capacities and channels
    "own": translatable("own capacity"),
    "organisation": translatable("organisation"),
    "government": translatable("government"),
    "coalition-or-group": translatable("coalition or group"),
    "mag-member": translatable("MAG member"),
    "chair": translatable("chair"),
    "moderator": translatable("moderator"),
    "rapporteur": translatable("rapporteur"),
    "secretariat": translatable("secretariat"),
    "host": translatable("host"),
    "not-stated": translatable("capacity not stated"),
    "in-the-room": translatable("in the room"),
    "remote": translatable("remote"),
    "through-interpretation": translatable("through interpretation"),
    # relations of proposals and items
    "new": translatable("puts forward"),
    "repeats": translatable("repeats"),
    "refines": translatable("refines"),
    "objects": translatable("objects"),
    "answers": translatable("answers"),
    "covered": translatable("covered by"),
    "depends-on": translatable("depends on"),
    "supersedes": translatable("supersedes"),
    "answered-by": translatable("answered by"),
    # triage
    "item": translatable("made an item"),
    "attached": translatable("attached"),
    "set-aside": translatable("set aside"),
    "snoozed": translatable("snoozed"),
    "not-a-proposal": translatable("not a proposal"),
    "exchange-in-the-room": translatable("exchange in the room"),
    "too-general": translatable("too general"),
    "meeting-logistics": translatable("meeting logistics"),
    "duplicate": translatable("duplicate"),
    "other": translatable("other"),
    "detector": translatable("found by the detector"),
    "hand": translatable("marked by hand"),
    "assistant": translatable("found by the assistant"),
    "both": translatable("found by the detector and the assistant"),
    # what became of a point of an agenda in the room
    "raised": translatable("raised"),
    "not-reached": translatable("not reached"),
    "postponed": translatable("postponed"),
    # how a series goes on
    "weeks": translatable("weeks, on that weekday"),
    "month-weekday": translatable("months, on that weekday of the month (its second Tuesday, say)"),
    "month-last-weekday": translatable("months, on the last such weekday of the month"),
    "month-day": translatable("months, on that day of the month"),
    # who may read
    "internal": translatable("internal"),
    "published": translatable("published"),
    # people
    "member": translatable("member"),
    "no-address": translatable("no mail address"),
    "not-invited": translatable("not invited"),
    "invited": translatable("invited"),
    "expired": translatable("invited, and the link has expired"),
    "signed-in": translatable("signed in"),
    "stated": translatable("stated"),
    "member-list": translatable("member list"),
    "self-declared": translatable("self-declared"),
    "guessed": translatable("guessed"),
    "private-sector": translatable("private sector"),
    "civil-society": translatable("civil society"),
    "technical-community": translatable("technical community"),
    "academia": translatable("academia"),
    "intergovernmental-organisation": translatable("intergovernmental organisation"),
    "media": translatable("media"),
    "unknown": translatable("unknown"),
    # mail
    "weekly": translatable("every week"),
    "never": translatable("never"),
    "digest": translatable("digest"),
    "sign-in": translatable("sign-in link"),
    "test": translatable("test"),
    "queued": translatable("queued"),
    "sending": translatable("being sent"),
    "sent": translatable("sent"),
    "empty": translatable("nothing to say"),
    "dead": translatable("not delivered"),
    "cancelled": translatable("cancelled"),
    "held": translatable("held"),
    # evidence, and the ways a change comes in
    "link": translatable("link"),
    "file": translatable("file"),
    "browser": translatable("browser"),
    "mail": translatable("mail"),
    "import": translatable("import"),
    "job": translatable("job"),
    "command-line": translatable("command line"),
    # files on their way in, and the steps of reading one
    "reading": translatable("being read"),
    "to-place": translatable("for which meeting is it?"),
    "to-look-at": translatable("to look at"),
    "imported": translatable("imported"),
    "unpacked": translatable("unpacked"),
    "refused": translatable("refused"),
    "speakers": translatable("finding speakers"),
    "proposals": translatable("finding proposals"),
    "storing": translatable("storing"),
    # who speaks, as heard
    "dismissed": translatable("dismissed"),
    "open": translatable("open"),
    "same": translatable("the same"),
    "different": translatable("different"),
    # what a corrected transcript did to a passage
    "unchanged": translatable("unchanged"),
    "moved": translatable("moved"),
    "changed": translatable("changed"),
    "placed": translatable("placed by a person"),
    "doubtful": translatable("doubtful"),
    "lost": translatable("lost"),
    "gone": translatable("gone"),
}

#: the shape that stands beside the word of a status on page, mail, paper and slide: colour alone tells nobody
SHAPES = {
    # how far an item has come
    "not-started": "○",
    "in-progress": "◐",
    "waiting": "⧖",
    "done-in-part": "◕",
    "done": "●",
    "no-longer-pursued": "⊘",
    # what an addressee answered
    "not-yet-sent": "·",
    "sent": "→",
    "under-consideration": "…",
    "taken-up": "✓",
    "taken-up-in-part": "◪",
    "not-taken-up": "✕",
    "referred": "↗",
    "overtaken": "↷",
    # where somebody stands
    "supports": "+",
    "supports-if": "±",
    "objects-to-the-aim": "−",
    "objects-to-the-way": "≠",
    "has-a-concern": "!",
    "asks": "?",
    # what became of an item in the room
    "raised": "✓",
    "not-reached": "○",
    "postponed": "↷",
    # who may read
    "internal": "◇",
    "published": "◆",
}


def word_to_translate(value: str) -> str:
    """Return the English word for a stored value; a seed's own value is shown with spaces."""
    return WORDS.get(value) or value.replace("-", " ")
