"""The Ed25519 key that signs heads and city days. In production its file lies outside ``DATA_DIR``, readable by the sealer only."""

import logging
import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from flask import current_app

from school.core.config import Settings

log = logging.getLogger(__name__)


class NoRecordKey(Exception):
    """The key that must sign the record can't be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the name its signatures bear."""

    private: Ed25519PrivateKey
    public: bytes
    id: str

    def sign(self, statement: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(statement)


def key_id(public: bytes) -> str:
    """The name of a public key: the beginning of its hash."""
    return sha256(public).hexdigest()[:32]


def signing_key() -> SigningKey:
    """The key of this application: ``RECORD_KEY_FILE``, or one made in ``DATA_DIR``; raises ``NoRecordKey``."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.record_key_file is not None:
        return _read(settings.record_key_file)
    path = settings.data_dir / "record_key.pem"
    if not path.exists():
        _make(path)
    return _read(path)


def is_signed_by(public: bytes, signature: bytes, statement: bytes) -> bool:
    """Whether this key signed this statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _read(path: Path) -> SigningKey:
    try:
        private = load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError as why:
        raise NoRecordKey(
            f"RECORD_KEY_FILE={path} is not there; make it with `openssl genpkey -algorithm ed25519`"
        ) from why
    except (OSError, ValueError, TypeError) as why:
        raise NoRecordKey(f"{path} is no readable private key without a password: {why}") from why
    if not isinstance(private, Ed25519PrivateKey):
        raise NoRecordKey(f"{path} is a private key, but not of Ed25519")
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(private, public, key_id(public))


def _make(path: Path) -> None:
    made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked, so that two processes that start at once agree on one whole key.
    aside = path.with_suffix(f".{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink()
    log.warning("made a key for the record beside the data (%s): in production set RECORD_KEY_FILE elsewhere", path)
