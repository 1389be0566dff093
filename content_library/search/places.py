"""Where in a unit a word stands: sections of its text, slides, stages, seconds of its film.

The anchors are those that the page of the unit gives: ``part-3`` for the third heading of the text, ``slide-2``, ``stage-1``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST = 1_200
"""Letters of one place: a longer section is several places with one anchor, so that what is shown of it is near the word."""
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INSIDE = re.compile(r"(?: {0,3}>[ \t]?| {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+)+")
"""The signs of a quotation or of a list that a heading may stand in."""
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[*_`~#>|\\$]+|^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_CUE = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{1,3}[ \t]+-->")
_TAG = re.compile(r"<[^>]*>")
_CUES_OF_A_PLACE = 15
"""Seconds of a film that one place covers: a sentence goes over several cues."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage and how to open it."""

    text: str
    anchor: str = ""
    """Fragment of the unit's page; empty for its beginning."""
    title: str = ""
    """The heading over it."""
    second: int | None = None
    """Of the unit's film."""


def sections(markdown: str) -> list[Place]:
    """The text under each heading."""
    found: list[Place] = []
    number, title, lines = 0, "", list[str]()
    for heading, line in _lines(markdown):
        if heading is None:
            lines.append(line)
            continue
        found += _places("\n".join(lines), f"part-{number}" if number else "", title)
        number, title, lines = number + 1, without_marks(heading), [heading]
    return found + _places("\n".join(lines), f"part-{number}" if number else "", title)


def _lines(markdown: str) -> Iterator[tuple[str | None, str]]:
    """Each line, with the words of the heading if it is one."""
    fence, before = "", ""
    for line in markdown.splitlines():
        bare = _INSIDE.sub("", line, count=1) if line.lstrip(" ")[:1] in set(">-*+0123456789") else line
        mark = _FENCE.match(bare)
        if fence:
            if mark and mark[1].startswith(fence) and not bare.strip(" `~"):
                fence = ""
            yield None, line
            before = ""
            continue
        if mark:
            fence = mark[1]
        heading = _HEADING.fullmatch(bare)
        if heading:
            yield heading[2] or "", line
            before = ""
        elif before and _UNDERLINE.fullmatch(line):
            yield before, line
            before = ""
        else:
            yield None, line
            before = "" if mark or line.startswith("    ") or bare != line or "|" in line else line.strip()


def slides(written: list[Any]) -> list[Place]:
    """The words of each slide; empty ones are not shown and not counted."""
    texts = [str(slide.get("body", "") if isinstance(slide, dict) else slide).strip() for slide in written]
    found: list[Place] = []
    for number, text in enumerate(filter(None, texts), 1):
        first = next((line for line in text.splitlines() if _HEADING.fullmatch(line)), "")
        found += _places(text, f"slide-{number}", without_marks(first))
    return found


def stages(details: Mapping[str, Any]) -> list[Place]:
    """What is said of each stage of a lesson."""
    found: list[Place] = []
    for number, stage in enumerate(details.get("stages") or (), 1):
        if isinstance(stage, dict):
            title = str(stage.get("title", ""))
            text = "\n".join((title, *(str(stage.get(who, "")) for who in ("teacher", "panel", "pupils"))))
            found += _places(text, f"stage-{number}", title)
    return found


def cues(subtitles: str) -> list[Place]:
    """What is said in a film, by WebVTT or SRT subtitles."""
    found: list[tuple[int, list[str]]] = []
    said: list[str] | None = None
    for line in subtitles.splitlines():
        time = _CUE.match(line.strip())
        if time:
            second = int(time[1] or 0) * 3600 + int(time[2]) * 60 + int(time[3])
            if not found or second - found[-1][0] >= _CUES_OF_A_PLACE:
                found.append((second, []))
            said = found[-1][1]
        elif not line.strip():
            said = None
        elif said is not None:
            said.append(_TAG.sub("", line.strip()))
    return [Place(" ".join(lines), second=second) for second, lines in found if lines]


def pages(text: str, anchor: str) -> list[Place]:
    """The words of a page of a PDF file."""
    return _places(text.replace("-\n", "").replace("\n", " "), anchor, "")


def without_marks(markdown: str) -> str:
    """The words of a text without the signs that shape it."""
    return _SPACE.sub(" ", _SIGNS.sub(" ", _LINK.sub(r"\1", markdown))).strip()


def _places(markdown: str, anchor: str, title: str) -> list[Place]:
    text = without_marks(markdown)
    found = []
    while len(text) > _LONGEST:
        sentence, word = text.rfind(". ", _LONGEST // 2, _LONGEST) + 1, text.rfind(" ", 0, _LONGEST)
        cut = sentence or (word if word > 0 else _LONGEST)
        found.append(Place(text[:cut].strip(), anchor, title))
        text = text[cut:].strip()
    return [*found, Place(text, anchor, title)] if text else found
