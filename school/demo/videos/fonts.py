"""The typeface of the teaching videos: Golos Text as the front end brings it, in one file for each script."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path(__file__).parents[3]
_GOLOS = (
    ROOT / "frontend/node_modules/@fontsource-variable/golos-text/files",
    ROOT / "school/static/build",
)
_SYSTEM = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"),
)


class NoTypeface(Exception):
    """No typeface with Russian letters is on this machine: the front end has not been built yet."""


def _find(script: str) -> Path:
    for folder in _GOLOS:
        for path in sorted(folder.glob(f"**/golos-text-{script}-wght-normal*.woff2")):
            return path
    for path in _SYSTEM:
        if path.is_file():
            return path
    raise NoTypeface("build the front end first (make install): its typeface is used for the demo's videos")


@cache
def typeface(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The face for ``cyrillic`` or ``latin`` letters; digits and signs are with the Latin ones."""
    face = ImageFont.truetype(_find(script), size)
    if face.path and str(face.path).endswith(".woff2"):
        face.set_variation_by_axes([weight])
    return face


def runs(text: str) -> list[tuple[str, str]]:
    """The text in pieces of one script each."""
    pieces: list[tuple[str, str]] = []
    for letter in text:
        script = "cyrillic" if "\u0400" <= letter <= "\u04ff" else "latin"
        if pieces and (pieces[-1][0] == script or letter == " "):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((script, letter))
    return pieces
