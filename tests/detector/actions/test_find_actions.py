"""Action items of minutes and logs are found with their owner and due date, whatever their dress."""

import pytest

from tests.detector.texts import found as candidates
from tracker.detector.actions.find_actions import read as read_actions
from tracker.detector.actions.record_so_far import Action
from tracker.transcripts.reading.turns import turns


def read(text: str) -> list[Action]:
    return read_actions(text, turns(text))[0]


def one(text: str) -> tuple[str, str | None, str | None, str]:
    (action,) = read(text)
    return text[action.deed.start : action.deed.end], action.owner, action.due, action.kind


@pytest.mark.parametrize(
    ("line", "deed", "owner", "due"),
    [
        ("ACTION: lena to draft the abstract", "draft the abstract", "lena", None),
        ("<kim> ACTION: lena to draft the abstract by Friday", "draft the abstract by Friday", "lena", "by Friday"),
        ("ACTION lena to draft the abstract", "draft the abstract", "lena", None),
        ("ACTION-9: Lena to draft it again - due 2013-02-28", "draft it again", "Lena", "2013-02-28"),
        ("[ACTION] Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("**Action item:** Lena – draft the abstract", "draft the abstract", "Lena", None),
        ("Action (Lena): draft the abstract", "draft the abstract", "Lena", None),
        ("A.I. 3: Lena & Kim will draft the abstract", "draft the abstract", "Lena & Kim", None),
        ("TODO(lena): draft the abstract", "draft the abstract", "lena", None),
        ("- [ ] @lena: draft the abstract", "draft the abstract", "@lena", None),
        ("- @lena will draft the abstract", "draft the abstract", "@lena", None),
        ("AP: draft the abstract (Lena, before next call)", "draft the abstract", "Lena", "before next call"),
        ("Action point 4.2 Draft the abstract. Owner: Lena. Deadline: 3 May", "Draft the abstract.", "Lena", "3 May"),
        ("14:02 Kim: ACTION: lena to draft it again (ETA Q1)", "draft it again", "lena", "Q1"),
        ("#action lena to draft the abstract", "draft the abstract", "lena", None),
        ("<kim> #action: lena to draft the abstract", "draft the abstract", "lena", None),
        ("=> Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("We spoke of fees. ACTION: Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("Fees were discussed (ACTION Lena to draft the abstract) and left open", "draft the abstract", "Lena", None),
        ("Fees were discussed [AI Lena: draft the abstract].", "draft the abstract", "Lena", None),
        ("## Tasks\n- [ ] **Lena**: draft the abstract", "draft the abstract", "Lena", None),
        ("AI:\n- Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("Actions\nLena - draft the abstract - 3 May", "draft the abstract - 3 May", "Lena", "3 May"),
        ("Action: respond to the reviewers", "respond to the reviewers", None, None),
        ("Action: someone to book a room", "book a room", None, None),
        ("[*Action item*](https://example.org/1): Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("**Action item** [#4](https://example.org/4): Lena to draft the abstract", "draft the abstract", "Lena", None),
        ("* **ACTION: [Lena] draft the abstract**", "draft the abstract", "Lena", None),
        ("ACTION: [LV+KB] draft the abstract", "draft the abstract", "LV+KB", None),
        ("Kim: [ACTION: Lena] draft the abstract", "draft the abstract", "Lena", None),
        ("Action item Lena: draft the abstract", "draft the abstract", "Lena", None),
        ("Action → Lena: draft the abstract", "draft the abstract", "Lena", None),
        ("TODO @lena: draft the abstract", "draft the abstract", "@lena", None),
        ("Action: Lena, please draft the abstract", "draft the abstract", "Lena", None),
        ("AI: Lena, you will draft the abstract", "draft the abstract", "Lena", None),
        ("- [ ] **Lena** - draft the abstract (Friday)", "draft the abstract (Friday)", "Lena", "Friday"),
        (
            "Action required: Lena to draft the abstract before the May call",
            "draft the abstract before the May call",
            "Lena",
            "before the May call",
        ),
    ],
)
def test_an_action_line_is_read_in_every_dress(line: str, deed: str, owner: str | None, due: str | None) -> None:
    assert one(line)[:3] == (deed, owner, due)


@pytest.mark.parametrize(
    "line",
    [
        "Actions: Lena to draft the abstract; Kim to book the room by Friday.",
        "ACTION: Lena to draft the abstract; ACTION: Kim to book the room by Friday",
        "Action items: Lena - draft the abstract. Kim - book the room by Friday",
    ],
)
def test_several_actions_of_one_line_are_told_apart(line: str) -> None:
    assert [(action.owner, action.due) for action in read(line)] == [("Lena", None), ("Kim", "by Friday")]


@pytest.mark.parametrize(
    "line",
    [
        "AI:\n- the models were praised\n- nobody knew the cost",
        "=> no quorum, so the vote waits",
        "The regulators met (AI Office to come later).",
        "They spoke of climate. ACTION was the word of the day.",
        "It is #actionable work",
    ],
)
def test_what_only_looks_like_an_action_is_none(line: str) -> None:
    assert read(line) == []


def test_owner_and_date_may_stand_on_the_next_lines() -> None:
    assert one("Action: draft the abstract\nOwner: Lena\nDue: 3 May\n")[1:3] == ("Lena", "3 May")


def test_a_wrapped_action_is_read_whole() -> None:
    text = "ACTION: lena to draft the abstract of the paper for the spring\n   conference by Friday\nKim: thanks.\n"
    assert one(text)[:3] == (
        "draft the abstract of the paper for the spring\n   conference by Friday",
        "lena",
        "by Friday",
    )


def test_the_trackers_answer_gives_the_date_and_is_no_second_action() -> None:
    answer = "<trackbot> Created ACTION-9 - Draft the abstract [on Lena Berg - due 2013-02-28].\n"
    assert one("<kim> ACTION: lena to draft the abstract\n" + answer)[1:3] == ("lena", "2013-02-28")


def test_a_trackers_line_that_stands_alone_is_the_action() -> None:
    answer = "<trackbot> Created ACTION-9 - Draft the abstract [on Lena Berg - due 2013-02-28].\n"
    assert one(answer)[:3] == ("Draft the abstract", "Lena Berg", "2013-02-28")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ACTION: lena to draft the abstract", "commitment"),
        ("ACTION: all to read the abstract", "request"),
        ("ACTION: draft the abstract", "commitment"),
        ("RESOLVED: publish the abstract", "commitment"),
        ("RESOLVED that officers be instructed to publish the abstract", "commitment"),
        ("PROPOSED RESOLUTION: publish the abstract", "recommendation"),
    ],
)
def test_the_kind_follows_the_owner_and_the_mark(line: str, kind: str) -> None:
    assert one(line)[3] == kind


@pytest.mark.parametrize(
    "line",
    [
        "Action: none",
        "- [x] @lena: draft the abstract",
        "[DONE] ACTION: Lena to draft the abstract",
        "Action: Lena to draft the abstract – done",
        "AI: a threat or a promise?",
        "The action plan: to be written.",
        "<kim> we should create an action item for this some day",
        "<kim> ACTION-9?",
        "<trackbot> ACTION-9 -- Lena to draft the abstract -- due 2013-02-28 -- OPEN",
        "RESOLUTION: the minutes of 3 May are accepted",
        "RESOLVED: approve the agenda",
        "Review of actions\n- Lena to draft the abstract",
        "Actions from last meeting:\nACTION: Lena to draft the abstract",
        "Actions brought forward\n| Action | Owner | State |\n| Draft the abstract | Lena | In progress |",
        "Action: Lena to draft the abstract (from the minutes of May)",
        "#topic actions from last week\n<kim> ACTION: lena to draft the abstract",
        "| Who | What |\n| Lena | the abstract |",
        "ACTIONS FROM APRIL: Lena has drafted the abstract.",
    ],
)
def test_talk_of_actions_and_old_actions_are_nothing_new(line: str) -> None:
    assert read(line) == []


def test_a_list_under_a_heading_is_one_of_actions_until_somebody_speaks() -> None:
    text = "Next steps:\n- Lena: draft the abstract\n- Publish the video\n- Next call: 3 May\n\nKIM: We like lists.\n"
    assert [action.owner for action in read(text)] == ["Lena", None]


@pytest.mark.parametrize("sign", ["|", "\t"])
def test_a_table_of_actions_is_read_by_its_head(sign: str) -> None:
    rows = [["Action", "Owner", "Due", "Status"], ["Draft the abstract", "Lena", "3 May", "open"],
            ["Book a room", "Kim", "", "done"], ["Print badges", "", "", ""]]  # fmt: skip
    text = "\n".join(sign.join(["", *row, ""] if sign == "|" else row) for row in rows)
    assert [(action.owner, action.due) for action in read(text)] == [("Lena", "3 May"), (None, None)]


def test_a_link_at_the_end_of_an_action_stays_whole() -> None:
    assert one("ACTION: Lena to read [it](https://example.org/1)")[0] == "read [it](https://example.org/1)"


def test_a_heading_ends_the_review_of_old_actions() -> None:
    text = "h2. Old actions\n| a table |\nh2. News\nACTION: Lena to draft the abstract\n"
    assert [action.owner for action in read(text)] == ["Lena"]


def test_an_action_listed_again_is_found_once() -> None:
    line = "ACTION: lena to draft the abstract\n"
    assert len(read(f"{line}Kim: fine.\nSummary of action items\n[NEW] {line}")) == 1


def test_an_action_knows_the_turn_it_stands_in() -> None:
    text = "KIM BERG: Hello.\nACTION: lena to draft the abstract\n\nLENA VOSS: Fine.\n"
    assert read(text)[0].turn_seq == 1


def test_an_action_line_wins_over_what_was_spoken_in_it() -> None:
    line = "ACTION: Lena Voss will send the list by Friday, we should all read it"
    text = f"KIM BERG: Hello all.\n{line}\n\nLENA VOSS: Fine.\n"
    (action,) = candidates(text)
    assert (action.addressee, action.due_hint, action.title) == ("Lena Voss", "by Friday", "Send the list by Friday")
