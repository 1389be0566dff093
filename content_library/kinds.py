"""What each kind of unit must have before schools may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from content_library.accessibility import (
    LEAST_CONTRAST,
    SPARE_YEARS,
    dumb_link,
    jumping_heading,
    reading_level,
)
from content_library.models import FileRole, UnitKind

PACKAGE_TYPE = "application/x-learning-package+json"
"""Of the file that lists the parts of an interactive package; see ``packages``."""
MODEL_TYPE = "model/gltf-binary"

SILENT = "silent"
"""Among the details of a film: why it needs no subtitles, in its author's words."""
KEYBOARD = "keyboard"
"""Among the details of a package: ``BY_KEYBOARD`` or ``IN_WORDS``, as its author has found by trying."""
BY_KEYBOARD, IN_WORDS = "whole", "words"
"""All of it can be done without a mouse; or not all, and the text beside it says what to do instead."""


class Problem(StrEnum):
    """Why a unit can't be published yet; the sentence for the author is the screen's business."""

    NO_TITLE = "no_title"
    NO_SUMMARY = "no_summary"
    NO_TOPIC = "no_topic"
    NO_MINUTES = "no_minutes"
    PICTURE_WITHOUT_ALT = "picture_without_alt"
    NO_TEXT = "no_text"
    NO_TASK = "no_task"
    NO_ITEMS = "no_items"
    NO_POINTS = "no_points"
    NO_SLIDES = "no_slides"
    NO_VIDEO = "no_video"
    VIDEO_WITHOUT_SUBTITLES = "video_without_subtitles"
    SILENT_WITHOUT_TEXT = "silent_without_text"
    NO_STAGES = "no_stages"
    STAGE_WITHOUT_TITLE = "stage_without_title"
    STAGE_WITHOUT_MINUTES = "stage_without_minutes"
    PALE_PICTURE = "pale_picture"
    JUMPING_HEADING = "jumping_heading"
    DUMB_LINK = "dumb_link"
    TOO_HARD = "too_hard"
    NO_PACKAGE = "no_package"
    KEYBOARD_NOT_SAID = "keyboard_not_said"
    KEYBOARD_WITHOUT_TEXT = "keyboard_without_text"
    NO_MODEL = "no_model"
    MODEL_WITHOUT_WORDS = "model_without_words"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What matters here about a file of a version."""

    role: FileRole
    content_type: str
    alt: str = ""
    name: str = ""
    facts: Mapping[str, Any] | None = None
    """Of a picture: ``contrast`` between its darkest and its lightest, 1 to 21."""

    @property
    def is_pale(self) -> bool:
        """Whether a picture shows grey on grey."""
        contrast = (self.facts or {}).get("contrast")
        return self.role is FileRole.PICTURE and contrast is not None and contrast < LEAST_CONTRAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything a version says, in plain values."""

    title: str
    summary: str = ""
    minutes: int = 0
    body_markdown: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    topics: int = 0
    language: str = "ru"
    year_to: int = 11
    files: Sequence[FileFacts] = ()
    points: Sequence[int] = ()
    """Points of its items, in order."""

    def has_body_file(self, kind: str = "") -> bool:
        """Whether a body file of this kind of type is there."""
        return any(file.role is FileRole.BODY and file.content_type.startswith(kind) for file in self.files)


def _textbook(contents: Contents) -> list[Problem]:
    return [] if contents.body_markdown.strip() or contents.has_body_file() else [Problem.NO_TEXT]


def _assignment(contents: Contents) -> list[Problem]:
    has_task = contents.body_markdown.strip() or contents.points or contents.has_body_file()
    return [] if has_task else [Problem.NO_TASK]


def _test(contents: Contents) -> list[Problem]:
    if not contents.points:
        return [Problem.NO_ITEMS]
    return [] if sum(contents.points) > 0 else [Problem.NO_POINTS]


def _presentation(contents: Contents) -> list[Problem]:
    return [] if contents.details.get("slides") or contents.has_body_file() else [Problem.NO_SLIDES]


def _video(contents: Contents) -> list[Problem]:
    problems = [] if contents.has_body_file("video/") else [Problem.NO_VIDEO]
    if any(file.role is FileRole.SUBTITLES for file in contents.files):
        return problems
    if not str(contents.details.get(SILENT, "")).strip():
        # WCAG 2.2, 1.2.2: a text beside the film is no subtitles, who can't hear would have to read and watch at once.
        problems.append(Problem.VIDEO_WITHOUT_SUBTITLES)
    elif not contents.body_markdown.strip():
        # WCAG 2.2, 1.2.1: a film without speech says nothing to who can't see it, unless the text does.
        problems.append(Problem.SILENT_WITHOUT_TEXT)
    return problems


def _scenario(contents: Contents) -> list[Problem]:
    stages = contents.details.get("stages")
    if not isinstance(stages, list) or not stages:
        return [Problem.NO_STAGES]
    problems = []
    if not all(isinstance(stage, dict) and str(stage.get("title", "")).strip() for stage in stages):
        problems.append(Problem.STAGE_WITHOUT_TITLE)
    elif not all(isinstance(stage.get("minutes"), int) and stage["minutes"] > 0 for stage in stages):
        problems.append(Problem.STAGE_WITHOUT_MINUTES)
    return problems


def _package(contents: Contents) -> list[Problem]:
    problems = [] if contents.has_body_file(PACKAGE_TYPE) else [Problem.NO_PACKAGE]
    # A package is another program: nobody but who has tried it can say how it goes without a mouse (WCAG 2.2, 2.1.1).
    said = contents.details.get(KEYBOARD)
    if said not in {BY_KEYBOARD, IN_WORDS}:
        problems.append(Problem.KEYBOARD_NOT_SAID)
    elif said == IN_WORDS and not contents.body_markdown.strip():
        problems.append(Problem.KEYBOARD_WITHOUT_TEXT)
    return problems


def _model(contents: Contents) -> list[Problem]:
    models = [file for file in contents.files if file.content_type == MODEL_TYPE]
    if not models:
        return [Problem.NO_MODEL]
    return [] if all(model.alt.strip() for model in models) else [Problem.MODEL_WITHOUT_WORDS]


_OWN: dict[UnitKind, Callable[[Contents], list[Problem]]] = {
    UnitKind.TEXTBOOK: _textbook,
    UnitKind.ASSIGNMENT: _assignment,
    UnitKind.TEST: _test,
    UnitKind.PRESENTATION: _presentation,
    UnitKind.VIDEO: _video,
    UnitKind.SCENARIO: _scenario,
    UnitKind.PACKAGE: _package,
    UnitKind.MODEL: _model,
}


def problems(kind: UnitKind, contents: Contents) -> list[Problem]:
    """All that keeps a unit from being published, so that its author can mend it in one go; empty when ready."""
    return list(found_in(kind, contents))


def found_in(kind: UnitKind, contents: Contents) -> dict[Problem, str]:
    """The same, each with what it is about: names of pictures, a heading, the words of a link, a year of school."""
    mute = [file.name for file in contents.files if file.role is FileRole.PICTURE and not file.alt.strip()]
    common = {
        Problem.NO_TITLE: not contents.title.strip(),
        Problem.NO_SUMMARY: not contents.summary.strip(),
        Problem.NO_TOPIC: not contents.topics,
        Problem.NO_MINUTES: contents.minutes <= 0,
        Problem.PICTURE_WITHOUT_ALT: bool(mute),
    }
    found = dict.fromkeys([problem for problem, is_there in common.items() if is_there] + _OWN[kind](contents), "")
    if mute:
        found[Problem.PICTURE_WITHOUT_ALT] = ", ".join(filter(None, mute))
    return found | _barriers(kind, contents)


def _barriers(kind: UnitKind, contents: Contents) -> dict[Problem, str]:
    """What keeps some of its readers from a unit that has everything."""
    found: dict[Problem, str] = {}
    pale = [file.name for file in contents.files if file.is_pale]
    if pale:
        found[Problem.PALE_PICTURE] = ", ".join(pale)
    heading = jumping_heading(contents.body_markdown) if kind is not UnitKind.PRESENTATION else None
    if heading is not None:
        found[Problem.JUMPING_HEADING] = heading
    link = dumb_link(contents.body_markdown)
    if link is not None:
        found[Problem.DUMB_LINK] = link
    if kind in {UnitKind.TEXTBOOK, UnitKind.ASSIGNMENT}:
        level = reading_level(contents.body_markdown, contents.language)
        if level is not None and level.year > contents.year_to + SPARE_YEARS:
            found[Problem.TOO_HARD] = str(round(level.year))
    return found
