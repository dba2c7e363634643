"""What is left of a reply: its author's own words, whatever their program quotes and how."""

import pytest

from tracker.inbound.reply_text import reply_text

MARKED = "##--## Reply above this line\nNo. 14 Find a room\n"


@pytest.mark.parametrize(
    "quoted",
    [
        f"\n\nOn Mon, 12 Nov 2012 at 08:00, IGF <x@example.org> wrote:\n> {MARKED}> more\n",
        f"\n\nLe lun. 12 nov. 2012 à 08:00, IGF <x@example.org> a écrit :\n\n> {MARKED}",
        f"\n\n12.11.2012 08:00, IGF <x@example.org> пишет:\n> {MARKED}",
        f"\n\nIGF <x@example.org> 于2012年11月12日周一 08:00写道：\n> {MARKED}",
        f"\n\nFrom: IGF <x@example.org>\nSent: Monday, 12 November\nTo: Ana\nSubject: IGF: 2 overdue\n\n{MARKED}",
        f"\n\nVon: IGF\nGesendet: Montag\nAn: Ana\nBetreff: 2 überfällig\n\n{MARKED}",
        f"\n\n-----Original Message-----\nFrom: IGF\nSent: Monday\nTo: Ana\n\n{MARKED}",
        f"\n-- \nAna Silva\nGeneva\n\n{MARKED}",
        "\n\nSent from my iPhone\n\n> On 12 Nov 2012, at 08:00, IGF <x@example.org> wrote:\n> \n> text\n",
        f"\r\n\r\n> {MARKED}".replace("\n", "\r\n"),
    ],
)
@pytest.mark.parametrize("own", ["done", "14 done\nWe sent it.\n\n9 waiting: secretariat", "готово", "完成"])
def test_the_words_above_the_quote_are_kept(own: str, quoted: str) -> None:
    assert reply_text(own + quoted) == own


@pytest.mark.parametrize("text", ["", "\n\n", MARKED, f"> {MARKED}", "-- \nAna"])
def test_where_nothing_was_written_nothing_is_left(text: str) -> None:
    assert reply_text(text) == ""


def test_commands_are_not_taken_for_headers() -> None:
    commands = "waiting: secretariat\ndue: 14 March\npass to: Ben Ng"
    assert reply_text(f"{commands}\n{MARKED}") == commands
