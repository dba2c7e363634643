"""What guards every request and answer: hosts, sizes, cookies, forged forms, redirects, headers (ASVS 5.0, OWASP)."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from tracker import upload_limits
from tracker.config import Config
from tracker.web.app import access_table, context, safety_log

LOCALHOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
NUL = "\0"
PORT = re.compile(r":\d+\Z")
YEAR = 365 * 24 * 3600
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: C0 but for tab, line feed and carriage return, and delete: one byte each in UTF-8
CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
#: C1, in UTF-8
CONTROL_PAIRS = re.compile(rb"\xc2[\x80-\x9f]")
#: code points that are no characters, in UTF-8
NO_CHARACTERS = re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])|[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]")
#: all bytes but those that such code points begin with, which few pages hold
OTHER_BYTES = bytes({*range(0x100)} - {0xEF, *range(0xF0, 0xF5)})
#: browsers drop some of these from an address, and read the rest in ways of their own
STRANGE_IN_PATH = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
LONGEST_PATH = 2000
csrf = CSRFProtect()


def trusted_hosts(config: Config) -> frozenset[str]:
    """Return the names this installation answers to: that of BASE_URL, else only this machine."""
    host = urlsplit(config.base_url or "").hostname
    if host is None:
        return LOCALHOSTS
    if ":" in host:
        return frozenset({f"[{host}]"})  # IPv6, as a Host header writes it
    return frozenset({host})


def refuse_foreign_host() -> None:
    """Answer under our own names only (Flask's TRUSTED_HOSTS, which would do it, cannot hold [::1])."""
    if PORT.sub("", request.host).lower() not in trusted_hosts(context.config()):
        abort(400)


def refuse_nul() -> None:
    """Refuse an address with a null character, which PostgreSQL takes in no value: no page of ours has one."""
    if NUL in request.path:
        abort(404)
    if any(NUL in text for pair in request.args.items(multi=True) for text in pair):
        abort(400)


def settings(config: Config) -> dict[str, Any]:
    """Return Flask's settings that guard something."""
    https = bool(config.base_url and config.base_url.startswith("https:"))
    cookie = "intersession"
    if https:
        cookie = f"__Host-{cookie}"  # browsers refuse this prefix unless the cookie is secure and for all of this host
    return {
        "SECRET_KEY": config.secret_key,
        "MAX_CONTENT_LENGTH": upload_limits.REQUEST,
        "MAX_FORM_MEMORY_SIZE": upload_limits.FORM_FIELDS,
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SEND_FILE_MAX_AGE_DEFAULT": YEAR,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session
        "WTF_CSRF_CHECK_DEFAULT": False,  # `refuse_forgery` checks, for all but what the access table exempts
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, which our own policy holds back on some pages
    }


def refuse_forgery() -> None:
    """Take an unsafe request only from our own page with its token; a signed token in the path needs neither."""
    if request.method in context.SAFE_METHODS or request.endpoint is None:
        return
    if access_table.TABLE.get(request.endpoint) is access_table.Access.TOKEN:
        return
    if not _from_own_page():
        safety_log.refused("form of another site")
        abort(400)
    csrf.protect()


def _from_own_page() -> bool:
    """Believe the browser's Sec-Fetch-Site, else its Origin ("null" where our policy holds it back)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.host


def own_path(path: str | None, otherwise: str = "/") -> str:
    """Return the path to redirect to if it can only mean a page of this installation, else the other path."""
    if not path or len(path) > LONGEST_PATH or STRANGE_IN_PATH.search(path):
        return otherwise
    if not path.startswith("/") or path.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(path)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc:
        return otherwise
    return path


def remove_control_signs(answer: Response) -> Response:
    """Remove from a page the characters that HTML has no place for.

    What people write is cleaned when it is stored; but a quote is cut from a transcript as it was imported, and a form
    shows what was typed.
    """
    if answer.mimetype == "text/html" and not answer.is_streamed and not answer.direct_passthrough:
        page = answer.get_data()
        clean = CONTROL_PAIRS.sub(b"", page.translate(None, CONTROL_BYTES))
        # A pattern without one first byte to look for takes a millisecond on a long list.
        if page.translate(None, OTHER_BYTES):
            clean = NO_CHARACTERS.sub(b"", clean)
        if clean != page:
            answer.set_data(clean)
    return answer


def add_headers(answer: Response) -> Response:
    """Put the protecting headers on an answer, whatever it is."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if request.endpoint == "static":
        answer.cache_control.immutable = "v" in request.args  # a changed file has another address
        return answer
    if access_table.TABLE.get(request.endpoint or "") is access_table.Access.TOKEN:
        answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.vary.add("Cookie")
    return answer


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def name_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put a file's fingerprint into its address, so that browsers may keep it for a year."""
    if endpoint == "static" and "filename" in values:
        path = Path(str(current_app.static_folder)) / values["filename"]
        if path.is_file():
            values["v"] = _fingerprint(path)


def static_address(name: str) -> str:
    """Return the address of a file of ours with its fingerprint, as `url_for` would in ten times as long."""
    return request.script_root + _static_path(name)


@cache
def _static_path(name: str) -> str:
    version = _fingerprint(Path(str(current_app.static_folder)) / name)
    return f"{current_app.static_url_path}/{name}?v={version}"


def register(app: Flask) -> None:
    """Guard the application."""
    config = app.extensions["config"]
    app.config.update(settings(config))
    if config.trusted_proxies:
        believed = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=0, x_host=0)
        app.wsgi_app = believed  # type: ignore[method-assign]
    csrf.init_app(app)
    # before it is compressed: of the functions after a request, the one registered last runs first
    app.after_request(remove_control_signs)
    app.before_request(refuse_foreign_host)
    app.before_request(refuse_nul)
    app.before_request(refuse_forgery)
    app.after_request(add_headers)
    app.url_defaults(name_version)
    app.jinja_env.globals["static_address"] = static_address
