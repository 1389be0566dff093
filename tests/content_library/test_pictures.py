"""Smaller pictures, with nothing hidden in them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from content_library import BadPicture, pictures
from tests.content_library.making import picture


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize(
    ("kind", "size", "longest", "expected"),
    [
        ("JPEG", (4000, 3000), 1000, (1000, 750)),
        ("PNG", (300, 600), 100, (50, 100)),
        ("WEBP", (50, 40), 100, (50, 40)),
        ("GIF", (500, 1), 100, (100, 1)),
    ],
)
def test_longest_side(kind: str, size: tuple[int, int], longest: int, expected: tuple[int, int]) -> None:
    small = opened(pictures.shrunk(picture(kind, size), longest))
    assert (small.format, small.size) == ("JPEG", expected)


def test_photo_is_turned_upright_and_tells_no_place() -> None:
    photo, exif = Image.new("RGB", (200, 100), "white"), Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif)
    small = opened(pictures.shrunk(out.getvalue(), 100))
    assert small.size == (50, 100)
    assert not small.getexif()
    assert b"A camera" not in pictures.shrunk(out.getvalue(), 100)


def test_transparent_parts_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(pictures.shrunk(out.getvalue(), 10)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_any_mode_of_colour(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (10, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(pictures.shrunk(out.getvalue(), 5)).mode == "RGB"


def test_thumbnails() -> None:
    made = pictures.thumbnails(picture("JPEG", (2000, 1000)))
    assert {side: opened(body).size for side, body in made.items()} == {320: (320, 160), 960: (960, 480)}


def _bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a picture",
        picture("JPEG", (400, 300))[:300],
        picture("TIFF"),
        _bomb(8000, 8000),
        _bomb(12000, 12000),
        _bomb(60000, 60000),
    ],
)
def test_bad_pictures(body: bytes) -> None:
    with pytest.raises(BadPicture):
        pictures.shrunk(body, 100)
