"""The session as caption files: meeting services, a captioner in the room, a video site."""

from collections.abc import Iterator

from tests.transcripts.containers.session import SESSION


def _clock(seconds: float, sign: str = ".") -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{sign}{rest:03}"


def _cues() -> Iterator[tuple[str, str, int, bool]]:
    """Speaker, sentence, second, and whether the sentence opens the speech."""
    for speech in SESSION:
        for number, (sentence, second) in enumerate(zip(speech.sentences, speech.seconds, strict=True)):
            yield speech.speaker, sentence, second, number == 0


def _halves(sentence: str) -> str:
    """The sentence on two lines, as captions break it."""
    words = sentence.split()
    return "\n".join(filter(None, (" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :]))))


def teams_vtt() -> bytes:
    cues = [
        f"7f1c-22ab/{number}-0\n{_clock(at)} --> {_clock(at + 3.5)}\n<v {who}>{_halves(said)}</v>"
        for number, (who, said, at, _) in enumerate(_cues())
    ]
    return ("\ufeffWEBVTT\n\n" + "\n\n".join(cues) + "\n").replace("\n", "\r\n").encode()


def zoom_vtt() -> bytes:
    cues = [
        f"{number}\n{_clock(at)} --> {_clock(at + 3.5)}\n{who}: {said}"
        for number, (who, said, at, _) in enumerate(_cues(), 1)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def captioned_srt() -> bytes:
    """A captioner in the room: capitals behind arrows, and only where the speaker changes."""
    cues = [
        f"{number}\n{_clock(at, ',')} --> {_clock(at + 4, ',')}\n{f'>> {who.upper()}: ' if opens else ''}{said}"
        for number, (who, said, at, opens) in enumerate(_cues(), 1)
    ]
    return "\r\n\r\n".join(cue.replace("\n", "\r\n") for cue in cues).encode("cp1252")


def broken_vtt() -> bytes:
    """Styles, comments, a cue without a time, one that ends before it begins, no empty line between two."""
    head = "WEBVTT - harbour council\n\nSTYLE\n::cue { color: white }\n\nNOTE made by hand,\nbut not with care\n\n"
    cues = [f"{_clock(at)} --> {_clock(at + 3)} align:start\n<v.loud {who}><i>{said}" for who, said, at, _ in _cues()]
    cues[2] = cues[2].replace("-->", "--> 0:", 1)
    cues[5] = cues[5].replace(_clock(SESSION[1].seconds[1] + 3), "00:00:00.000", 1)
    return (head + "\n".join(cues[:4]) + "\n\n" + "\n\n".join(cues[4:])).encode()


def rolling_vtt() -> bytes:
    """A video site: no speakers, two lines that roll up, every line printed three times."""
    lines = [(said, at) for _, said, at, _ in _cues()]
    cues, before = [], " "
    for said, at in lines:
        first, *rest = said.split()
        tagged = first + "".join(f"<{_clock(at + 0.1)}><c> {word}</c>" for word in rest)
        cues.append(f"{_clock(at)} --> {_clock(at + 3.9)} align:start position:0%\n{before}\n{tagged}")
        cues.append(f"{_clock(at + 3.9)} --> {_clock(at + 4)} align:start position:0%\n{said}\n ")
        before = said
    return ("WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n\n".join(cues) + "\n\n").encode()


def bare_srt() -> bytes:
    """Captions of a recording that name nobody."""
    cues = [
        f"{number}\n{_clock(at, ',')} --> {_clock(at + 3.5, ',')}\n{_halves(said)}\n"
        for number, (_, said, at, _) in enumerate(_cues(), 1)
    ]
    return "\n".join(cues).encode("utf-16")
