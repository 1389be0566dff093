"""Pictures made smaller: thumbnails for cards, and photographs without the data that cameras hide in them."""

import io
import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
"""A phone takes 12 to 50 million; a small file that unfolds into more is a bomb."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


class BadPicture(Exception):
    """The bytes can't be opened as a picture, or unfold into too many pixels."""


def shrunk(source: bytes | Path | BinaryIO, longest: int, *, quality: int = 82) -> bytes:
    """The picture as a JPEG whose longer side has at most ``longest`` pixels, turned upright.

    Nothing but the pixels is kept: a photograph of homework does not tell where the pupil lives. Transparent parts
    become white. Raises ``BadPicture``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadPicture(f"{picture.width} × {picture.height} pixels are too many")
                # Lets a large JPEG be decoded at a fraction of its size at once.
                picture.draft("RGB", (longest * 2, longest * 2))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
                return _as_jpeg(upright, quality)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPicture(str(error)) from error
    except Image.DecompressionBombWarning as error:
        raise BadPicture(str(error)) from error


LOOK_SIDE = 16


def look(source: bytes) -> str:
    """A fingerprint by sight, 64 hexadecimal digits: where each of 16 x 16 fields is brighter than its right neighbour.

    The same shot smaller or packed anew differs in few of the 256 bits. Raises ``BadPicture``.
    """
    try:
        with Image.open(io.BytesIO(source), formats=_FORMATS) as picture:
            grey = picture.convert("L").resize((LOOK_SIDE + 1, LOOK_SIDE), Image.Resampling.BOX).tobytes()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadPicture(str(error)) from error
    row = LOOK_SIDE + 1
    bits = [grey[y * row + x] > grey[y * row + x + 1] + 1 for y in range(LOOK_SIDE) for x in range(LOOK_SIDE)]
    return f"{int(''.join('01'[bit] for bit in bits), 2):064x}"


def thumbnails(source: bytes | Path, sides: tuple[int, ...] = (320, 960)) -> dict[int, bytes]:
    """JPEGs for each longest side; a picture is never made larger. Raises ``BadPicture``."""
    return {side: shrunk(source, side) for side in sides}


def contrast(source: bytes | Path) -> float:
    """How far the lightest of a picture is from its darkest, as WCAG reckons contrast: 1 is one colour, 21 black on white.

    The outermost hundredth on both sides is not looked at: a frame or a speck makes nothing readable. Raises ``BadPicture``.
    """
    with Image.open(io.BytesIO(shrunk(source, 400))) as small:
        counts = small.convert("L").histogram()
    spare = sum(counts) / 100
    dark, light = _beyond(counts, range(256), spare), _beyond(counts, range(255, -1, -1), spare)
    return round((_luminance(light) + 0.05) / (_luminance(dark) + 0.05), 2)


def _beyond(counts: list[int], order: range, spare: float) -> int:
    passed = 0
    for shade in order:
        passed += counts[shade]
        if passed > spare:
            return shade
    return order[-1]


def _luminance(shade: int) -> float:
    part = shade / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    # Pillow would write the old metadata of a picture that carries any.
    flat.info.clear()
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
