"""Settings: nothing need be set, and a bad one is named."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.config import AssistantServer, Config, ConfigError


def config(root: Path, **environ: str) -> Config:
    return Config.from_environment(environ, root)


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    made = config(tmp_path)
    assert made.database_url == f"sqlite:///{tmp_path / 'var' / 'intersession.sqlite'}"
    assert (made.host, made.port, made.scheduler) == ("127.0.0.1", None, "inline")
    assert (made.base_url, made.smtp_url, made.clock, made.trusted_proxies) == (None, None, None, 0)


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "BASE_URL",
        "HOST",
        "PORT",
        "SMTP_URL",
        "SCHEDULER",
        "CLOCK",
        "TRUSTED_PROXIES",
        "ASSISTANT_URL",
        "ASSISTANT_MODEL",
        "ASSISTANT_KEY",
        "ASSISTANT_PRICES",
    ],
)
def test_an_empty_setting_is_an_unset_one(tmp_path: Path, name: str) -> None:
    assert config(tmp_path, SECRET_KEY="k", **{name: ""}) == config(tmp_path, SECRET_KEY="k")


def test_the_key_is_made_once_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    first = config(tmp_path).secret_key
    assert len(first) == 64
    assert config(tmp_path).secret_key == first
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_postgresql_wants_a_key_that_all_processes_share(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        config(tmp_path, DATABASE_URL="postgresql+psycopg://db/x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/x"),
        ("DATABASE_URL", "postgresql://db/x"),
        ("BASE_URL", "followup.example.org"),
        ("BASE_URL", "ftp://followup.example.org"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("SMTP_URL", "relay.example.org:25"),
        ("SMTP_URL", "smtp://relay.example.org:99999"),
        ("SMTP_URL", "smtp://relay.example.org?starttls=never"),
        ("SMTP_URL", "smtp://relay.example.org?starttls=yes&starttls=no"),
        ("SMTP_URL", "smtp://relay.example.org?startls=no"),
        ("SMTP_URL", "smtps://relay.example.org?starttls"),
        ("SCHEDULER", "cron"),
        ("TRUSTED_PROXIES", "yes"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "10"),
        ("TRUSTED_PROXIES", "²"),
        ("CLOCK", "yesterday"),
        ("REPLY_TO", "reply"),
        ("REPLY_TO", "reply+x@example.org"),
        ("REPLY_TO", "a-name-that-is-far-too-long@example.org"),
        ("REPLY_TO", "Reply <reply@example.org>"),
        ("IMAP_URL", "mail.example.org"),
        ("IMAP_URL", "imaps://mail.example.org/INBOX"),
        ("IMAP_URL", "imap://ana:pw@mail.example.org"),
        ("IMAP_URL", "imaps://ana:pw@mail.example.org"),
        ("CLOCK", "2012-11-12T09:00"),
        ("ASSISTANT_URL", "ftp://localhost/v1"),
        ("ASSISTANT_URL", "localhost:11434/v1"),
        ("ASSISTANT_URL", "http://[::1/v1"),
        ("BASE_URL", "http://[::1"),
        ("SMTP_URL", "smtp://[::1"),
        ("ASSISTANT_URL", "http://localhost:99999/v1"),
        ("ASSISTANT_URL", "http://models.example.org/v1"),
        ("ASSISTANT_URL", "http://10.0.0.7:11434/v1"),
        ("ASSISTANT_URL", "https://ana@models.example.org/v1"),
        ("ASSISTANT_URL", "https://models.example.org/v1?key=1"),
        ("ASSISTANT_URL", "https://models.example.org/v1 \r\nX-Header: 1"),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name} "):
        config(tmp_path, **{"ASSISTANT_MODEL": "small", name: value})


LOCAL = "http://localhost:11434/v1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_MODEL", ""),
        ("ASSISTANT_KEY", "sk-1\r\nX-Header: 1"),
        ("ASSISTANT_KEY", "sk 1"),
        ("ASSISTANT_PRICES", "0.15"),
        ("ASSISTANT_PRICES", "0.15 0.60"),
        ("ASSISTANT_PRICES", "0.15 -1 USD"),
        ("ASSISTANT_PRICES", "0.15 NaN USD"),
        ("ASSISTANT_PRICES", "cheap dear USD"),
    ],
)
def test_a_bad_setting_of_the_assistant_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name} "):
        config(tmp_path, **{"ASSISTANT_URL": LOCAL, "ASSISTANT_MODEL": "small", name: value})


@pytest.mark.parametrize("url", [LOCAL, "http://127.0.0.1:1/v1/", "http://[::1]:1", "https://models.example.org/v1"])
def test_the_assistant_is_off_until_its_address_is_set(tmp_path: Path, url: str) -> None:
    assert config(tmp_path, ASSISTANT_MODEL="small", ASSISTANT_KEY="sk-1").assistant is None
    server = config(tmp_path, ASSISTANT_URL=url, ASSISTANT_MODEL="small").assistant
    assert server == AssistantServer(url.rstrip("/"), "small")


def test_the_key_of_the_assistant_is_in_no_print_of_the_settings(tmp_path: Path) -> None:
    made = config(tmp_path, ASSISTANT_URL=LOCAL, ASSISTANT_MODEL="small", ASSISTANT_KEY="sk-secret")
    assert made.assistant is not None
    assert made.assistant.key == "sk-secret"
    assert "sk-secret" not in repr(made) + str(made)


@pytest.mark.parametrize("name", ["ASSISTANT_URL", "ASSISTANT_KEY"])
def test_a_secret_of_the_assistant_is_not_printed_with_a_bad_setting(tmp_path: Path, name: str) -> None:
    environ = {"ASSISTANT_URL": LOCAL, "ASSISTANT_MODEL": "small", name: "https://ana:secret@x/v1 \n"}
    with pytest.raises(ConfigError, match=name) as refused:
        config(tmp_path, **environ)
    assert "secret" not in str(refused.value)


def test_tokens_cost_what_a_million_of_each_kind_costs(tmp_path: Path) -> None:
    made = config(tmp_path, ASSISTANT_URL=LOCAL, ASSISTANT_MODEL="small", ASSISTANT_PRICES="0.15 0.60 USD")
    assert made.assistant is not None
    assert made.assistant.prices is not None
    assert made.assistant.prices.cost(2_000_000, 500_000) == Decimal("0.60")


@pytest.mark.parametrize("url", ["smpt://ana:secret@x", "smtp://ana:secret@x?starttls=if", "smtp://ana:secret@x:y"])
def test_a_password_is_not_printed_with_a_bad_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError) as refused:
        config(tmp_path, SMTP_URL=url)
    assert "secret" not in str(refused.value)


def test_the_clock_keeps_its_offset(tmp_path: Path) -> None:
    believed = config(tmp_path, CLOCK="2012-11-12T09:00+01:00").clock
    assert believed is not None
    assert believed.astimezone(UTC) == datetime(2012, 11, 12, 8, tzinfo=UTC)


def test_links_do_not_end_in_two_slashes(tmp_path: Path) -> None:
    assert config(tmp_path, BASE_URL="https://followup.example.org/").base_url == "https://followup.example.org"
