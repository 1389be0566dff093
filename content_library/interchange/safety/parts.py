"""Which files a package may hold: whatever a browser shows or an office opens, and no program for a computer or a server."""

import posixpath

from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive

_PROGRAMS = frozenset(
    [
        "apk",
        "app",
        "appx",
        "asp",
        "aspx",
        "bat",
        "bin",
        "cab",
        "cgi",
        "chm",
        "cmd",
        "com",
        "cpl",
        "dll",
        "dmg",
        "elf",
        "exe",
        "hta",
        "htaccess",
        "htpasswd",
        "ins",
        "iso",
        "jar",
        "jnlp",
        "jse",
        "jsp",
        "jspx",
        "lnk",
        "msc",
        "msi",
        "msix",
        "msp",
        "php",
        "php3",
        "php4",
        "php5",
        "php7",
        "phar",
        "phtml",
        "pif",
        "pl",
        "ps1",
        "psm1",
        "py",
        "pyc",
        "pyw",
        "rb",
        "reg",
        "scf",
        "scr",
        "sh",
        "so",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "war",
        "wsc",
        "wsf",
        "wsh",
    ]
)
_HEADS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!/", b"<?php")


def check_part(name: str, head: bytes) -> None:
    """Return if a part may be kept; raises ``Refused`` by its name, or by how it begins."""
    ending = posixpath.basename(name).lower().rpartition(".")[2]
    if ending in _PROGRAMS or head.startswith(_HEADS):
        raise Refused(Why.HARMFUL_PART, Place(part=name[:200]))


def is_litter(name: str) -> bool:
    """Whether a part is what some system leaves in every folder."""
    base = posixpath.basename(name)
    return name.startswith("__MACOSX/") or base in {".DS_Store", "Thumbs.db", "desktop.ini"}


def checked_names(archive: Archive, most: int) -> list[str]:
    """The parts that are worth keeping. Raises ``Refused`` when they are too many or too long to be named."""
    names = [name for name in archive.names if not is_litter(name)]
    if len(names) > most:
        raise Refused(Why.TOO_MANY_PARTS, limit=str(most))
    for name in names:
        if len(name) > 500 or not name.isprintable():
            raise Refused(Why.BAD_PACKAGE, Place(part=name[:200]))
    return names
