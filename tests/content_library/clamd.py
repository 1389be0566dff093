"""A daemon that speaks ClamAV's INSTREAM: it knows one virus and has a limit, and tells what it was shown."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

VIRUS = b"X5O!P%@AP-not-a-virus-but-called-one"


@dataclass
class Daemon:
    address: str
    shown: list[bytes] = field(default_factory=list)


@contextmanager
def clamd(limit: int = 20_000_000) -> Iterator[Daemon]:
    """A daemon on a port of its own."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            body = b""
            while length := struct.unpack(">I", self.rfile.read(4))[0]:
                body += self.rfile.read(length)
                if len(body) > limit:
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            daemon.shown.append(body)
            self.wfile.write(b"stream: Test-Signature FOUND\0" if VIRUS in body else b"stream: OK\0")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        daemon = Daemon(f"tcp://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield daemon
        server.shutdown()
