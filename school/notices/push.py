"""Web push: what is sent to a browser's push server, encrypted for the browser alone (RFC 8291) and signed by us (RFC 8292)."""

import base64
import binascii
import http.client
import json
import os
import ssl
from collections.abc import Sequence
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from school.core import clock
from school.core.config import Settings

SECONDS = 10.0
KEEPS_CALM = timedelta(hours=12)
"""How long a push server keeps a message for a device that is off: news of yesterday's evening need not wake anybody."""
KEEPS_URGENT = timedelta(hours=2)
SIGNED_FOR = timedelta(hours=12)
GONE = {404, 410}


class Answer(Enum):
    """What the push server said."""

    TAKEN = "taken"
    GONE = "gone"
    """The browser has ended its subscription."""
    AGAIN = "again"
    """Not now: it is away, busy, or doesn't like something that may be mended."""


def is_push_server(endpoint: str, servers: Sequence[str]) -> bool:
    """Whether an address a browser gave is one of ``PUSH_SERVERS``: nothing else is ever asked for, least of all our own network."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.username or parts.password:
        return False
    if parts.scheme == "http":
        return f"http://{parts.netloc.lower()}" in servers
    if parts.scheme != "https" or port not in {None, 443}:
        return False
    return any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in servers)


def is_key(p256dh: str, auth: str) -> bool:
    """Whether these are a point of P-256 and sixteen bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        return len(_bytes(auth)) == 16
    except (ValueError, binascii.Error):
        return False


def public_key(settings: Settings) -> str:
    """What a browser must be shown to subscribe, base64url."""
    point = _vapid(_key_file(settings)).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def push(
    settings: Settings, endpoint: str, p256dh: str, auth: str, message: dict[str, Any], *, topic: str, urgent: bool
) -> Answer:
    """Hand a message to the browser's push server. ``topic``: a later one of the same replaces it while the device is off."""
    body = http_ece.encrypt(
        json.dumps(message, ensure_ascii=False).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(p256dh),
        auth_secret=_bytes(auth),
        version="aes128gcm",
    )
    parts = urlsplit(endpoint)
    expires = int((clock.now() + SIGNED_FOR).timestamp())
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires, "sub": settings.push_contact}
    headers = {
        **_vapid(_key_file(settings)).sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int((KEEPS_URGENT if urgent else KEEPS_CALM).total_seconds())),
        "Urgency": "high" if urgent else "normal",
        "Topic": topic,
    }
    status = _post(endpoint, body, headers)
    if status in GONE:
        return Answer.GONE
    return Answer.TAKEN if 200 <= status < 300 else Answer.AGAIN


def _post(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; 0 when there was none. No redirect is followed."""
    parts = urlsplit(endpoint)
    host = parts.netloc
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, timeout=SECONDS, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, timeout=SECONDS)
    try:
        connection.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", body, headers)
        answer = connection.getresponse()
        answer.read(1000)
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _key_file(settings: Settings) -> Path:
    if settings.push_key_file is not None:
        return settings.push_key_file
    path = settings.data_dir / "push_key.pem"
    if not path.exists():
        _make(path)
    return path


@cache
def _vapid(path: Path) -> Vapid02:
    return Vapid02.from_file(str(path))


def _make(path: Path) -> None:
    made = Vapid02()
    made.generate_keys()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked, so that two processes that start at once agree on one whole key.
    aside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made.private_pem())
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink()
