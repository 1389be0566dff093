"""A real server of the school for journeys: its own process, data folder and database, the demo school inside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
PASSWORD = "demo-school"
A_TUESDAY = datetime.fromisoformat("2026-11-24T10:40+03:00")
"""In the third lesson of a school day, so that journeys see the same school whenever they run."""

PATIENCE = 240
"""Seconds for the first start, which builds the demo school: much, for machines that do other things too."""


@dataclass
class School:
    """A school that runs: start, kill and start again on the same data."""

    folder: Path
    database_url: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def clock(self) -> str:
        """The hour in this school, for the setting ``CLOCK``: it goes on while the server is away."""
        return (A_TUESDAY + timedelta(seconds=time.monotonic() - self.began)).isoformat()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "School":
        """Start the server; the first time it builds the demo school."""
        self.port = self.port or free_port()
        env = {
            **os.environ,
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "CLOCK": self.clock,
            **self.environment,
        }
        if self.database_url:
            env["DATABASE_URL"] = self.database_url
        flask = Path(sys.executable).parent / "flask"
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [flask, "--app", "wsgi", "run-school"], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        give_up = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < give_up:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=2)
            except OSError:
                time.sleep(0.15)
            else:
                return self
        if self.process.poll() is None:
            self.kill()
        raise RuntimeError((self.folder / "server.log").read_text()[-4000:])

    def kill(self) -> None:
        """kill -9: no farewell, no flush."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> int:
        """As Ctrl-C does; the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
