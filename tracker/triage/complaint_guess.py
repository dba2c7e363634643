"""Whether a passage complains of the secretariat: a sober guess from its words, which a person judges.

Only for whom it matters who sets it aside: nothing else follows from it.
"""

import re

SECRETARIAT = re.compile(r"\bsecretariat(?:'s)?\b", re.IGNORECASE)
#: what is said of somebody who did it badly, or did not do it
COMPLAINT = re.compile(
    r"""\b(?:
    fail(?:s|ed|ing|ure|ures)? | never
    | (?:did | do | does | has | have | had | was | were | is | are)(?:\s+not|n['’]t)
    | no\s+(?:answer|reply|response|explanation|reason|notice|transparency|information|support)
    | without\s+(?:any\s+)?(?:notice|consult\w+|explanation|explaining|asking|telling|an?\s+answer)
    | complain\w* | complaint\w* | disappoint\w* | unacceptabl[ey] | unfair(?:ly)? | inadequate(?:ly)?
    | ignor(?:ed|es|ing) | refus(?:ed|es|al) | exclud(?:ed|es|ing) | neglect\w* | lack(?:s|ed)? | too\s+late
    | delay(?:s|ed)? | mistakes? | criticis\w+ | criticiz\w+ | frustrat\w+ | badly | poor(?:ly)?
    | dissatisf\w+ | censor\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_END = re.compile(r"(?<=[.!?])\s+")


def complains_of_secretariat(quote: str, addressee: str | None = None) -> bool:
    """Tell whether a sentence names the secretariat, or is put to it, and has words of complaint."""
    is_put_to_it = bool(addressee and SECRETARIAT.search(addressee))
    return any(
        COMPLAINT.search(sentence) and (is_put_to_it or SECRETARIAT.search(sentence)) for sentence in _END.split(quote)
    )
