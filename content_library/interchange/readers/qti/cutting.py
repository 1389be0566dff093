"""Taking elements out of a text without losing the words after them."""

from lxml import etree

from content_library.interchange.safety.xml import child, every, local, words


def remove(element: etree._Element) -> None:
    """Take an element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    put(element, "")


def put(element: etree._Element, text: str) -> None:
    """Put words in the place of an element."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = f"{parent.text or ''}{text}{tail}"
    else:
        before.tail = f"{before.tail or ''}{text}{tail}"
    parent.remove(element)


def drop(element: etree._Element, *names: str) -> None:
    """Take all descendants of these names out."""
    for one in every(element, *names):
        remove(one)


def only_prompt(element: etree._Element) -> None:
    """Of an interaction only what is asked stays in the text."""
    for one in list(element):
        if local(one) != "prompt":
            remove(one)
    element.text = None if child(element, "prompt") is not None else ""


def stands_alone(element: etree._Element) -> bool:
    """Whether there is nothing beside an element in its paragraph."""
    parent = element.getparent()
    return parent is not None and local(parent) in {"p", "div"} and len(parent) == 1 and not words(parent).strip()
