"""PDF: shown as it is, page by page; only its title and the number of its pages are read."""

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from content_library.interchange.found import Found, Slides
from content_library.interchange.media import Media
from content_library.interchange.reasons import Refused, Why
from content_library.interchange.source import Source

_MOST_PAGES = 3000


class Pdf:
    """PDF slides."""

    format = "pdf"

    def recognises(self, source: Source) -> bool:
        """Its first bytes."""
        return source.head.startswith(b"%PDF-")

    def read(self, source: Source, media: Media) -> Found:
        """One presentation."""
        return read_pdf(source.data, source.stem, media)


def read_pdf(data: bytes, title: str, media: Media) -> Found:
    """A PDF as a presentation. Raises ``Refused``."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Why.ENCRYPTED)
        pages = len(reader.pages)
        about = reader.metadata
        said, author = (about.title or "", about.author or "") if about is not None else ("", "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise Refused(Why.UNREADABLE) from None
    if not pages:
        raise Refused(Why.NOTHING_FOUND)
    if pages > _MOST_PAGES:
        raise Refused(Why.TOO_MANY_PARTS, limit=str(_MOST_PAGES))
    slides = Slides(
        title=" ".join(str(said).split())[:300] or title, original=media.whole(data, "pdf"), author=str(author)[:200]
    )
    return Found("pdf", (slides,))
