"""Names of files that are safe to show, to send in a header and to save on any system."""

import re
import unicodedata

from content_library.file_types import EXTENSIONS

_LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_SAME = {"jpeg": "jpg", "jpe": "jpg", "htm": "html", "m4v": "mp4"}


def safe_name(name: str, content_type: str) -> str:
    """The name without folders, control and direction marks, with the ending that its bytes deserve."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Category C holds control and invisible marks, among them those that turn "gpj.exe" around.
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    plain = " ".join(_FORBIDDEN.sub(" ", seen).split()).strip(". ")
    base, dot, ending = plain.rpartition(".")
    wanted = EXTENSIONS.get(content_type, "bin")
    if not dot or _SAME.get(ending.lower(), ending.lower()) != wanted:
        # A wrong ending is taken off when it looks like one; a point in the middle of a name stays.
        base = base if dot and 1 <= len(ending) <= 5 and ending.isalnum() and ending.isascii() else plain
    base = base.strip(". ")[: _LONGEST - len(wanted) - 1].strip(". ")
    return f"{base or 'file'}.{wanted}"
