"""Video made fit for any phone and line: renditions that start at once, and a poster. Work for a job, not for a request."""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from content_library.renditions import PIECE_SECONDS, NotInPieces, Rendition, rendition_of

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_PICTURE = re.compile(r"Stream #0.*: Video: .*?(\d{2,5})x(\d{2,5})")
_SOUND = re.compile(r"Stream #0.*: Audio: ")
_ROTATION = re.compile(r"rotation of (-?\d+)")

LONGEST_SECONDS = 4 * 3600
"""A lesson of four hours is a mistake or an attack."""

LADDER = (720, 480, 240)
"""Heights of renditions, pixels."""
BITS = {720: 2800, 480: 1200, 240: 400}
"""Kilobits a second that a rendition may need at most."""


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


def heights_for(height: int) -> tuple[int, ...]:
    """The renditions of a film of this height, the smallest first; none is larger than the film."""
    even = max(height - height % 2, 2)
    large, middle, small = LADDER
    if height >= large * 0.9:
        return middle, min(large, even)
    return (small, min(middle, even)) if even > small else (even,)


def make_renditions(
    source: Path, folder: Path, tell: Callable[[int], None] = lambda _percent: None
) -> list[tuple[Path, Rendition]]:
    """Write MP4 files (H.264, AAC) into ``folder``, one for each of ``heights_for``, the smallest first.

    Nothing but picture and sound is kept. Takes about as long as the film lasts; ``tell`` hears now and then how many
    percent are done. Raises ``BadVideo``.
    """
    facts = facts_of(source)
    heights = heights_for(facts.height)
    copies = "".join(f"[c{n}]" for n in range(len(heights)))
    graph = [f"[0:v:0]split={len(heights)}{copies}"]
    graph += [f"[c{n}]scale=-2:{height}:flags=bicubic,format=yuv420p[v{n}]" for n, height in enumerate(heights)]
    command = ["-i", str(source), "-filter_complex", ";".join(graph)]
    paths = [folder / f"{height}.mp4" for height in heights]
    for n, (height, path) in enumerate(zip(heights, paths, strict=True)):
        command += _output(n, BITS[min(LADDER, key=lambda one: abs(one - height))], path)
    _run_telling(command, facts.seconds, tell)
    made = [(path, facts_of(path)) for path in paths]
    try:
        return [(path, rendition_of(path, seen.width, seen.height)) for path, seen in made]
    except NotInPieces as error:
        raise BadVideo(str(error)) from error


def _output(n: int, bits: int, path: Path) -> list[str]:
    every = f"expr:gte(t,n_forced*{PIECE_SECONDS})"
    return [
        *("-map", f"[v{n}]", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "25"),
        *("-maxrate", f"{bits}k", "-bufsize", f"{2 * bits}k"),
        # All renditions are cut at the same moments and nowhere else, so that a player may change between them.
        *("-sc_threshold", "0", "-g", "100000", "-force_key_frames", every),
        *("-c:a", "aac", "-b:a", "96k", "-ac", "2", "-ar", "44100"),
        *("-movflags", "+frag_keyframe+empty_moov+default_base_moof+global_sidx+negative_cts_offsets"),
        *("-threads", "2", "-f", "mp4", str(path)),
    ]


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
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments never pass a shell
            [*_program(), *arguments], capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadVideo(f"not done in {seconds} seconds") from None
    said = done.stderr.decode(errors="replace")
    if done.returncode and not may_fail:
        raise BadVideo(said.strip()[-500:])
    return said


def _run_telling(arguments: list[str], seconds: float, tell: Callable[[int], None]) -> None:
    """The same for long work: ffmpeg says each half second how far it is, by whichever rendition wrote last; none goes back."""
    give_up = time.monotonic() + 600 + 8 * seconds
    done = 0
    command = [*_program(), "-nostats", "-progress", "pipe:1", *arguments]
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(  # noqa: S603 - a fixed program, arguments never pass a shell
            command, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as running:
            try:
                for line in running.stdout or ():
                    if time.monotonic() > give_up:
                        raise BadVideo("not done in time")
                    name, _, value = line.strip().partition("=")
                    if name == "out_time_us" and value.isdigit():
                        done = max(done, min(99, int(int(value) / 10_000 / max(seconds, 0.1))))
                        tell(done)
            except BaseException:
                running.kill()
                raise
        if running.returncode:
            complaints.seek(0)
            raise BadVideo(complaints.read().decode(errors="replace").strip()[-500:])


def _program() -> list[str]:
    # Only files may be opened: a playlist in disguise must not make the server fetch addresses.
    return [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", "-protocol_whitelist", "file"]
