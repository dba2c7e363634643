"""A relay in trouble: slow, failing for now, refusing for good, and cutting the line, by a seeded chance."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.mail.relays import Answer, Inbox

#: of a hundred commands: how many are answered so; None cuts the line
SENDER: dict[Answer, int] = {"451 4.3.0 not now": 1}
RECIPIENT: dict[Answer, int] = {"450 4.2.2 mailbox full": 3, "421 4.7.0 too many": 1, None: 2}
DATA: dict[Answer, int] = {"452 4.3.1 no room": 2, None: 2}
SLOWEST = 0.01
#: one address in so many does not exist
REFUSED_ONE_IN = 50


@dataclass
class Trouble:
    """What goes wrong; `calm` is a relay that is only slow."""

    chance: random.Random
    is_calm: bool = False
    #: lines cut after a message was taken: nobody can know whether it was
    cuts: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def inbox(self) -> Inbox:
        """Return an inbox that behaves so."""
        return Inbox(sender=self._sender, recipient=self._recipient, data=self._data)

    def refuses(self, address: str) -> bool:
        """Tell whether there is no such mailbox."""
        return not self.is_calm and int(address.strip("r").partition("@")[0]) % REFUSED_ONE_IN == REFUSED_ONE_IN - 1

    def _sender(self, _address: str) -> Answer:
        return self._answer(SENDER)

    def _recipient(self, address: str) -> Answer:
        # Half of the time is spent between the commands of a message, so that kills fall there too.
        time.sleep(self.chance.uniform(0, SLOWEST))
        if self.refuses(address):
            return "550 5.1.1 no such user"
        return self._answer(RECIPIENT)

    def _data(self, _address: str) -> Answer:
        time.sleep(self.chance.uniform(0, SLOWEST))
        answer = self._answer(DATA)
        if answer is None:
            self.cuts += 1
        return answer

    def _answer(self, troubles: dict[Answer, int]) -> Answer:
        answer: Answer = "250 OK"
        drawn = self.chance.randrange(100)
        for trouble, share in troubles.items():
            if 0 <= drawn < share and not self.is_calm:
                answer = trouble
            drawn -= share
        self.answers[answer or "line cut"] += 1
        return answer
