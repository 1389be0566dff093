"""Names of QTI 3 (``qti-choice-interaction``, ``max-choices``) brought to those of QTI 2 (``choiceInteraction``)."""

import re

from lxml import etree

from content_library.interchange.safety.xml import local

_QTI = re.compile(r"qti-[a-z]")
_KEBAB = re.compile(r"-([a-z])")
_LEFT = ("data-", "aria-", "xml:")


def camel(name: str) -> str:
    """``max-choices`` as ``maxChoices``."""
    return _KEBAB.sub(lambda found: found[1].upper(), name)


def normalise(root: etree._Element) -> str:
    """Rename every element and attribute of a document, in place; the version that the names told."""
    version = "2.1"
    space = etree.QName(root).namespace or ""
    if local(root).startswith("qti-") or "v3" in space:
        version = "3.0"
    elif "v2p2" in space:
        version = "2.2"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = local(element)
        element.tag = camel(name.removeprefix("qti-")) if _QTI.match(name) else name
        for attribute in list(element.attrib):
            plain = etree.QName(attribute).localname
            if "-" in plain and not plain.startswith(_LEFT):
                element.set(camel(plain), element.attrib[attribute])
    etree.cleanup_namespaces(root)
    return version


def number(element: etree._Element | None, name: str) -> float | None:
    """A numeric attribute."""
    try:
        return float(element.get(name, "")) if element is not None else None
    except ValueError:
        return None
