"""Where the servers that some tests need are found on this machine, if they are, and how a test runs its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psycopg
from sqlalchemy import Engine

from content_library.database import metadata

MINIO_USER, MINIO_PASSWORD = "school-tests", "a-secret-for-tests"


def find_minio() -> Path | None:
    """The MinIO server: named by MINIO_BIN, on the path, or where the Go tool puts it."""
    named = os.environ.get("MINIO_BIN")
    if named:
        return Path(named)
    found = shutil.which("minio") or shutil.which("minio", path=str(Path.home() / "go" / "bin"))
    return Path(found) if found else None


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs: the newest of Debian's, or wherever `initdb` is on the path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def find_redis() -> Path | None:
    """The Redis server."""
    found = shutil.which("redis-server")
    return Path(found) if found else None


def find_nginx() -> Path | None:
    """Debian's nginx. Not among what must be there: the application doesn't know of it."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return Path(found) if found else None


def find_chromium() -> Path | None:
    """Debian's Chromium, or Chrome."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    return Path(found) if found else None


FINDERS = {"PostgreSQL": find_postgres, "Redis": find_redis, "MinIO": find_minio, "Chromium": find_chromium}


def missing() -> list[str]:
    """The names of what this machine has not."""
    return [name for name, find in FINDERS.items() if find() is None]


@contextmanager
def running_postgres() -> Iterator[str]:
    """A PostgreSQL server on a socket in a folder of its own, without durability: for tests only."""
    programs = find_postgres()
    assert programs is not None, "ask find_postgres first"
    folder = Path(tempfile.mkdtemp(prefix="school-pg-"))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        [
            *as_postgres,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    options = (
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "listen_addresses=",
        "max_connections=60",
        "jit=off",
    )
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*as_postgres, programs / "postgres", "-D", data, "-k", folder, *(f"-c{one}" for one in options)],
            stdout=subprocess.DEVNULL,
            stderr=log,
            cwd=folder,
        )
    try:
        _wait_for_postgres(folder, server)
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_postgres(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start in 20 s")


@contextmanager
def running_redis() -> Iterator[str]:
    """A Redis server on a socket in a folder of its own; its address."""
    program = find_redis()
    assert program is not None, "ask find_redis first"
    folder = Path(tempfile.mkdtemp(prefix="school-redis-"))
    socket = folder / "redis.sock"
    server = subprocess.Popen(
        [program, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder], stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.05)
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_minio(folder: Path, port: int | None = None) -> Iterator[str]:
    """A MinIO server that keeps its data in ``folder``; its address. The account is ``MINIO_USER``."""
    binary = find_minio()
    assert binary is not None, "ask find_minio first"
    address = f"127.0.0.1:{port or free_port()}"
    account = {"MINIO_ROOT_USER": MINIO_USER, "MINIO_ROOT_PASSWORD": MINIO_PASSWORD, "HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binary, "server", "--address", address, "--quiet", folder / "data"],
            env={**os.environ, **account},
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://{address}/minio/health/ready", server, folder / "log")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_until(true: Callable[[], bool], why: str, seconds: float = 60) -> None:
    """Ask again and again until the answer is yes; fail with ``why`` when it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise RuntimeError(why)
        time.sleep(0.1)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Return once ``url`` is answered with 200; fail with the end of the log when the server ends or does not begin."""
    deadline = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} was not answered: {log.read_text(errors='replace')[-4000:]}")


def empty(engine: Engine, tables: Iterable[str]) -> None:
    """Delete the rows of those ``tables`` that are the project's, on PostgreSQL, whatever points at what."""
    names = sorted(set(tables) & set(metadata.tables))
    if not names:
        return
    with engine.connect().execution_options(unguarded=True) as connection, connection.begin():
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for name in names:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
