"""Settings, read once from the environment into one typed object; a wrong one stops the start with a plain sentence."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from flask import current_app

T = TypeVar("T")


class BadSettings(SystemExit):
    """The environment can't be used; ``problems`` says which variables, why, and what to write instead.

    A ``SystemExit``: whatever starts the program (flask, granian, the worker) ends with these sentences and no traceback.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The school can't start with these settings:\n  " + "\n  ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Where the S3-compatible object storage is; absent, files live in ``DATA_DIR``."""

    endpoint: str
    public_endpoint: str
    """The address browsers reach it by (presigned links); often the same."""
    bucket: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes our letters; absent, nobody gets any."""

    host: str
    port: int
    is_tls: bool
    """TLS from the first byte (``smtps://``); else STARTTLS where the server offers it."""
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


PUSH_SERVERS = (
    "fcm.googleapis.com",
    "*.push.apple.com",
    "updates.push.services.mozilla.com",
    "*.notify.windows.com",
)
"""Where browsers of the big makers take messages. An address comes from a browser, so only known servers are ever called."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program is told from outside."""

    data_dir: Path
    """The one folder that holds all data of the embedded mode."""
    database_url: str
    secret_key: str = field(repr=False)
    """Signs cookies and links; made and kept in ``DATA_DIR`` when the environment has none."""
    port: int = 8000
    host: str = "127.0.0.1"
    https: bool = False
    """Whether browsers reach the site by HTTPS: cookies become ``Secure`` and HSTS is sent."""
    pool_size: int = 4
    """Database connections a process keeps; equal to its threads."""
    redis_url: str | None = None
    s3: S3Settings | None = None
    trusted_proxies: int = 0
    """Reverse proxies in front, whose ``X-Forwarded-*`` are believed."""
    record_key_file: Path | None = None
    """The Ed25519 key that signs the day's root; outside ``DATA_DIR`` in production."""
    log_format: str = "text"
    clamd: str | None = None
    """The ClamAV daemon that looks through sent files, as ``tcp://host:port`` or ``unix:///path``; absent, nobody does."""
    sandbox_url: str | None = None
    """Where interactive packages run, ``*`` for one label: ``https://*.packages.school.example``. Never the site's own host."""
    quiet_minutes: int = 10
    """Minutes between a mark and its release to the family, for undoing slips."""
    site_url: str = ""
    """How people reach the site, for links in letters; empty: ``http://HOST:PORT``."""
    mail: MailSettings | None = None
    push_key_file: Path | None = None
    """The P-256 key that signs web pushes (VAPID); made in ``DATA_DIR`` when absent. A new one ends all subscriptions."""
    push_contact: str = "mailto:admin@localhost"
    """Whom the owners of push servers may write to."""
    push_servers: tuple[str, ...] = PUSH_SERVERS
    """Hosts (``*.`` for any below), or an ``http://`` origin for rehearsals."""
    clock: datetime | None = None
    """For rehearsals: the school's clock runs on from this moment. Never in production."""

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.database_url.startswith("sqlite")


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check the whole environment; raises ``BadSettings`` naming every problem at once."""
    env = os.environ if env is None else env
    problems: list[str] = []
    data_dir = Path(env.get("DATA_DIR") or "data").absolute()
    made = Settings(
        data_dir=data_dir,
        database_url=_read(env, "DATABASE_URL", f"sqlite:///{data_dir / 'school.sqlite3'}", database_url, problems),
        secret_key=env.get("SECRET_KEY", ""),
        port=_read(env, "PORT", 8000, _number(1, 65535), problems),
        host=env.get("HOST", "127.0.0.1"),
        https=_read(env, "HTTPS", False, _yes_no, problems),
        pool_size=_read(env, "POOL_SIZE", 4, _number(1, 64), problems),
        redis_url=_read(env, "REDIS_URL", None, _redis_url, problems),
        s3=_s3(env, problems),
        trusted_proxies=_read(env, "TRUSTED_PROXIES", 0, _number(0, 5), problems),
        record_key_file=_read(env, "RECORD_KEY_FILE", None, Path, problems),
        log_format=_read(env, "LOG_FORMAT", "text", _one_of("text", "json"), problems),
        clamd=_read(env, "CLAMD", None, _clamd, problems),
        sandbox_url=_read(env, "SANDBOX_URL", None, _sandbox_url, problems),
        quiet_minutes=_read(env, "QUIET_MINUTES", 10, _number(0, 240), problems),
        site_url=_read(env, "SITE_URL", "", _site_url, problems),
        mail=_mail(env, problems),
        push_key_file=_read(env, "PUSH_KEY_FILE", None, Path, problems),
        push_contact=_read(env, "PUSH_CONTACT", "mailto:admin@localhost", _contact, problems),
        push_servers=_read(env, "PUSH_SERVERS", PUSH_SERVERS, _push_servers, problems),
        clock=_read(env, "CLOCK", None, _moment, problems),
    )
    if env.get("SECRET_KEY") is not None and len(made.secret_key) < 32:
        problems.append("SECRET_KEY is shorter than 32 characters: make one with `openssl rand -hex 32`")
    if problems:
        raise BadSettings(problems)
    if made.secret_key:
        return made
    return Settings(**{**{name: getattr(made, name) for name in made.__slots__}, "secret_key": _kept_secret(data_dir)})


def current_settings() -> Settings:
    """The settings of the running application, for code that knows no request."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def _read(env: Mapping[str, str], name: str, default: T, parse: Callable[[str], T], problems: list[str]) -> T:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as why:
        problems.append(f"{name}={text!r}: {why}")
        return default


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed")
        return int(text)

    return parse


def _yes_no(text: str) -> bool:
    if text.lower() not in {"1", "0", "yes", "no", "true", "false"}:
        raise ValueError("yes or no is needed")
    return text.lower() in {"1", "yes", "true"}


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)} is needed")
        return text

    return parse


def _moment(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment with its zone is needed, as 2026-11-24T10:40+03:00")
    return moment


def database_url(text: str) -> str:
    """The address of a database with its driver; raises ``ValueError``."""
    if text.startswith("postgres://"):
        text = text.replace("postgres://", "postgresql://", 1)
    if text.startswith("postgresql://"):
        text = text.replace("postgresql://", "postgresql+psycopg://", 1)
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME is needed")
    return text


def _redis_url(text: str) -> str | None:
    if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("redis://HOST:PORT/NUMBER is needed")
    return text


def _clamd(text: str) -> str | None:
    parts = urlsplit(text)
    if not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
        raise ValueError("tcp://HOST:PORT or unix:///PATH is needed")
    return text


def _sandbox_url(text: str) -> str | None:
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.hostname.count("*") > 1:
        raise ValueError("https://*.HOST is needed, another host than the site's")
    return text.rstrip("/")


def _site_url(text: str) -> str:
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ValueError("https://HOST is needed")
    return text.rstrip("/")


def _contact(text: str) -> str:
    if not text.startswith(("mailto:", "https://")):
        raise ValueError("mailto:ADDRESS or https://PAGE is needed")
    return text


def _push_servers(text: str) -> tuple[str, ...]:
    hosts = tuple(one.strip().lower() for one in text.split(",") if one.strip())
    if not hosts or any("/" in one.removeprefix("http://") for one in hosts):
        raise ValueError("hosts with commas between them are needed")
    return hosts


def _mail(env: Mapping[str, str], problems: list[str]) -> MailSettings | None:
    text, sender = env.get("SMTP_URL", "").strip(), env.get("MAIL_FROM", "").strip()
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        problems.append("SMTP_URL: smtp://USER:PASSWORD@HOST:PORT or smtps://… is needed")
        return None
    if "@" not in sender:
        problems.append("SMTP_URL is set, so MAIL_FROM must be an address too")
    is_tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailSettings(parts.hostname, parts.port or (465 if is_tls else 587), is_tls, user, password, sender)


def _s3(env: Mapping[str, str], problems: list[str]) -> S3Settings | None:
    endpoint = env.get("S3_ENDPOINT", "").rstrip("/")
    if not endpoint:
        return None
    missing = [name for name in ("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY") if not env.get(name)]
    if missing:
        problems.append(f"S3_ENDPOINT is set, so {', '.join(missing)} must be set too")
    if urlsplit(endpoint).scheme not in {"http", "https"}:
        problems.append(f"S3_ENDPOINT={endpoint!r}: http://HOST:PORT or https://HOST is needed")
    return S3Settings(
        endpoint=endpoint,
        public_endpoint=env.get("S3_PUBLIC_ENDPOINT", endpoint).rstrip("/"),
        bucket=env.get("S3_BUCKET", ""),
        region=env.get("S3_REGION", "us-east-1"),
        access_key=env.get("S3_ACCESS_KEY", ""),
        secret_key=env.get("S3_SECRET_KEY", ""),
    )


def _kept_secret(data_dir: Path) -> str:
    """The secret of this data folder, made once and readable by its owner only."""
    path, aside = data_dir / "secret_key", data_dir / f"secret_key.{os.getpid()}"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Written aside and linked, so that processes that start at once agree on one whole secret.
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            with suppress(FileExistsError):
                os.link(aside, path)
            aside.unlink()
        return path.read_text().strip()
    except OSError as why:
        raise BadSettings([f"DATA_DIR={str(data_dir)!r}: nothing can be kept there ({why.strerror})"]) from why
