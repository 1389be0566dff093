"""Pages of a PDF as pictures and words, made in a process of its own: a PDF of a stranger is read at arm's length.

Run as a program it takes a path and a folder, writes ``1.jpg``, ``2.jpg``… and ``pages.json`` there, and dies rather than take more than its share.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

WIDTH = 1000
"""Pixels: read on a phone by zooming, on a panel as it is."""
WIDTH_OF_SLIDE = 1920
"""Of a page that is broader than high: those fill a panel."""
MOST_PAGES = 800
LONGEST_TEXT = 20_000
"""Letters of one page."""
PATIENCE = 600
_MEMORY = 1536 * 1024 * 1024
_SECONDS = 300
_MOST_HIGH = 4000
_QUALITY = 75


class BadPdf(Exception):
    """The bytes can't be opened as a PDF, are locked, or take more than they may."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was made."""

    number: int
    picture: Path
    text: str


def make_pages(source: Path, folder: Path) -> list[Page]:
    """Draw and read every page; the pictures lie in ``folder``. Raises ``BadPdf``."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and paths that we made
            [sys.executable, "-m", "content_library.pdf_pages", str(source.absolute()), str(folder.absolute())],
            cwd=Path(__file__).parents[1],
            env=kept,  # none of the school's secrets
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
        found = json.loads((folder / "pages.json").read_text("utf-8")) if not done.returncode else None
    except (subprocess.TimeoutExpired, OSError, ValueError):
        found = None
    if not found:
        raise BadPdf(source.name)
    return [Page(number, folder / f"{number}.jpg", text) for number, text in enumerate(found, 1)]


def _draw(source: Path, folder: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(source) as document:
        for number in range(1, min(len(document), MOST_PAGES) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            scale = min((WIDTH if height >= width else WIDTH_OF_SLIDE) / max(width, 1), _MOST_HIGH / max(height, 1))
            picture = page.render(scale=scale).to_pil().convert("RGB")
            picture.save(folder / f"{number}.jpg", "JPEG", quality=_QUALITY, optimize=True)
            words = page.get_textpage().get_text_bounded()[:LONGEST_TEXT]
            yield words.replace("\r\n", "\n").replace("\ufffe", "").replace("\0", "")


def main(source: str, folder: str) -> None:
    """Draw the pages, or end with an error."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    texts = list(_draw(Path(source), Path(folder)))
    (Path(folder) / "pages.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
