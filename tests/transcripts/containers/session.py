"""What was said in a meeting that never was, by people at example.org: the gold turns of every container."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Speech:
    """One speaker's sentences and the second at which each begins."""

    speaker: str
    sentences: tuple[str, ...]
    seconds: tuple[int, ...]

    @property
    def words(self) -> str:
        return " ".join(self.sentences)


SPOKEN = (
    ("Rosa Oak", "Good morning, and welcome to the third call of the harbour council. "
     "We have ninety minutes and four points: the map, the toll, the training and the date. "
     "I see that Li Wei has his hand up already."),
    ("Li Wei", "Thank you, Rosa. I would propose that the secretariat publish the tide map before the May meeting. "
     "It was finished in January, and nobody outside this group has seen it."),
    ("Rosa Oak", "Thank you. Any reactions to that?"),
    ("Amélie Brandt", "Yes, from Bremen: we support it, on one condition. "
     "The names of the pilots have to come off first; that is a matter of two days' work at most. "
     "Could the chair ask the pilots' office for their consent by Friday?"),
    ("Tomás Ribeiro", "I am not so sure. Our members asked at 10:30 this morning whether the figures are final. "
     "They aren't. A map with wrong depths does more harm than no map at all."),
    ("Li Wei", "That is fair. Then let us publish it with a warning on every sheet."),
    ("Fatima Al-Hashimi", "May I suggest a small group? Three of us could go through the depths next week. "
     "I am ready to lead it, and I will report on the 14th."),
    ("Rosa Oak", "Wonderful. So we have a group of three, led by Fatima. "
     "The next point is the toll. Tomás, you have the floor."),
    ("Tomás Ribeiro", "Thank you, chair. The toll has not changed since 2004. "
     "We call on the city to review it this year, and to tell the ship owners in good time. "
     "There are two ways to do it: raise it for all, or raise it for the largest ships. "
     "My members would prefer the second, and they have written so to the mayor."),
    ("Amélie Brandt", "I object to the second way. Small harbours live off large ships."),
    ("Fatima Al-Hashimi", "Perhaps the training fund could take a part of it?"),
    ("Rosa Oak", "We will come back to that in the afternoon. Thank you all, and see you at two."),
)  # fmt: skip


def _speeches() -> tuple[Speech, ...]:
    """Four seconds a sentence, and ten of silence between speakers."""
    at, made = 3, []
    for speaker, words in SPOKEN:
        sentences = tuple(words.replace("? ", "?|").replace(". ", ".|").split("|"))
        seconds = tuple(range(at, at + 4 * len(sentences), 4))
        made.append(Speech(speaker, sentences, seconds))
        at = seconds[-1] + 14
    return tuple(made)


SESSION = _speeches()
