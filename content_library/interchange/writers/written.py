"""What all writers share: the texts of a question, and refusals by its place."""

import re
from collections.abc import Callable
from fractions import Fraction

from lxml import etree
from lxml import html as lxml_html

from content_library.interchange.found import Test
from content_library.interchange.markup import html_of_markdown
from content_library.interchange.question import Question
from content_library.interchange.reasons import Place, Refusal, Refused

PictureBytes = Callable[[str], bytes | None]
"""The bytes of a picture by the name that texts call it by."""

_EXACT = 10**12
_NEAR = Fraction(1, 10**9)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


def each(test: Test, write: Callable[[Question], str]) -> tuple[list[str], list[Refusal]]:
    """Every question as the format writes it, and those that it can't say."""
    made: list[str] = []
    refused: list[Refusal] = []
    for number, question in enumerate(test.questions, 1):
        try:
            made.append(write(question))
        except Refused as problem:
            refused.append(problem.at(Place(number=number, name=(question.name or question.prompt)[:120])))
    return made, refused


def explained(question: Question) -> str:
    """All that is said after the answer, for formats with one place for it."""
    said = (question.explanation, question.when_right, question.when_wrong)
    return "\n\n".join(dict.fromkeys(one for one in said if one))


def decimal(value: Fraction, margin: Fraction) -> tuple[str, str]:
    """A number and its tolerance as decimals; one that has no exact decimal gets a hair of tolerance."""
    if (value * _EXACT).denominator == 1:
        return _decimal(value), _decimal(margin)
    return _decimal(Fraction(round(value * _EXACT), _EXACT)), _decimal(
        max(margin, _NEAR) if not margin else margin + _NEAR
    )


def _decimal(value: Fraction) -> str:
    whole, part = divmod(round(abs(value) * _EXACT), _EXACT)
    tail = f".{part:012d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole}{tail}"


def share_written(share: Fraction) -> str:
    """A share as a decimal."""
    return _decimal(share)


def pictures_in(markdown: str) -> list[str]:
    """Names of the pictures that a text shows."""
    return [name for _, name in _PICTURE.findall(markdown)]


def without_pictures(markdown: str) -> str:
    """A text for a format that brings no pictures: their words stay."""
    return _PICTURE.sub(lambda found: f"*{found[1]}*" if found[1] else "", markdown).strip()


def xhtml(markdown: str) -> str:
    """A text as well-formed XHTML."""
    source = html_of_markdown(markdown)
    if not source.strip():
        return ""
    root = lxml_html.fragment_fromstring(source, create_parent="div")
    inner = "".join(etree.tostring(one, encoding="unicode", method="xml") for one in root)
    return f"{_escaped(root.text or '')}{inner}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
