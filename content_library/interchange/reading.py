"""Which reader takes a file, and what becomes of a file that none takes."""

from pathlib import Path

from content_library.interchange.found import Found, Test
from content_library.interchange.media import Media
from content_library.interchange.readers.aiken import Aiken
from content_library.interchange.readers.cartridge import Cartridge
from content_library.interchange.readers.cmi5 import Cmi5
from content_library.interchange.readers.contract import Reader
from content_library.interchange.readers.docx import Docx
from content_library.interchange.readers.embedded import Embedded
from content_library.interchange.readers.epub import Epub
from content_library.interchange.readers.gift import Gift
from content_library.interchange.readers.moodle_backup import MoodleBackup
from content_library.interchange.readers.moodle_xml import MoodleXml
from content_library.interchange.readers.olx import Olx
from content_library.interchange.readers.packages import H5p, Scorm
from content_library.interchange.readers.pdf import Pdf
from content_library.interchange.readers.pptx import Pptx
from content_library.interchange.readers.qti import Qti, Qti1
from content_library.interchange.readers.qti.modern import QtiTest
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.source import Source

READERS: tuple[Reader, ...] = (
    Pdf(),
    Docx(),
    Pptx(),
    Epub(),
    H5p(),
    Cmi5(),
    Scorm(),
    MoodleBackup(),
    Cartridge(),
    Olx(),
    MoodleXml(),
    Qti1(),
    Qti(),
    QtiTest(),
    Embedded(),
    Aiken(),
    Gift(),
)
"""In the order in which they are asked: those that know their files by a sure sign come first."""

MOST_QUESTIONS = 10_000
"""Of one file: a whole faculty's bank. More would hold the database for minutes."""

_MEDIA_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3", b"OggS", b"WEBVTT", b"\x00\x00\x00")
_MEDIA_ENDINGS = {"png", "jpg", "jpeg", "gif", "webp", "svg", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "vtt", "srt"}
_AIDS = {"css", "js", "xsd", "dtd", "woff", "woff2", "ttf", "otf"}


def reader_of(source: Source) -> Reader | None:
    """The reader of a file. Raises ``Refused`` when the file can't even be opened."""
    return next((reader for reader in READERS if reader.recognises(source)), None)


def read(path: Path, folder: Path) -> Found:
    """All that can be taken of a file; its pictures go to ``folder``. Raises ``Refused`` for the whole file."""
    source = Source(path)
    if not path.exists():
        raise Refused(Why.MISSING)
    if not source.is_folder and not source.head:
        raise Refused(Why.EMPTY)
    _not_media(source)
    reader = reader_of(source)
    if reader is None:
        raise _unknown(source)
    found = reader.read(source, Media(folder))
    if sum(len(thing.questions) for thing in found.things if isinstance(thing, Test)) > MOST_QUESTIONS:
        raise Refused(Why.TOO_MANY_PARTS, limit=str(MOST_QUESTIONS))
    return found


def _not_media(source: Source) -> None:
    if source.is_folder:
        return
    if source.head.startswith(_MEDIA_STARTS) or source.ending in _MEDIA_ENDINGS:
        raise Refused(Why.MEDIA_ALONE)
    if source.ending in _AIDS:
        raise Refused(Why.NOT_LEARNING)


def _unknown(source: Source) -> Refused:
    """What to say of a file that nobody takes: broken XML, a broken archive, or simply something else."""
    if source.looks_like_xml and source.archive is None and source.ending in {"xml", "qti", ""}:
        _ = source.root  # raises with the line when it is broken
        return Refused(Why.NOT_LEARNING if source.root_name else Why.UNKNOWN_FORMAT, Place(name=source.root_name[:60]))
    if source.ending in {"zip", "imscc", "mbz", "epub", "docx", "pptx"} and source.archive is None:
        return Refused(Why.BROKEN_ARCHIVE)
    if source.ending in {"txt", "gift", "aiken", "md", ""} and source.archive is None:
        _ = source.text  # raises when it is no text
    return Refused(Why.UNKNOWN_FORMAT)
