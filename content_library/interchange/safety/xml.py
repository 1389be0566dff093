"""XML of strangers: no declared entities, nothing fetched, nothing nested beyond reason.

A first pass with expat builds no tree and stops at the first declaration or at the depth limit, so the second, which
does build one, only ever sees files that can't grow.
"""

import re
from html.entities import html5
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

from content_library.interchange.reasons import Place, Refused, Why

DEEPEST = 200
MOST_ELEMENTS = 1_000_000
LARGEST = 48 * 1024 * 1024
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*['\"]([\w.-]{1,40})['\"]")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")


def parse_xml(data: bytes, part: str = "") -> etree._Element:
    """The root of a document. Raises ``Refused`` with the line."""
    if len(data) > LARGEST:
        raise Refused(Why.TOO_LARGE, Place(part=part), limit=str(LARGEST // 1024 // 1024))
    if not data.strip():
        raise Refused(Why.EMPTY, Place(part=part))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Names of HTML (&nbsp;) stand in many files that declare no HTML.
        data = _ENTITY.sub(_named, data)
    _look_first(data, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Why.NOT_WELL_FORMED, Place(part=part, line=error.lineno or 0)) from None
    except (ValueError, LookupError):
        raise Refused(Why.WRONG_ENCODING, Place(part=part)) from None


def _named(found: re.Match[bytes]) -> bytes:
    name = found[1].decode("ascii")
    meant = None if name in _PREDEFINED else html5.get(f"{name};")
    # A character reference is the same in every encoding.
    return "".join(f"&#{ord(letter)};" for letter in meant).encode("ascii") if meant else found[0]


def _look_first(data: bytes, part: str) -> None:
    """Walk through the document without keeping any of it."""
    parser = expat.ParserCreate()
    depth = elements = 0

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST:
            raise Refused(Why.TOO_DEEP, Place(part=part, line=parser.CurrentLineNumber), limit=str(DEEPEST))
        if elements > MOST_ELEMENTS:
            raise Refused(Why.TOO_MANY_PARTS, Place(part=part), limit=str(MOST_ELEMENTS))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declared: object) -> NoReturn:
        raise Refused(Why.ENTITIES, Place(part=part, line=parser.CurrentLineNumber))

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.EntityDeclHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        line = Place(part=part, line=error.lineno)
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
            raise Refused(Why.WRONG_ENCODING, line) from None
        if _claims_utf8(data) and not _is_utf8(data):
            raise Refused(Why.WRONG_ENCODING, line) from None
        raise Refused(Why.NOT_WELL_FORMED, line) from None
    except (LookupError, UnicodeError, ValueError):
        raise Refused(Why.WRONG_ENCODING, Place(part=part)) from None


def _claims_utf8(data: bytes) -> bool:
    """Whether a document says that it is UTF-8, or says nothing, which means the same."""
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf"))
    return declared is None or declared[1].lower().replace(b"-", b"") == b"utf8"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; nothing for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Children of these names, whatever their namespace."""
    return [child for child in element if local(child) in names]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name."""
    found = children(element, name) if element is not None else []
    return found[0] if found else None


def every(element: etree._Element, *names: str) -> list[etree._Element]:
    """All descendants of these names, in the order of the document."""
    return [one for one in element.iter() if local(one) in names]


def words(element: etree._Element | None) -> str:
    """All the text inside, spaces folded."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def line_of(element: etree._Element) -> int:
    """The line of the file where an element begins."""
    return int(element.sourceline or 0)
