"""Mira's mailbox."""

import pytest
from flask import Flask

from tests.web.answers.mailbox import MailBox
from tests.web.shelf import Shelf


@pytest.fixture
def mailbox(app: Flask, shelf: Shelf) -> MailBox:
    """The mailbox of Mira, member of the Library Board."""
    return MailBox(app, shelf)
