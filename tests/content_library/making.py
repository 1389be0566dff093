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


def film(
    path: Path, *options: str, size: str = "320x240", seconds: int = 2, rate: int = 10, sound: bool = True
) -> Path:
    """A film of coloured bars with a tone."""
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if sound else []
    subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration={seconds}"),
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


def pdf(*texts: str, size: tuple[int, int] = (400, 200)) -> bytes:
    """A PDF with a line of Latin letters on each page."""
    width, height = size
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts)))
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(texts)}/MediaBox[0 0 {width} {height}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, text in enumerate(texts):
        line = f"BT /F 18 Tf 20 {height // 2} Td ({text}) Tj ET"
        parts.append(f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>")
        parts.append(f"<</Length {len(line)}>>stream\n{line}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(parts) + 1}/Root 1 0 R>>\n"
    return out + end.encode() + f"startxref\n{len(out)}\n%%EOF".encode()
