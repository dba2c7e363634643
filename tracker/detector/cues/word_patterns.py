"""The words of proposing: who may act, on what, by which verb; and a way to write patterns as one reads them."""

import re

from tracker.text import words


def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank stands for several: captions are full of doubled ones."""
    return re.compile(pattern.replace(" ", r" {1,40}"))


def either(listing: str) -> str:
    """The words of a listing as alternatives, longest first."""
    return "(?:" + "|".join(sorted((re.escape(word) for word in listing.split()), key=len, reverse=True)) + ")"


#: who may act
PARTIES = words(
    "minister ministers mayor mayors director directors manager managers officer officers institute institutes centre"
    " center centres operator bank banks union trade delegate delegation delegations"
    " we who everyone everybody somebody someone government governments state states country countries"
    " parliament parliaments parliamentarians regulator regulators ministry ministries authority authorities council"
    " councils commission committee committees subcommittee board boards secretariat mag igf igfs nri nris itu"
    " icann isoc"
    " ietf w3c unesco un undp wto wipo oecd cstd ecosoc eu chair chairs co-chairs organisation organisations"
    " organization"
    " organizations organisers organizers company companies business businesses industry sector operators providers"
    " isps"
    " platforms vendors implementers society societies community communities stakeholder stakeholders group groups team"
    " teams coalition coalitions ngo ngos university universities school schools library libraries academics academia"
    " researchers media press journalists donors funders partners members member participants moderators moderator"
    " rapporteurs rapporteur facilitators speakers panellists panelists delegates delegations editors editor"
    " authors host"
    " hosts city cities town towns village villages municipality municipalities youth youngsters women children staff"
    " office offices department agency agencies institution institutions forum network networks association"
    " associations"
    " union unions foundation alliance caucus assembly congress court registry registries registrars observers people"
    " ambassador ambassadors volunteers leaders policymakers makers users citizens engineers developers maintainers"
    " i us"
)
ARTEFACTS = words(
    "website websites site page pages document documents paper papers report reports agenda agendas session sessions"
    " workshop workshops meeting meetings hearing hearings programme programmes program programs list lists plan plans"
    " strategy panel panels format formats theme themes theming mandate event events transcript transcripts archive"
    " archives fund funding funds budget framework frameworks guidelines guideline mechanism mechanisms charter draft"
    " text texts specification spec standard standards recommendation recommendations outcome outcomes output outputs"
    " process processes procedure procedures summary summaries minutes record records contribution contributions policy"
    " policies regulation regulations law laws treaty declaration statement consultation consultations campaign project"
    " projects platform tool tools database repository map data mailing timeline schedule calendar deadline call remote"
    " participation interpretation translation captioning training curriculum toolkit compendium review evaluation"
    " survey"
    " questionnaire indicators roadmap measures measure proposals proposal ideas system topic topics issue issues"
    " debate"
    " initiative initiatives discussion discussions dialogue opening closing template code test tests feature"
    " features bug api infrastructure"
)
# What one can later be asked to have done.
ACTIONS = words(
    "accept act adapt add address adhere adjust adopt agree aim align allocate allow analyse analyze announce"
    " appoint ask"
    " archive arrange ask assess assign assist attach attend attract avoid ban begin bring broaden build call carry"
    " change"
    " check circulate clarify clean close co-host co-organise collaborate collect combine communicate compile complete"
    " conduct connect consider consolidate construct consult continue contribute convene cooperate coordinate copy"
    " correct"
    " create cut decide dedicate define deliver delete design develop devote digitise digitize discuss disseminate"
    " distribute document draft draw elaborate elect eliminate embed embrace enable encourage engage enhance ensure"
    " establish evaluate examine exchange expand explore extend facilitate feed file fill finalise finalize finance"
    " find"
    " fix figure focus follow form formulate foster fund gather generate give go grant guarantee hand harmonise"
    " hire hold host"
    " identify implement improve include incorporate increase inform initiate insert institutionalise institutionalize"
    " integrate introduce invest invite involve issue join keep launch lead limit link list maintain make map meet"
    " merge"
    " monitor move name nominate notify nurture offer open organise organize outline participate pass pay pick plan"
    " post"
    " prepare present preserve prevent prioritise prioritize produce promote propose protect provide publicise publish"
    " pursue put raise reach read record recruit reduce refer refine reflect reform release remove rename renew reopen"
    " replace report represent request require resolve respond restrict restructure retain review revise revisit rotate"
    " run schedule secure seek select send separate serve set shape share shift shorten show simplify sponsor stage"
    " start"
    " stop streamline strengthen structure study submit subscribe support survey sustain tackle take target teach test"
    " track train transform translate transmit try update upgrade upload use verify visit widen withdraw work write"
    " accelerate advertise answer apply approve award buy calculate campaign clear commit compare count"
    " debug"
    " declare demonstrate deploy display double endorse enforce halve install label legislate lend license localise"
    " lobby"
    " log lower measure mentor mirror moderate paint pilot plant print ratify redraft refuse regulate remind rent"
    " repair"
    " repeat rewrite sell ship sign speed subsidise supply switch tag trial undertake vote"
)
MENTAL = words(
    "say admit forget confess remember recall understand realise realize recognise recognize know see think"
    " acknowledge be bear"
    " believe wait thank mention note stress emphasise emphasize hear wonder appreciate respect face learn feel"
    " like care"
    " stick listen live look"
)
# What is said of things in general, and can never be ticked off.
VALUES = words(
    "free open transparent neutral safe secure respected respectful inclusive universal fair accountable democratic"
    " clear"
    " aware careful cautious patient proud honest able available possible no like human multistakeholder multi bottom"
    " decentralised end global here more very so too really about equal balanced technologically concerned happy"
    " considered seen understood said noted remembered in at on of true good bad"
)
# Verbs with which speakers announce their own speech.
SPEECH = (
    "(?:say|add|mention|make|speak|talk|begin|start|stop|finish|close|conclude|end|leave|read|refer|respond|reply"
    "|answer"
    r"|comment|thank|ask(?! (?:the|that|for|all|every|our|each)\b)|highlight|underline|emphasi[sz]e|stress|note"
    r"|point|draw|give|pass|turn|hand|move|introduce|keep"
    "|repeat|quote|pick|go|come|return|wrap|summari[sz]e|be|take|hear|reiterate|express|congratulate|welcome"
    "|remind"
    "|bring|raise|touch|present|report|explain|describe|tell|show|step|open|intervene|reflect|cite|admit|confess"
    "|know|call"
    "|share|limit|stay|elaborate|practice|apologi[sz]e|flag|recall|acknowledge)"
)
