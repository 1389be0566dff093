"""Looking for viruses: bytes are shown to a ClamAV daemon before anybody else may open them."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

from content_library.storage import StorageUnavailable
from content_library.storage.pieces import chunks_of
from content_library.uploads import UploadError

PORT = 3310
ANSWER_WITHIN = 120.0
"""Seconds: a large archive takes its time."""
_LONGEST_ANSWER = 4096


class Infected(UploadError):
    """The scanner knows what is in the file by name."""

    def __init__(self, virus: str) -> None:
        super().__init__(f"the file contains {virus}")
        self.virus = virus


class NotScanned(UploadError):
    """The scanner does not take this file: it is larger than its ``StreamMaxLength``."""

    def __init__(self, said: str) -> None:
        super().__init__(f"the file could not be looked through for viruses: {said}")


class ScannerUnavailable(StorageUnavailable):
    """The scanner does not answer. Whoever sends a file waits, as for a storage that is away."""


class Scanner:
    """A ClamAV daemon behind ``tcp://host:port`` or ``unix:///path``, asked by its INSTREAM command."""

    def __init__(self, address: str, *, answer_within: float = ANSWER_WITHIN) -> None:
        self.address = address
        self._answer_within = answer_within

    def check(self, source: bytes | BinaryIO) -> None:
        """Return if nothing was found. Raises ``Infected``, ``NotScanned`` and ``ScannerUnavailable``."""
        said = self._ask(source)
        name = said.removeprefix("stream: ")
        if name.endswith("OK"):
            return
        if name.endswith("FOUND"):
            raise Infected(name.removesuffix("FOUND").strip())
        if "size limit" in name:
            raise NotScanned(name)
        raise ScannerUnavailable(said or "the scanner hung up")

    def _ask(self, source: bytes | BinaryIO) -> str:
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            try:
                for chunk in filter(None, chunks_of(source)):
                    line.sendall(struct.pack(">I", len(chunk)) + chunk)
                line.sendall(struct.pack(">I", 0))
            except (BrokenPipeError, ConnectionResetError):
                # Past its limit the daemon says so and hangs up while we still send.
                pass
            answer = b""
            while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
                more = line.recv(_LONGEST_ANSWER)
                if not more:
                    break
                answer += more
        return answer.rstrip(b"\0").decode(errors="replace").strip()

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        parts = urlsplit(self.address)
        try:
            if parts.scheme == "unix":
                line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            else:
                line = socket.create_connection((parts.hostname or "", parts.port or PORT), timeout=5)
            with line:
                line.settimeout(self._answer_within)
                if parts.scheme == "unix":
                    line.connect(parts.path)
                yield line
        except OSError as error:
            raise ScannerUnavailable(f"{self.address}: {error}") from error
