"""Browsers in which an account has signed in before: what others guess elsewhere does not slow them down.

The cookie signs nobody in. It is a device cookie after OWASP ("Slow down online guessing attacks with device cookies").
"""

import secrets
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from tracker.people import sign_in_throttle
from tracker.people.sign_in_throttle import Counters
from tracker.web.app import context

#: how long a browser is remembered after its last sign-in
LIFE = timedelta(days=180)


def guesses(email: str) -> Counters:
    """Return how guesses at the password of an account are counted, from this browser."""
    device = _device_of(email)
    if device is None:
        return sign_in_throttle.guesses("password", email, request.remote_addr)
    return sign_in_throttle.guesses_of_device(device)


def remember(answer: Response, email: str) -> None:
    """Let this browser be known as one of that account."""
    config = current_app.config
    answer.set_cookie(
        _name(email),
        _signer().dumps([sign_in_throttle.account_key("password", email), secrets.token_urlsafe(16)]),
        max_age=LIFE,
        httponly=True,
        secure=config["SESSION_COOKIE_SECURE"],
        samesite=config["SESSION_COOKIE_SAMESITE"],
    )


def _device_of(email: str) -> str | None:
    """Return what the browser is called, if that account has signed in with it."""
    try:
        account, device = _signer().loads(request.cookies.get(_name(email), ""), max_age=round(LIFE.total_seconds()))
    except BadSignature:
        return None
    if account != sign_in_throttle.account_key("password", email):
        return None
    return str(device)


def _name(email: str) -> str:
    """Return the cookie's name: of several people at one browser each has their own."""
    account = sign_in_throttle.account_key("password", email).rpartition(":")[2]
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device-{account[:12]}"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.config().secret_key, salt="known device")
