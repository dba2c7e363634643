"""Settings: read once from the environment; a bad one stops the start and is named."""

import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

#: the languages of the program's own text
LANGUAGES = ("en",)
MOST_PROXIES = 9
#: signs before the @ of the mailbox that takes replies: the secret after the plus needs the other forty
LONGEST_MAILBOX = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SchedulerMode = Literal["inline", "external"]


class ConfigError(Exception):
    """A setting cannot be used; the message names it and says what it must be."""


@dataclass(frozen=True)
class TokenPrices:
    """What a million tokens cost, sent and answered, in one currency."""

    sent: Decimal
    answered: Decimal
    currency: str

    def cost(self, sent: int, answered: int) -> Decimal:
        """Return what so many tokens cost."""
        return (self.sent * sent + self.answered * answered) / 1_000_000

    def __str__(self) -> str:
        return f"{self.sent} {self.answered} {self.currency}"

    @classmethod
    def parse(cls, value: str) -> "TokenPrices":
        """Read "0.15 0.60 USD"; raise ValueError for anything else."""
        sent, answered, currency = value.split()
        try:
            prices = (Decimal(sent), Decimal(answered))
        except InvalidOperation:
            raise ValueError(value) from None
        if not all(price.is_finite() and price >= 0 for price in prices) or not currency.isalpha():
            raise ValueError(value)
        return cls(*prices, currency)


@dataclass(frozen=True)
class AssistantServer:
    """The operator's own language model: where it is asked, as which model, with which key, at which prices."""

    #: what comes before /chat/completions, without a slash at the end
    url: str
    model: str
    #: left out of every print of the settings
    key: str | None = field(default=None, repr=False)
    prices: TokenPrices | None = None

    @property
    def host(self) -> str:
        """Return the host that words are sent to, with its port where it is a special one."""
        return urlsplit(self.url).netloc

    @property
    def host_name(self) -> str:
        """Return the host alone."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Config:
    """All settings of one installation (see docs/operators.md)."""

    var: Path
    database_url: str
    secret_key: str
    base_url: str | None
    host: str
    port: int | None
    smtp_url: str | None
    mail_from: str
    scheduler: SchedulerMode
    clock: datetime | None
    #: how many proxies in front of the server add their client's address to X-Forwarded-For
    trusted_proxies: int
    #: off until its address is set
    assistant: AssistantServer | None = None
    #: the mailbox that takes replies, as reply@example.org; mails cannot be answered by reply until it is set
    reply_to: str | None = None
    #: where replies are fetched from; its print would show a password
    imap_url: str | None = field(default=None, repr=False)
    #: what the server says goes into a file under `var`, not on the screen
    logs_to_file: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> "Config":
        """Read the settings; raise ConfigError with the name of the first bad one."""
        var = Path(environ.get("VAR_DIR") or root / "var")
        url = environ.get("DATABASE_URL") or f"sqlite:///{var / 'intersession.sqlite'}"
        return cls(
            var=var,
            database_url=_database(url),
            secret_key=environ.get("SECRET_KEY") or _kept_secret(var, url),
            base_url=_base_url(environ),
            host=environ.get("HOST") or "127.0.0.1",
            port=_port(environ),
            smtp_url=_relay(environ),
            mail_from=environ.get("MAIL_FROM") or "Intersession <intersession@localhost.localdomain>",
            scheduler=_mode(environ),
            clock=_moment(environ),
            trusted_proxies=_proxies(environ),
            assistant=_assistant(environ),
            reply_to=_reply_mailbox(environ),
            imap_url=_mailbox_server(environ),
            logs_to_file=environ.get("LOG") == "file",
        )


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    return url


def _kept_secret(var: Path, database_url: str) -> str:
    """Return the key made at the first start; with PostgreSQL it must be set, for several machines need one key."""
    if database_url.startswith("postgresql"):
        raise ConfigError("SECRET_KEY must be set when DATABASE_URL is PostgreSQL")
    path = var / "secret-key"
    if not path.exists():
        # Only this user may read addresses and hashes.
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), "ascii")
    return path.read_text("ascii").strip()


def _base_url(environ: Mapping[str, str]) -> str | None:
    value = environ.get("BASE_URL")
    if not value:
        return None
    parts = _parts(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"BASE_URL is {value!r}; it must be an address that begins with http or https://")
    return value.rstrip("/")


def _relay(environ: Mapping[str, str]) -> str | None:
    """Return the address of the mail relay; its error does not show the value, which may hold a password."""
    value = environ.get("SMTP_URL")
    if not value:
        return None
    parts = _parts(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _has_port(parts):
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:port or smtps://…")
    if parts.query not in ("", "starttls=yes", "starttls=no"):
        raise ConfigError("SMTP_URL may have only ?starttls=yes or ?starttls=no after the port")
    return value


def _reply_mailbox(environ: Mapping[str, str]) -> str | None:
    value = environ.get("REPLY_TO")
    if not value:
        return None
    local, at, domain = value.partition("@")
    # The secret that tells replies apart is put after a plus sign.
    is_plain = bool(local and at and domain and value.isascii()) and not set(value) & set('+<> ,;"')
    if not is_plain or len(local) > LONGEST_MAILBOX:
        raise ConfigError(
            f"REPLY_TO is {value!r}; it must be an address such as reply@example.org, at most {LONGEST_MAILBOX} signs "
            "before the @, without a plus sign"
        )
    return value


def _mailbox_server(environ: Mapping[str, str]) -> str | None:
    """Return the address of the IMAP mailbox; its error does not show the value, which holds a password."""
    value = environ.get("IMAP_URL")
    if not value:
        return None
    parts = _parts(value)
    if parts.scheme not in ("imap", "imaps") or not (parts.hostname and parts.username) or not _has_port(parts):
        raise ConfigError("IMAP_URL must look like imaps://user:password@host:port/INBOX")
    if parts.scheme == "imap" and parts.hostname not in LOOPBACK:
        raise ConfigError("IMAP_URL must begin with imaps:// unless the server is on this machine")
    if not environ.get("REPLY_TO"):
        raise ConfigError("IMAP_URL needs REPLY_TO, the address whose mail is fetched there")
    return value


def _parts(url: str) -> SplitResult:
    """Take an address apart; what is none, as `http://[::1`, has no parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _has_port(parts: SplitResult) -> bool:
    """Tell whether the port is valid or left out."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _port(environ: Mapping[str, str]) -> int | None:
    value = environ.get("PORT")
    if not value:
        return None
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ConfigError(f"PORT is {value!r}; it must be a number from 1 to 65535")
    return int(value)


def _proxies(environ: Mapping[str, str]) -> int:
    value = environ.get("TRUSTED_PROXIES") or "0"
    if not (value.isascii() and value.isdecimal() and int(value) <= MOST_PROXIES):
        raise ConfigError(f"TRUSTED_PROXIES is {value!r}; it must be a number from 0 to {MOST_PROXIES}")
    return int(value)


def _mode(environ: Mapping[str, str]) -> SchedulerMode:
    match environ.get("SCHEDULER") or "inline":
        case "inline":
            return "inline"
        case "external":
            return "external"
        case value:
            raise ConfigError(f"SCHEDULER is {value!r}; it must be inline or external")


def _moment(environ: Mapping[str, str]) -> datetime | None:
    value = environ.get("CLOCK")
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ConfigError(f"CLOCK is {value!r}; it must look like 2012-11-12T09:00+01:00") from None
    if moment.tzinfo is None:
        raise ConfigError(f"CLOCK is {value!r}; it must have a UTC offset, as in 2012-11-12T09:00+01:00")
    return moment


def is_this_machine(host: str) -> bool:
    """Tell whether a host is a loopback address or its name, so that what is sent to it leaves no machine."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


def _assistant(environ: Mapping[str, str]) -> AssistantServer | None:
    url = environ.get("ASSISTANT_URL")
    if not url:
        return None
    model = environ.get("ASSISTANT_MODEL")
    if not model:
        raise ConfigError("ASSISTANT_MODEL must name the model to be asked when ASSISTANT_URL is set")
    return AssistantServer(_assistant_url(url), model, _assistant_key(environ), _token_prices(environ))


def _assistant_url(url: str) -> str:
    """Return the address without a slash at its end; its errors do not show it, for it may hold a password."""
    parts = _parts(url)
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not is_plain or parts.scheme not in ("http", "https") or not parts.hostname or not _has_port(parts):
        raise ConfigError("ASSISTANT_URL must look like https://host/v1, or http://localhost:port/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigError("ASSISTANT_URL must end with its path, as in /v1; put the key into ASSISTANT_KEY")
    # A transcript and the key would cross the network for anybody to read.
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise ConfigError("ASSISTANT_URL must begin with https:// unless the server is on this machine")
    return url.rstrip("/")


def _assistant_key(environ: Mapping[str, str]) -> str | None:
    """Return the key; its error does not show it."""
    key = environ.get("ASSISTANT_KEY")
    if not key:
        return None
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigError("ASSISTANT_KEY must be letters, digits and signs without a blank")
    return key


def _token_prices(environ: Mapping[str, str]) -> TokenPrices | None:
    value = environ.get("ASSISTANT_PRICES")
    if not value:
        return None
    try:
        return TokenPrices.parse(value)
    except ValueError:
        raise ConfigError(
            f"ASSISTANT_PRICES is {value!r}; it must be the price of a million tokens sent, of a million answered,"
            " and a currency, as in 0.15 0.60 USD"
        ) from None
