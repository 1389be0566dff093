"""Markdown of authors as HTML that is safe on a page of ours, with the contents of a longer text.

Raw HTML is shown as it was typed, never run. Pictures are only those that the caller names: an address in the text
is never asked for, so a text can't make a reader's browser call somebody else's server.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType

import mistune
import nh3
from markupsafe import Markup, escape
from mistune.plugins.formatting import strikethrough, subscript, superscript
from mistune.plugins.table import table

_NONE: Mapping[str, str] = MappingProxyType({})
_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup", "ul", "ol", "li", "a", "img"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div", "figure"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "loading", "class"},
    "ol": {"start"},
    "div": {"class", "id", "role", "tabindex"},
    "table": {"class"},
    "td": {"class"},
    "th": {"class"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_CLASSES = {"paper-page", "table-scroll", "table", "text-end", "text-center"}
_PAPER_PAGE = re.compile(r"\[(?:стр|с|p|page)\.? ?(\d{1,4})\]", re.IGNORECASE)
"""Alone in a paragraph: here begins this page of the paper book."""
_TAG = re.compile(r"<[^>]*>")
_TOP_HEADING = re.compile(r"^ {0,3}#(?!#)[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents."""

    anchor: str
    title: str
    level: int
    """2 for parts of the text, 3 and more for parts of these."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text ready for a page."""

    html: Markup
    contents: tuple[Heading, ...] = ()
    shown: frozenset[str] = field(default=frozenset())
    """Names of the pictures that stand in the text."""
    pages: tuple[int, ...] = ()
    """Numbers of the paper book's pages that begin in the text; their anchors are ``page-45``."""


def prose(markdown: str, pictures: Mapping[str, str] = _NONE, *, anchor: str = "part") -> Prose:
    """The text as HTML; ``pictures`` gives the address for each name (``sum.svg``) that ``![words](name)`` may use.

    The page has its own first heading, so those of the text begin at the second level. ``anchor`` keeps the
    anchors of several texts on one page apart.
    """
    writer = _Writer(pictures, anchor, shift=1 if _TOP_HEADING.search(markdown) else 0)
    read = mistune.create_markdown(
        renderer=writer, hard_wrap=False, plugins=[table, strikethrough, subscript, superscript]
    )
    html = nh3.clean(
        str(read(markdown)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        attribute_filter=_only_our_classes,
    )
    return Prose(Markup(html), tuple(writer.headings), frozenset(writer.shown), tuple(writer.pages))  # noqa: S704 - cleaned just above


def _only_our_classes(_tag: str, name: str, value: str) -> str | None:
    if name == "class" and not set(value.split()) <= _CLASSES:
        return None
    return value


class _Writer(mistune.HTMLRenderer):
    """HTML of one text; what is not ours to decide is left to the cleaner."""

    def __init__(self, pictures: Mapping[str, str], anchor: str, shift: int) -> None:
        super().__init__(escape=True)
        self._pictures = pictures
        self._anchor = anchor
        self._shift = shift
        self.headings: list[Heading] = []
        self.shown: set[str] = set()
        self.pages: list[int] = []

    def paragraph(self, text: str) -> str:
        """A paragraph, or the mark of a page of the paper book; a number that was there before is no mark."""
        page = _PAPER_PAGE.fullmatch(text.strip())
        if page is None or int(page[1]) in self.pages:
            return super().paragraph(text)
        self.pages.append(int(page[1]))
        return f'<div class="paper-page" id="page-{int(page[1])}" role="doc-pagebreak">{text.strip()[1:-1]}</div>\n'

    def heading(self, text: str, level: int, **_attributes: object) -> str:
        """A heading with an anchor, one level down where the text has headings of the page's own level."""
        level = min(max(2, level + self._shift), 6)
        anchor = f"{self._anchor}-{len(self.headings) + 1}"
        self.headings.append(Heading(anchor, unescape(_TAG.sub("", text)), level))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture of the unit, or its description in words when there is none of this name."""
        name = url.rpartition("/")[2]
        address = self._pictures.get(name)
        if address is None:
            return f"<em>{escape(text)}</em>"
        self.shown.add(name)
        return f'<img src="{escape(address)}" alt="{escape(unescape(_TAG.sub("", text)))}" loading="lazy">'

    def table(self, text: str) -> str:
        """A table that scrolls by itself on a narrow screen."""
        return f'<div class="table-scroll" tabindex="0"><table class="table">{text}</table></div>\n'

    def table_head(self, text: str) -> str:
        """The head of a table."""
        return f"<thead><tr>{text}</tr></thead>"

    def table_body(self, text: str) -> str:
        """The rows of a table."""
        return f"<tbody>{text}</tbody>"

    def table_row(self, text: str) -> str:
        """A row."""
        return f"<tr>{text}</tr>"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A cell; alignment is a class of ours, for styles in the page are refused."""
        tag = "th" if head else "td"
        known = {"right": ' class="text-end"', "center": ' class="text-center"'}.get(align or "", "")
        return f"<{tag}{known}>{text}</{tag}>"
