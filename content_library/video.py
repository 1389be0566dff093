"""Video made fit for any phone: one rendition that starts at once, and a poster. Work for a job, not for a request."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_PICTURE = re.compile(r"Stream #0.*: Video: .*?(\d{2,5})x(\d{2,5})")
_SOUND = re.compile(r"Stream #0.*: Audio: ")
_ROTATION = re.compile(r"rotation of (-?\d+)")

LONGEST_SECONDS = 4 * 3600
"""A lesson of four hours is a mistake or an attack."""


class BadVideo(Exception):
    """The file can't be read as a video."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a video file says about itself."""

    seconds: float
    width: int
    """Pixels, as shown: a video filmed upright is narrow."""
    height: int
    has_sound: bool


def facts_of(source: Path) -> VideoFacts:
    """Length and size of a video. Raises ``BadVideo``."""
    # Asked for no output ffmpeg tells what it sees and ends with an error; there is no ffprobe in the package.
    said = _run(["-i", str(source)], seconds=60, may_fail=True)
    duration, picture = _DURATION.search(said), _PICTURE.search(said)
    if not duration or not picture:
        raise BadVideo(said.strip().splitlines()[-1] if said.strip() else "no video in the file")
    hours, minutes, seconds = duration.groups()
    width, height = int(picture[1]), int(picture[2])
    rotation = _ROTATION.search(said)
    if rotation and int(rotation[1]) % 180:
        width, height = height, width
    length = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    if length > LONGEST_SECONDS:
        raise BadVideo(f"{length:.0f} seconds are too long")
    return VideoFacts(length, width, height, bool(_SOUND.search(said)))


def make_rendition(source: Path, target: Path, *, height: int = 480) -> VideoFacts:
    """Write an MP4 (H.264, AAC) of at most ``height`` pixels that plays before it is loaded whole.

    Nothing but picture and sound is kept. Takes about as long as the video lasts, or less. Raises ``BadVideo``.
    """
    facts = facts_of(source)
    _run(
        [
            *("-i", str(source)),
            *("-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1"),
            *("-vf", f"scale=-2:'min({height},trunc(ih/2)*2)':flags=bicubic,format=yuv420p"),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-maxrate", "1200k", "-bufsize", "2400k"),
            *("-c:a", "aac", "-b:a", "96k", "-ac", "2"),
            *("-movflags", "+faststart", "-threads", "2", "-f", "mp4", str(target)),
        ],
        seconds=int(600 + 4 * facts.seconds),
    )
    return facts_of(target)


def make_poster(source: Path, target: Path, *, height: int = 480) -> None:
    """Write a JPEG of a telling frame from the first tenth of the video. Raises ``BadVideo``."""
    facts = facts_of(source)
    _run(
        [
            *("-ss", f"{min(facts.seconds / 10, 10):.2f}", "-i", str(source)),
            *("-map", "0:v:0", "-vf", f"thumbnail=24,scale=-2:'min({height},trunc(ih/2)*2)'"),
            *("-frames:v", "1", "-q:v", "4", "-update", "1", "-f", "image2", str(target)),
        ],
        seconds=120,
    )
    if not target.is_file() or not target.stat().st_size:
        raise BadVideo("no frame could be taken")


def _run(arguments: list[str], *, seconds: int, may_fail: bool = False) -> str:
    # Only files may be opened: a playlist in disguise must not make the server fetch addresses.
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", "-protocol_whitelist", "file"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments never pass a shell
            [*command, *arguments], capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadVideo(f"not done in {seconds} seconds") from None
    said = done.stderr.decode(errors="replace")
    if done.returncode and not may_fail:
        raise BadVideo(said.strip()[-500:])
    return said
