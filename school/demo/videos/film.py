"""Frames into a video file: drawn one after another and handed to ffmpeg as they come."""

import contextlib
import io
import math
import subprocess
import tempfile
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import imageio_ffmpeg
from PIL import Image

from school.demo.videos.board import HEIGHT, WIDTH, Board

RATE = 12
"""Frames a second: enough for slow diagrams, and few enough to be drawn at set-up."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said between two moments, in seconds."""

    start: float
    end: float
    words: str


@dataclass(frozen=True, slots=True)
class Film:
    """A drawn video. ``state`` says what is to be seen at a second; equal states are one drawing."""

    name: str
    seconds: float
    state: Callable[[float], Hashable]
    paint: Callable[[Board, Any], None]
    captions: tuple[Caption, ...]
    poster_at: float


@dataclass(frozen=True, slots=True)
class Recording:
    """The files of a video."""

    video: bytes
    """MP4, H.264, no sound."""
    poster: bytes
    """JPEG."""
    subtitles: bytes
    """WebVTT."""


class FilmFailed(Exception):
    """ffmpeg could not make the file; the text is what it said."""


def record(film: Film) -> Recording:
    """Draw the film and encode it. Raises `FilmFailed`."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        target = Path(folder) / "film.mp4"
        if _encode(film, target, said):
            said.seek(0)
            raise FilmFailed(said.read().decode(errors="replace"))
        video = target.read_bytes()
    return Recording(video, _jpeg(_drawn(film, film.poster_at)), subtitles(film.captions))


def _encode(film: Film, target: Path, said: BinaryIO) -> int:
    """Hand the frames to ffmpeg one by one (together they would fill half a gigabyte); its exit code."""
    # When ffmpeg ends early the pipe breaks; what matters then is what it said.
    with (
        subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            _command(target), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as process,
        contextlib.suppress(BrokenPipeError),
        cast("BinaryIO", process.stdin) as pipe,
    ):
        for frame in _frames(film):
            pipe.write(frame)
    return process.returncode


def subtitles(captions: tuple[Caption, ...]) -> bytes:
    """The captions as a WebVTT file."""
    cues = [f"{_moment(one.start)} --> {_moment(one.end)}\n{one.words}\n" for one in captions]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def eased(now: float, start: float, end: float) -> float:
    """How far a movement between two moments has come, 0 to 1, beginning and ending gently."""
    share = min(1.0, max(0.0, (now - start) / (end - start)))
    return round((1 - math.cos(math.pi * share)) / 2, 4)


def _drawn(film: Film, moment: float) -> Image.Image:
    board = Board()
    film.paint(board, film.state(moment))
    return board.frame()


def _frames(film: Film) -> Iterator[bytes]:
    last: Hashable = None
    raw = b""
    for number in range(round(film.seconds * RATE)):
        state = film.state(number / RATE)
        if not raw or state != last:
            raw, last = _drawn(film, number / RATE).tobytes(), state
        yield raw


def _command(target: Path) -> list[str]:
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-hide_banner", "-loglevel", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "pipe:0"),
        *("-c:v", "libx264", "-preset", "veryfast", "-tune", "animation", "-crf", "27", "-pix_fmt", "yuv420p"),
        *("-threads", "2", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4", str(target)),
    ]


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _moment(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02d}:{rest:06.3f}"
