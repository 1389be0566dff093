"""The city's shape by hand on loopback: PostgreSQL, Redis, MinIO, two granian servers and a worker, as docs/deploy.md starts them."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests import machines

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
A_TUESDAY = "2026-11-24T10:40+03:00"


@dataclass(frozen=True)
class Answer:
    """What a browser got."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class Person:
    """A browser with cookies, that follows nothing by itself."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay)

    def get(self, path: str, **headers: str) -> Answer:
        return self.send(Request(self._url(path), headers=_headers(headers)))

    def post(self, path: str, form: dict[str, Any], **headers: str) -> Answer:
        return self.send(Request(self._url(path), urlencode(form, doseq=True).encode(), _headers(headers)))

    def put(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return self.send(Request(self._url(path), body, headers, method="PUT"))

    def send(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, _lower(answer.headers), answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers), error.read())

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else self.address + path


def _headers(names: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in names.items()}


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@dataclass
class Postgres:
    """A PostgreSQL server that can be stopped and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def make(self) -> "Postgres":
        programs = machines.find_postgres()
        assert programs is not None
        self.folder.mkdir(mode=0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        subprocess.run(
            [*as_postgres(), programs / "initdb", "-D", self.folder / "data", "-U", "school", "--auth=trust",
             "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip
        return self.start()

    def start(self) -> "Postgres":
        programs = machines.find_postgres()
        assert programs is not None
        options = ("fsync=off", "listen_addresses=127.0.0.1", f"port={self.port}", "max_connections=60")
        self.process = subprocess.Popen(
            [*as_postgres(), programs / "postgres", "-D", self.folder / "data", "-k", self.folder,
             *(f"-c{one}" for one in options)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip
        machines.wait_until(self._answers, "PostgreSQL did not start")
        return self

    def stop(self) -> None:
        """As an administrator does it: fast, clients are sent away."""
        programs = machines.find_postgres()
        assert programs is not None
        stopping = [programs / "pg_ctl", "stop", "-m", "fast", "-D", self.folder / "data"]
        if self.process is not None and self.process.poll() is None:
            subprocess.run([*as_postgres(), *stopping], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)
            self.process.wait(20)

    def make_database(self, name: str) -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type, unused-ignore]
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://school@127.0.0.1:{self.port}/{name}"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def as_postgres() -> list[str]:
    """Root may not run PostgreSQL's programs; anybody else may only be himself."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@dataclass
class City:
    """All of it. ``folder`` must be one that the account postgres can walk through."""

    folder: Path
    stack: ExitStack = field(default_factory=ExitStack)
    environment: dict[str, str] = field(default_factory=dict)
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    web: list[str] = field(default_factory=list)

    def start(self, origin: str | None = None) -> "City":
        """The servers, then what ``school-prepare.service`` does, the demo school, two web servers and a worker."""
        self.postgres = Postgres(self.folder / "postgres", machines.free_port()).make()
        self.stack.callback(self.postgres.stop)
        redis = self.stack.enter_context(machines.running_redis())
        (self.folder / "minio").mkdir()
        minio = self.stack.enter_context(machines.running_minio(self.folder / "minio"))
        key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / "record_key.pem").write_bytes(key)
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": self.postgres.make_database("school"),
            "SECRET_KEY": secrets.token_hex(32),
            "REDIS_URL": redis,
            "POOL_SIZE": "2",
            "S3_ENDPOINT": minio,
            "S3_PUBLIC_ENDPOINT": minio,
            "S3_BUCKET": "school",
            "S3_ACCESS_KEY": machines.MINIO_USER,
            "S3_SECRET_KEY": machines.MINIO_PASSWORD,
            "LOG_FORMAT": "json",
            "TRUSTED_PROXIES": "1",
            "CLOCK": A_TUESDAY,
        }
        self.flask("db", "upgrade")
        self.flask("files", "prepare")
        self.accounts = {one["role"]: one for one in json.loads(self.flask("demo", "--json"))}
        for _ in range(2):
            self._start_web(machines.free_port())
        self._serve("worker", str(BIN / "flask"), "--app", "wsgi", "worker", RECORD_KEY_FILE=self.record_key)
        log = self.folder / "worker.log"
        machines.wait_until(lambda: "is ready" in log.read_text(), "the worker does not start")
        return self

    @property
    def record_key(self) -> str:
        return str(self.folder / "record_key.pem")

    def _start_web(self, port: int) -> None:
        server = self._serve(
            f"web-{port}", str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers", "--no-ws", "wsgi:app",
        )  # fmt: skip
        machines.wait_for(f"http://127.0.0.1:{port}/readyz", server, self.folder / f"web-{port}.log")
        self.web.append(f"http://127.0.0.1:{port}")

    def _serve(self, name: str, *command: str, **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, env={**self.environment, **more}, stdout=log, stderr=log)
        self.servers.append(server)
        return server

    def flask(self, *words: str, **more: str) -> str:
        """A command as an administrator runs it; its output."""
        return self.run(str(BIN / "flask"), "--app", "wsgi", *words, **more)

    def run(self, *command: str, **more: str) -> str:
        """Any command in the school's environment; fails with what it said."""
        done = self.tried(*command, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def tried(self, *command: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """The same, for commands that ought to fail."""
        env = {**self.environment, **more}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=300)

    def begin(self, *command: str, **more: str) -> "subprocess.Popen[str]":
        """A command beside others."""
        env = {**self.environment, **more}
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def person(self, role: str, which: int = 0) -> Person:
        """Somebody of the demo school, signed in by the form at one of the web servers."""
        who = Person(self.web[which])
        answer = sign_in(who, self.accounts[role]["login"], self.accounts[role]["password"])
        assert answer.status == 303, answer.text
        return who

    def log(self) -> str:
        """What all servers wrote."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def stop(self) -> list[int]:
        """End everything as systemd does; the exit statuses of web and worker."""
        for server in self.servers:
            server.terminate()
        statuses = [server.wait(30) for server in self.servers]
        self.stack.close()
        return statuses


def sign_in(who: Person, login: str, password: str, **headers: str) -> Answer:
    """Open the form, fill it in, send it."""
    return who.post("/sign-in", {"login": login, "password": password, "csrf_token": csrf(who, "/sign-in")}, **headers)


def csrf(who: Person, path: str) -> str:
    """The token of a page."""
    return who.get(path).text.split('name="csrf-token" content="', 1)[1].split('"', 1)[0]
