"""Places of a picture marked with numbers, so that they can be named in words: by ear, on paper and from the keyboard too."""

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

_MOST_PIXELS = 25_000_000
_WIDE = 900
"""Pixels: smaller pictures are made larger first, or the numbers would hide them."""
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def numbered(data: bytes, points: Sequence[tuple[float, float]], declared_width: float) -> bytes | None:
    """The picture as PNG with 1, 2, 3… at the points; None when it can't be opened.

    Points are counted in pixels of the size that the file declares, which need not be the picture's own.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                drawn = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    except Image.DecompressionBombWarning:
        return None
    scale = drawn.width / declared_width if declared_width > 0 else 1.0
    if drawn.width < _WIDE:
        scale *= _WIDE / drawn.width
        drawn = drawn.resize((_WIDE, max(1, round(drawn.height * _WIDE / drawn.width))), Image.Resampling.LANCZOS)
    radius = max(14, drawn.width // 48)
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default(radius * 1.4)
    for number, (x, y) in enumerate(points, 1):
        at = (x * scale, y * scale)
        pen.ellipse(
            (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), "white", "black", max(2, radius // 6)
        )
        pen.text(at, str(number), "black", font, anchor="mm")
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
