"""nginx with deploy/nginx.conf itself: only ports, certificates and folders are those of this test."""

import http.client
import os
import socket
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests import machines
from tests.deploy.city import ROOT, Answer, City


class Nginx:
    """A running nginx before the city's first web server."""

    def __init__(self, program: Path, city: City) -> None:
        self.program = program
        self.folder = city.folder / "nginx"
        self.folder.mkdir()
        self.port = machines.free_port()
        make_certificate(self.folder)
        web, files = city.web[0].removeprefix("http://"), city.environment["S3_ENDPOINT"].removeprefix("http://")
        text = (ROOT / "deploy/nginx.conf").read_text()
        for old, new in (
            ("user www-data;", "user root;" if os.geteuid() == 0 else ""),
            ("/run/nginx.pid", str(self.folder / "pid")),
            ("/var/log/nginx", str(self.folder)),
            ("listen 80 ", f"listen 127.0.0.1:{machines.free_port()} "),
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
            ("/etc/school/tls", str(self.folder)),
            ("127.0.0.1:8001", web),
            ("127.0.0.1:9000", files),
            ("/srv/school/", f"{ROOT}/"),
        ):
            assert old in text, old
            text = text.replace(old, new)
        self.config = self.folder / "nginx.conf"
        self.config.write_text(text)

    def __enter__(self) -> Self:
        command = [self.program, "-p", self.folder, "-c", self.config]
        subprocess.run([*command, "-t", "-q"], check=True)
        self.process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        machines.wait_until(self._answers, "nginx did not start", 20)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(20)

    def get(self, host: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """As a browser that found ``host`` here."""
        trusting = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection = http.client.HTTPSConnection(host, timeout=30, context=trusting)
        connection.sock = trusting.wrap_socket(plain, server_hostname=host)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            try:
                connection.request(method, path, body, named)
            except (BrokenPipeError, ConnectionResetError):
                assert body, "only what is too large is cut off"
            answer = connection.getresponse()
            return Answer(answer.status, {n.lower(): value for n, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def _answers(self) -> bool:
        try:
            return self.get("school.example", "/healthz").status == 200
        except OSError:
            return False


def make_certificate(folder: Path) -> None:
    """For the two names of nginx.conf, signed by itself, for an hour."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "school.example")])
    names = x509.SubjectAlternativeName([x509.DNSName("school.example"), x509.DNSName("files.school.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, None)
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
