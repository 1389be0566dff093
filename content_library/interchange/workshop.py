"""Reading files of strangers at arm's length: in a process of its own, which is replaced when a file has killed it."""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from content_library.interchange import codec
from content_library.interchange.found import Found
from content_library.interchange.reasons import Refused, Why

PATIENCE = 120
"""Seconds by the clock that one file may take, whatever it does with them."""
_LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes: the thickest schoolbook has a fifth of it in letters; pictures do not go this way."""
_CHUNK = 1024 * 1024


class Workshop:
    """A context in which files are read one after another. Not for several threads at once."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, path: Path, folder: Path) -> Found:
        """The findings of a file; its pictures lie in ``folder`` afterwards. Raises ``Refused``."""
        process = self._process or self._begin()
        request = json.dumps({"path": str(path.absolute()), "folder": str(folder.absolute())}) + "\n"
        try:
            assert process.stdin is not None  # noqa: S101 - a pipe was asked for
            process.stdin.write(request.encode())
            process.stdin.flush()
            text = self._answer(process)
        except (BrokenPipeError, ConnectionResetError):
            self._end()
            raise Refused(Why.READER_FAILED, error="pipe") from None
        problem = codec.refusal_in(text)
        if problem is not None:
            if problem.why is Why.TOO_HUNGRY:
                self._end()  # its memory is in pieces
            raise problem
        try:
            return codec.load(text)
        except ValueError as error:
            raise Refused(Why.READER_FAILED, error=type(error).__name__) from error

    def _answer(self, process: subprocess.Popen[bytes]) -> str:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        pipe, made, until = process.stdout.fileno(), bytearray(), time.monotonic() + self._patience
        while not made.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                self._end()
                raise Refused(Why.TOO_SLOW, seconds=str(int(self._patience)))
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                raise self._died()
            made += chunk
            if len(made) > _LONGEST_ANSWER:
                self._end()
                raise Refused(Why.TOO_LARGE, limit=str(_LONGEST_ANSWER // 1024 // 1024))
        return made.decode()

    def _died(self) -> Refused:
        """What the end of the reading process means."""
        code = self._end()
        if code == -24:
            return Refused(Why.TOO_SLOW, seconds=str(codec.SECONDS))
        return Refused(Why.TOO_HUNGRY if code in {-9, -6, -7} else Why.READER_FAILED, error=str(code))

    def _begin(self) -> subprocess.Popen[bytes]:
        root = Path(__file__).parents[2]
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "content_library.interchange.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={**kept, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},  # none of the school's secrets
            close_fds=True,
        )
        return self._process

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            code = process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return code
