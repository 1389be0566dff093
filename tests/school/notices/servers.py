"""A push endpoint and a mail server of our own, on loopback: what a browser's maker and a mail provider would run."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.living import free_port


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(given: str) -> bytes:
    return base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))


@dataclass
class Browser:
    """The keys that a browser makes for a subscription; only it can read what is pushed."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": text(point), "auth": text(self.auth)}

    def read(self, body: bytes) -> dict[str, Any]:
        opened = http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
        made: dict[str, Any] = json.loads(opened)
        return made


@dataclass
class PushServer:
    """Takes pushes; ``answers`` says with which status, by path (201 else)."""

    server: ThreadingHTTPServer
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def claims(self, headers: dict[str, str]) -> tuple[dict[str, Any], str]:
        """What the sender signed, and its key; raises when the signature is not by that key (RFC 8292)."""
        scheme, rest = headers["Authorization"].split(" ", 1)
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        signed, signature = parts["t"].rsplit(".", 1)
        raw = data(signature)
        number = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(parts["k"]))
        key.verify(number, signed.encode(), ec.ECDSA(SHA256()))
        return json.loads(data(signed.split(".")[1])), parts["k"]


@contextmanager
def push_server() -> Iterator[PushServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.taken.append((self.path, dict(self.headers), body))
            self.send_response(made.answers.get(self.path, 201))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    made = PushServer(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join(5)


class Letters:
    """What a mail server took, as bytes; ``refuses`` are addresses that do not exist."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.refuses: set[str] = set()
        self.is_busy = False

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        if self.is_busy:
            return "451 later"
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[str, int, Letters]]:
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield "127.0.0.1", controller.port, letters
    finally:
        controller.stop()
