"""Whose words a passage gives, on turns of our own invention; the passage stands between « and »."""

import time

import pytest

from tracker.detector.reported_speech import framed_sentences, is_reported

#: turns in which the passage gives the words of others
REPORTED = [
    "I am the rapporteur of workshop 12. «Ferries should publish their timetables.»",
    "I'm reporting from the session on tides. We met twice. «There should be one map for all harbours.»",
    "As rapporteur of the panel on lamps: «the council needs to fund the northern road first.»",
    "I will report back from the breakout on storage. «The first recommendation is to open on Sundays.»",
    "Thank you. «The group said that the fee should be dropped.» It was a lively hour.",
    "«Participants felt that the office ought to answer within a week.»",
    "«Some argued that the register should be closed to visitors.»",
    "«Several speakers called for a second reading room.» Others did not reply.",
    "«It was suggested that the fund be doubled.»",
    "«There was a call to publish the figures of every branch.»",
    "We heard a good deal this morning. «We heard that small ports need a say in the plan.»",
    "Let me summarise what was said here. «The board should meet in spring.»",
    "Let me sum up the discussion. Nobody was against. «We should keep the old catalogue online.»",
    "To sum up the morning: «the library must reach the villages.»",
    "What I heard from you is a wish for order. «The agenda should come out two months earlier.»",
    "MODERATOR: Thank you all. «The secretariat should write to the ministers about the bridge.»",
    "«The delegate from the islands asked that the deadline be moved.» I leave it there.",
    "«Ms Okoro proposed that every branch keep a diary.» She gave three reasons.",
    "«A colleague from the north suggested a shared calendar.»",
    "«The youth delegates asked us to lower the age of voting.»",
    "We have a comment from Tomas online. «I propose that the hearings be streamed.»",
    "There is a question from Ilse in the chat. «Could the board publish the map before May?»",
    "Remote participant Juno writes: «please translate the minutes into Welsh.»",
    "I will read out a message from our colleague who could not travel. «The archive needs a second copy abroad.»",
    "Reading out a statement by the fishers' union. «We ask the council to dredge the harbour.»",
    "An online participant says the room is too small. «An online participant suggests that we rent the hall.»",
    "«They said we should stop printing the lists.» That was their view, not mine.",
    "«She says that the fund should pay for the ramp.»",
    "INTERPRETER: «The speaker asks that the ferry run at night.»",
    "I have been asked to relay a wish. «The students want the library to stay open late.»",
    "«I was told to say that the museum would lend its hall.»",
    "Our table discussed lamps. «We recommend brighter lamps along the quay.»",
    "In our workshop we talked about tides for two hours. «The state should pay for the gauges.»",
    "The main messages from the round table were these. «Governments should open their tide data.»",
    "«The second suggestion that came from the floor was to appoint an ombudsperson.»",
    "I am the note-taker of room four, so here is a summary. «Schools should get the maps free of charge.»",
    "Here are the key points from the session. First, trust. «Second, the board should name a contact in each town.»",
    "«The panel recommended a map.» I have nothing to add.",
    "«According to the people in the room, the fee should go.»",
    "I speak for the moderator of the morning panel and report on what the panel found. «More boats are needed.»",
    "Let me give you a short report from the second room. «Cities should share their bus data.»",
    "I took notes in the group on water. «They want the tariff to be halved.»",
    "«One participant thought that the ministry should apologise.»",
    "I'd like to share the outcomes of our debate. «Hospitals need a common form.»",
    "«Many of the attendees wanted a longer break.»",
    "This comes from Priya, who follows us remotely: «we urge the committee to publish the budget.»",
    "We have Marek on Zoom who writes that «the fund should start in June».",
    "«The representative of the farmers said that the road must be repaired.»",
    "«Our working group concluded that a new form is needed.»",
    "«Concerns were raised that nobody answers letters, and a helpline was requested.»",
    "The rapporteur could not come, so I will give the report. «Villages should be asked first.»",
    "«My colleague from the museum asked me to tell you that the hall should be heated.»",
    "«In the panel there was broad agreement that fees should fall.»",
    "«Kenya called for a review.»",
    "«The Chair of the fishers proposed that the nets be marked.»",
    "Thank you. Let me try to capture the discussion. «The plan needs a date.»",
    "«The audience was clear: no more fees.»",
    "Hello, this is the remote moderator. «Anna in Quito suggests a list of ports.»",
    "«It was felt that more women should speak.»",
    "«Two panellists recommended that the text be shorter.»",
    "Good afternoon, I'm here to tell you what came out of the session on buses. «Cities should share their data.»",
    "In our group we had nurses and drivers. «The nurses asked for night buses.»",
    "«Mr Tan from the union said fares must fall.»",
    "«A number of people in the audience thought the pier should close.»",
    "Next we go to the chat. Lena is asking: «can the office send out the figures?»",
    "We have two comments from remote participants. The first: «the fund should be open to islands.»",
    "«The consensus in the room was that the deadline should be moved.»",
    "I was asked by the workshop to bring you its message. «The state should train its clerks.»",
    "Summing up the second panel. «Libraries should lend tools.»",
    "«It has been proposed that the next hearing be held in the valley.»",
    "«The teachers in our breakout insisted that pupils get the maps.»",
    "MODERATOR: I think we have heard three things. «Firstly, the register must be public.»",
    "«Her point was that the council should pay.»",
    "As the moderator of this morning's session let me list its requests. «Publish the budget.»",
    "«Everyone in the workshop wanted a simpler form.»",
    "TRANSLATOR: «They would like the board to visit the harbour.»",
    "«What the panel asked for is a single contact point.»",
    "«The working group's recommendation is that the board meet monthly.»",
    "«Delegates from three islands requested a shared boat.»",
    "Elena could not be here and wrote to me. «Elena asks that the museum be free on Mondays.»",
]
#: turns in which the speaker speaks
OWN = [
    "«I suggest that the workshop be repeated.»",
    "«We should open the reading room on Sundays.»",
    "I am the rapporteur of workshop 12. It was short. «I offer to send the notes to everybody by Friday.»",
    "I'm reporting from the session on tides. The group wanted a map. «I myself would add a list of wrecks.»",
    "As rapporteur I have read you what was agreed. «Speaking for myself, the fee should be dropped.»",
    "MODERATOR: We are late. «I propose that we write to the ministers together.»",
    "MODERATOR: Thank you. «My office can host the next hearing.»",
    "I'm reporting from the session on lamps. That was the report. «My own suggestion is to ask the fishers.»",
    "«I support what the delegate of the islands said: the deadline should be moved.»",
    "«I agree with the previous speaker that the board must meet in spring.»",
    "«As Ms Okoro said, every branch should keep a diary.»",
    "«Some argued for delay, but I ask you to act now.»",
    "«I was struck that participants felt unheard, so I propose a hotline.»",
    "«We would like to see participants at the table when the plan is drawn.»",
    "«The panel should be smaller next year.»",
    "«The participants should get the agenda two months earlier.»",
    "«People want better lamps, so the council should buy them.»",
    "On behalf of the Harbour Coalition. «Our group asks the council to dredge the harbour.»",
    "I speak on behalf of Norway. «The Government of Norway proposes a shared fund.»",
    "«We ask that all sessions be streamed.»",
    "«I recommend that the secretariat publish the recommendations of all workshops.»",
    "«To sum up, I ask the board for a second reading room.»",
    "«In my view the register ought to be open.»",
    "«Let me offer our hall for the hearing in May.»",
    "«I will send the map to the group tomorrow.»",
    "«It is important that every harbour has a gauge.»",
    "«The board must say what it did with the suggestions it was sent.»",
    "«I call on governments to open their tide data.»",
    "We have a comment from Tomas online, for streaming. That was the comment. «I would ask the board to try it.»",
    "«We cannot support the fee, and we ask the council to drop it.»",
    "«My organisation is ready to pay for the ramp.»",
    "«There should be a session on tides next year.»",
    "«Could the secretariat send the list to all members?»",
    "«I would like to encourage speakers to be brief in their reports.»",
    "«We commit to translating the minutes.»",
    "«I second that, and I would add a list of lamps.»",
    "I was the rapporteur of the panel last year. «This year the panel should have fewer speakers.»",
    "«The group that runs the archive needs money.»",
    "«Building on what was said this morning, the board should name a contact in each town.»",
    "«We want the council to hear the people who live on the quay.»",
    "«I would like to propose a joint list of ports.»",
    "«We think the ministry should apologise.»",
    "«Let us meet again in June.»",
    "«The committee should publish what participants suggested.»",
    "«I hope the next meeting will hear those who were not invited.»",
    "«Our city is willing to host the archive.»",
    "«I fully endorse the call for a helpline.»",
    "«The report should say what was proposed and by whom.»",
    "«We need to listen to what the farmers said and repair the road.»",
    "I was in the panel on fees. «Fees should fall, I believe.»",
    "«My delegation proposes a review.»",
    "«I want to thank the speakers; the fund should start in June.»",
    "I'm here for the working group on water, but on a personal note, «the tariff should be halved».",
    "«If the board wanted to help, it could start by answering letters.»",
    "«It would be good if the moderators kept to the time.»",
    "«I'd suggest that the remote participants get the floor first.»",
    "«Nobody asked us; the plan must be drawn again.»",
    "«The Seychelles would like to see a shared fund.»",
    "«We volunteer to translate the map.»",
    "«May I ask that the minutes name who spoke?»",
    "«I'd like to see the board publish its budget.»",
    "«We propose three things: a list, a map and a boat.»",
    "«We in the union say fares must fall.»",
    "Speaking as a nurse, «night buses should run on Fridays.»",
    "«The office should answer people who asked for help.»",
    "«What we ask for is a single contact point.»",
    "«My recommendation is that the board meet monthly.»",
    "«I thank the moderator. The islands should get a shared boat.»",
    "«Our union proposes lower fares.»",
    "«We strongly support the idea of a simpler form.»",
    "I have listened to the reports of all groups. «I think the board should begin with the form.»",
    "«Let's make sure that the remote participants are heard first next year.»",
    "«We need a rapporteur for each session who reports within a week.»",
    "«Please send the summary of the discussion to all members.»",
    "I'm joining online from Lagos: «the fund should be open to islands.»",
    "«Kenya is ready to host the meeting.»",
    "«The idea that was put forward by Spain is a good one, and we should adopt it.»",
    "«I was told the pier would close; I ask the council not to do that.»",
    "«It would help if somebody summarised what each group said.»",
]


def reading(marked: str) -> bool:
    """Tell whether the passage is read as reported; without marks it is the whole turn."""
    label, _, _ = marked.partition(":")
    if not label.isupper():
        label = ""
    start = max(0, marked.find("«"))
    end = marked.find("»") - 1
    text = marked.replace("«", "").replace("»", "")
    if end < 0:
        end = len(text)
    sentences = framed_sentences(text, len(label) + bool(label), len(text), label or None)
    return is_reported(sentences, start, end)


@pytest.mark.parametrize("turn", REPORTED)
def test_the_words_of_others_are_reported(turn: str) -> None:
    assert reading(turn)


@pytest.mark.parametrize("turn", OWN)
def test_the_speakers_own_words_are_not(turn: str) -> None:
    assert not reading(turn)


@pytest.mark.parametrize("words", ["the group ", "i would like to ", "a comment from the ", "we have ", "a "])
def test_a_hostile_turn_takes_linear_time(words: str) -> None:
    text = words * 20_000
    begun = time.process_time()
    framed_sentences(text, 0, len(text))
    assert time.process_time() - begun < 1
