"""HTML of strangers as Markdown of ours, plain text as Markdown, and Markdown as HTML for other programs.

Nothing but words, emphasis, lists, tables, addresses of pages and named pictures survives: no script, no style, no
frame, no address that a reader's browser would call by itself.
"""

import re
from collections.abc import Callable
from html import unescape

import mistune
import nh3
from lxml import etree
from lxml import html as lxml_html

from content_library.interchange.safety.xml import local

_DEEPEST = 80
_LONGEST = 4 * 1024 * 1024
_MOST_TAGS = 100_000
_KEPT = {
    *("p", "br", "hr", "blockquote", "pre", "code", "tt", "kbd", "samp", "em", "i", "strong", "b", "del", "s", "u", "sub", "sup"),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "h1", "h2", "h3", "h4", "h5", "h6", "span", "div", "section"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "figure", "figcaption", "article", "center"),
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mfenced"),
    *("mtable", "mtr", "mtd", "mover", "munder", "munderover", "mstyle", "mspace", "semantics", "annotation"),
}  # fmt: skip
_BLOCKS = {
    *("p", "div", "section", "article", "blockquote", "figure", "figcaption", "center", "dl", "dt", "dd", "caption"),
    *("header", "footer", "main", "aside", "nav", "body", "html", "prompt", "itemBody", "rubricBlock", "infoControl"),
}  # fmt: skip
_WRAPS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~", "sub": "~", "sup": "^"}
_SPACE = re.compile(r"[ \t\n\f\u200b]+")
_BLANKS = re.compile(r"\n{3,}")
_MARK_AT_START = re.compile(r"^(\s*)([#>]|[+*](?=\s)|[-=]{1,}(?=\s|$)|\d{1,9}[.)](?=\s))", re.MULTILINE)
_RULE_LINE = re.compile(r"^\s*([_*-])(?:\s*\1){2,}\s*$", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_TAG = re.compile(r"<[^>]{0,2000}>")

PictureNamer = Callable[[str, str], str]
"""Gives for the address and the words of a picture the key it is kept under, or nothing."""


def no_pictures(_address: str, _alt: str) -> str:
    """For files that bring no pictures: only their words stay."""
    return ""


def markdown_of_html(source: str, picture: PictureNamer = no_pictures) -> str:
    """HTML as Markdown."""
    if "<" not in source and "&" not in source:
        return markdown_of_text(source)
    if len(source) > _LONGEST or source.count("<") > _MOST_TAGS or _depth(source) > _DEEPEST:
        return markdown_of_text(unescape(_TAG.sub(" ", source[:_LONGEST])))
    clean = nh3.clean(
        source,
        tags=_KEPT,
        attributes={"a": {"href"}, "img": {"src", "alt"}, "math": {"alttext"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    if not clean.strip():
        return ""
    root = lxml_html.fragment_fromstring(clean, create_parent="div")
    return markdown_of_tree(root, picture)


def _depth(source: str) -> int:
    """How deep tags are nested at most, roughly: those that are never closed count too."""
    deepest = depth = 0
    for tag in _OPENING.finditer(source):
        depth = max(0, depth - 1) if tag[1] else depth + (tag[2].lower() not in _VOID)
        deepest = max(deepest, depth)
    return deepest


_OPENING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = {"br", "hr", "img", "p", "li", "input", "td", "tr", "th", "meta", "link", "source", "col", "dd", "dt", "option"}
_SCHEMES = {"http", "https", "mailto", "data"}


def markdown_of_tree(root: etree._Element, picture: PictureNamer = no_pictures) -> str:
    """A parsed piece of HTML, or of XML with the elements of HTML, as Markdown."""
    return _tidy(_Writer(picture).inside(root, 0))


def plain_of_html(source: str) -> str:
    """HTML as one line of plain text, for options and accepted words."""
    return plain_of_markdown(markdown_of_html(source))


def plain_of_markdown(markdown: str) -> str:
    """Markdown without its marks, in one line."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\)(\*\*|~~)(?=\S)(.+?)(?<=\S)(?<!\\)\1", r"\2", text)
    text = re.sub(r"(?<![\\\w*])\*(?=\S)([^*]+?)(?<=\S)(?<!\\)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<!\\)`([^`]+)`", r"\1", text)
    text = re.sub(r"(?<!\\)~(\w{1,12})(?<!\\)~", r"\1", text)
    text = re.sub(r"(?<!\\)\^([^\s^]{1,12})(?<!\\)\^", r"^\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!~^>=|])", r"\1", text)
    return " ".join(unescape(text).split())


def markdown_of_text(text: str) -> str:
    """Plain text as Markdown that shows exactly it: what would be a mark is escaped, and only that."""
    text = text.replace("\\", "\\\\") if re.search(r"\\[^\w\s]", text) else text
    for mark in "*`~^":
        if text.count(mark) > 1:
            text = text.replace(mark, f"\\{mark}")
    if re.search(r"(?<!\w)_\w[^_]*_(?!\w)", text):
        text = text.replace("_", "\\_")
    text = text.replace("](", "]\\(")
    text = _ENTITY.sub("&amp;", text)
    text = _RULE_LINE.sub(lambda rule: rule[0].replace(rule[1], f"\\{rule[1]}"), text)
    text = _MARK_AT_START.sub(_unmarked, text)
    return _BLANKS.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _unmarked(found: re.Match[str]) -> str:
    space, mark = found[1], found[2]
    return f"{space}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{space}\\{mark}"


def html_of_markdown(markdown: str) -> str:
    """Markdown as HTML for another program; pictures keep the names they stand under."""
    made = str(_RENDER(markdown)).strip()
    return nh3.clean(made, tags=_OUT, attributes={"a": {"href"}, "img": {"src", "alt"}}, link_rel=None)


_RENDER = mistune.create_markdown(escape=True, plugins=["table", "strikethrough", "subscript", "superscript"])
_OUT = _KEPT - {"span", "div", "section", "center", "article"}


class _Writer:
    """Walks a tree once; nothing deeper than ``_DEEPEST`` keeps its marks."""

    def __init__(self, picture: PictureNamer) -> None:
        self._picture = picture

    def inside(self, element: etree._Element, depth: int, *, is_pre: bool = False) -> str:
        """The contents of an element."""
        if depth > _DEEPEST:
            return markdown_of_text(" ".join("".join(element.itertext()).split()))
        parts = [self._text(element.text, is_pre)]
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self._one(child, depth + 1, is_pre))
            parts.append(self._text(child.tail, is_pre))
        return "".join(parts)

    def _text(self, text: str | None, is_pre: bool) -> str:
        if not text or is_pre:
            return text or ""
        folded = _SPACE.sub(" ", text)
        edges = (" " if folded[:1] == " " else ""), (" " if folded[-1:] == " " and len(folded) > 1 else "")
        return edges[0] + _inline(folded.strip()) + edges[1]

    def _one(self, element: etree._Element, depth: int, is_pre: bool) -> str:
        name = local(element)
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, element, depth)
        inner = self.inside(element, depth, is_pre=is_pre)
        if name in _WRAPS:
            return _wrapped(inner, _WRAPS[name])
        return f"\n\n{inner.strip()}\n\n" if name in _BLOCKS else inner

    def image(self, element: etree._Element, _depth: int) -> str:
        """A picture under its key, or its words."""
        alt = " ".join((element.get("alt") or element.get("title") or "").split())
        address = element.get("src") or element.get("data") or ""
        key = self._picture(address, alt) if address else ""
        words = alt.replace("[", "(").replace("]", ")")
        if key:
            return f"![{words}]({key})"
        return f"*{words}*" if words else ""

    def embedded(self, element: etree._Element, depth: int) -> str:
        """``object``: a picture, or what stands in for it."""
        if (element.get("type") or "").startswith("image/"):
            alt = element.get("alt") or element.get("label") or " ".join("".join(element.itertext()).split())
            key = self._picture(element.get("data") or "", alt)
            if key:
                return f"\n\n![{alt.replace('[', '(').replace(']', ')')}]({key})\n\n"
        return f"\n\n{self.inside(element, depth).strip()}\n\n"

    def link(self, element: etree._Element, depth: int) -> str:
        """The words, with their address when it leads to a page of the net."""
        inner, address = self.inside(element, depth).strip(), (element.get("href") or "").strip()
        if inner and re.fullmatch(r"https?://[^\s()<>]+", address):
            return f"[{inner}]({address})"
        return inner

    def listed(self, element: etree._Element, depth: int) -> str:
        """A list; lists inside it stand further right."""
        lines, number = [], 1
        for child in element:
            if local(child) not in {"li", "dd", "dt"}:
                continue
            mark = f"{number}." if local(element) == "ol" else "-"
            number += 1
            inner = _tidy(self.inside(child, depth)).replace("\n", "\n" + " " * (len(mark) + 1))
            lines.append(f"{mark} {inner}")
        return "\n\n" + "\n".join(lines) + "\n\n"

    def heading(self, element: etree._Element, depth: int) -> str:
        """A heading, never the page's own."""
        inner = " ".join(self.inside(element, depth).split())
        return f"\n\n{'#' * max(2, int(local(element)[1]))} {inner}\n\n" if inner else ""

    def table(self, element: etree._Element, depth: int) -> str:
        """A table; its first row is the head."""
        rows = []
        for row in element.iter():
            if local(row) == "tr":
                cells = [cell for cell in row if local(cell) in {"td", "th"}]
                rows.append([" ".join(self.inside(cell, depth + 2).split()).replace("|", "\\|") for cell in cells])
        rows = [row for row in rows if row]
        if not rows:
            return f"\n\n{self.inside(element, depth).strip()}\n\n"
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        return "\n\n" + "\n".join(lines) + "\n\n"

    def preformatted(self, element: etree._Element, depth: int) -> str:
        """Text whose spaces count."""
        inner = self.inside(element, depth, is_pre=True).strip("\n").replace("```", "'''")
        return f"\n\n```\n{inner}\n```\n\n" if inner.strip() else ""

    def code(self, element: etree._Element, depth: int) -> str:
        """A piece of code in a line."""
        inner = " ".join(self.inside(element, depth, is_pre=True).split()).replace("`", "'")
        return f"`{inner}`" if inner else ""

    def quote(self, element: etree._Element, depth: int) -> str:
        """A quotation."""
        inner = _tidy(self.inside(element, depth))
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) + "\n\n" if inner else ""

    def formula(self, element: etree._Element, _depth: int) -> str:
        """A formula in a line of text."""
        said = element.get("alttext") or linear(element)
        return _inline(" ".join(said.split()))

    def line_break(self, _element: etree._Element, _depth: int) -> str:
        """The next line."""
        return "  \n"

    def rule(self, _element: etree._Element, _depth: int) -> str:
        """A line across."""
        return "\n\n---\n\n"

    def nothing(self, _element: etree._Element, _depth: int) -> str:
        """What is never shown."""
        return ""


_SPECIAL: dict[str, Callable[[_Writer, etree._Element, int], str]] = {
    "img": _Writer.image,
    "object": _Writer.embedded,
    "a": _Writer.link,
    "ul": _Writer.listed,
    "ol": _Writer.listed,
    **{f"h{level}": _Writer.heading for level in range(1, 7)},
    "table": _Writer.table,
    "pre": _Writer.preformatted,
    "code": _Writer.code,
    "tt": _Writer.code,
    "kbd": _Writer.code,
    "samp": _Writer.code,
    "blockquote": _Writer.quote,
    "math": _Writer.formula,
    "br": _Writer.line_break,
    "hr": _Writer.rule,
    **dict.fromkeys(("script", "style", "head", "template", "iframe", "svg", "noscript", "rt", "rp"), _Writer.nothing),
}


def linear(element: etree._Element) -> str:
    """A formula of MathML written in one line: ``(a + b)/c``, ``x^2``, ``√(x)``."""
    name = local(element)
    if name in {"annotation", "annotation-xml"}:
        return ""
    parts = [linear(child) for child in element if isinstance(child.tag, str)]
    if not parts:
        return (element.text or "").strip()
    if name in _SHAPES and len(parts) >= _SHAPES[name].count("%s"):
        shape = _SHAPES[name]
        return shape % tuple(_grouped(part) for part in parts[: shape.count("%s")])
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    return ("; " if name == "mtable" else " " if name == "mtr" else "").join(parts)


_SHAPES = {
    "msup": "%s^%s",
    "msub": "%s_%s",
    "msubsup": "%s_%s^%s",
    "mfrac": "%s/%s",
    "mover": "%s^%s",
    "munder": "%s_%s",
}


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"


def _inline(text: str) -> str:
    """Text of a paragraph: only the marks that work inside a line are escaped here, those at its start later."""
    return markdown_of_text(text) if text else ""


def _wrapped(inner: str, mark: str) -> str:
    """Emphasis hugs its words; sub- and superscripts can hold no space."""
    stripped = inner.strip()
    if not stripped or "\n\n" in stripped:
        return inner
    if mark in {"~", "^"} and re.search(r"\s", stripped):
        return f"{'_' if mark == '~' else '^'}({stripped})"
    before = inner[: len(inner) - len(inner.lstrip())]
    after = inner[len(inner.rstrip()) :]
    return f"{before}{mark}{stripped}{mark}{after}"


def _tidy(markdown: str) -> str:
    lines = [line if line.endswith("  ") and line.strip() else line.rstrip() for line in markdown.split("\n")]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
