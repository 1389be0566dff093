"""Office documents before their library opens them: parts counted, sizes added up, entities and links outside refused."""

from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import ZipParts
from content_library.interchange.safety.xml import parse_xml

_LARGEST_PART = 32 * 1024 * 1024
_LARGEST_XML = 96 * 1024 * 1024


def check_office(data: bytes) -> ZipParts:
    """The parts of a document that is safe to open. Raises ``Refused``."""
    parts = ZipParts(data)
    read = 0
    for name in parts.names:
        if name.lower().endswith((".xml", ".rels")):
            inner = parts.read(name, _LARGEST_PART)
            read += len(inner)
            if read > _LARGEST_XML:
                raise Refused(Why.TOO_LARGE, Place(part=name), limit=str(_LARGEST_XML // 1024 // 1024))
            if inner.strip():
                parse_xml(inner, name)
    return parts
