"""Documents by what they are, wherever they lie: PDF, PPTX, DOCX."""

from content_library.interchange.found import Found
from content_library.interchange.media import Media
from content_library.interchange.readers.docx import read_docx
from content_library.interchange.readers.pdf import read_pdf
from content_library.interchange.readers.pptx import read_pptx
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive


def document_of_part(archive: Archive, part: str, media: Media, title: str) -> Found:
    """A document of a package. Raises ``Refused``."""
    data = archive.read(part)
    called = title or part.rpartition("/")[2].rpartition(".")[0]
    read = {"pdf": read_pdf, "pptx": read_pptx, "docx": read_docx}.get(part.rpartition(".")[2].lower())
    if read is None or not data:
        raise Refused(Why.EMPTY if not data else Why.UNKNOWN_FORMAT, Place(part=part))
    return read(data, called, media)
