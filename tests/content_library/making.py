"""Files made on the spot for tests."""

import io
import subprocess
import zipfile
from pathlib import Path

import imageio_ffmpeg
from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def film(path: Path, *options: str, size: str = "320x240", seconds: int = 2, sound: bool = True) -> Path:
    """A film of coloured bars with a tone."""
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if sound else []
    subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"testsrc=size={size}:rate=10:duration={seconds}"),
            *tone,
            *options,
            str(path),
        ],
        check=True,
        timeout=60,
    )
    return path


def mark_turned(source: Path, target: Path) -> None:
    """The same film with a note that it is to be shown turned by a quarter."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", "-display_rotation", "90"]
    subprocess.run([*command, "-i", str(source), "-c", "copy", str(target)], check=True, timeout=60)
