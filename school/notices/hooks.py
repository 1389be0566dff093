"""Where the features above teach notices to speak: one function a kind, called when a reader opens the list.

A kind also has a topic, by which people choose how they are told, and a ``brief``: a line for a locked screen, without
marks, reasons or anybody's words.
"""

import uuid
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from school.core.access import Actor
from school.core.languages import gettext as _
from school.notices.seen import SeenNotice, Span


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the reader's language. ``url`` leads to what can be done about it; may be empty."""

    title: str
    words: str = ""
    url: str = ""
    act: str = ""
    """What the link is called."""


class Topic(StrEnum):
    """What news are about, as people choose it."""

    MARKS = "marks"
    ABSENCES = "absences"
    MESSAGES = "messages"
    ASKS = "asks"
    HOMEWORK = "homework"
    LIBRARY = "library"
    SCHOOL = "school"


def topic_words(topic: Topic) -> str:
    """How a topic is called, and what a locked screen says of news that have no line of their own."""
    return {
        Topic.MARKS: _("Marks"),
        Topic.ABSENCES: _("Attendance"),
        Topic.MESSAGES: _("Messages"),
        Topic.ASKS: _("The school asks"),
        Topic.HOMEWORK: _("Homework and extra lessons"),
        Topic.LIBRARY: _("Library"),
        Topic.SCHOOL: _("Other news of the school"),
    }[topic]


Sayer = Callable[[SeenNotice], Said]
Brief = Callable[[SeenNotice], str]


@dataclass(frozen=True, slots=True)
class Several:
    """How news of one kind are said together: three marks of a child are one line, not three. One alone is several, too."""

    alike: Callable[[SeenNotice], Hashable]
    """What news must have in common, beside their kind and school, to stand in one line: the pupil, the talk."""
    say: Callable[[Sequence[SeenNotice]], Said]
    """In the list; the latest first."""
    whose: Callable[[SeenNotice], str]
    """The pupil's name before a line that leaves the site; may be empty."""
    count: Callable[[Sequence[SeenNotice]], str]
    """For a locked screen and the subject of a letter: «3 новые отметки»."""
    items: Callable[[Sequence[SeenNotice]], str]
    """For the same places, what they are: «алгебра (2), физика»; may be empty. No values."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of news."""

    say: Sayer
    topic: Topic
    brief: Brief | None
    is_prompt: bool
    """Written by a person for this person: not kept waiting for other news."""
    several: Several | None
    detail: Brief | None


kinds: dict[str, Kind] = {}


def says(
    kind: str,
    topic: Topic = Topic.SCHOOL,
    *,
    brief: Brief | None = None,
    is_prompt: bool = False,
    several: Several | None = None,
    detail: Brief | None = None,
) -> Callable[[Sayer], Sayer]:
    """Register the words of a kind; the same function again changes nothing.

    ``detail``: what a message of this one piece of news says below its ``brief``, by the same rule.
    """

    def register(sayer: Sayer) -> Sayer:
        kinds[kind] = Kind(sayer, topic, brief, is_prompt, several, detail)
        return sayer

    return register


def said(notice: SeenNotice) -> Said | None:
    """The notice in words; None for a kind that this program no longer knows."""
    kind = kinds.get(notice.kind)
    return kind.say(notice) if kind else None


def said_together(notices: Sequence[SeenNotice]) -> Said | None:
    """Alike news in one line; None for a kind that this program no longer knows."""
    several = several_of(notices[0])
    return several.say(notices) if several and len(notices) > 1 else said(notices[0])


def several_of(notice: SeenNotice) -> Several | None:
    """How news of this kind are said together; None where each stands alone."""
    kind = kinds.get(notice.kind)
    return kind.several if kind else None


def likeness(notice: SeenNotice) -> Hashable:
    """Equal for news that may stand in one line."""
    several = several_of(notice)
    return (notice.school_id, notice.kind, several.alike(notice) if several else notice.id)


def topic_of(kind: str) -> Topic:
    """The topic of a kind of news."""
    known = kinds.get(kind)
    return known.topic if known else Topic.SCHOOL


def is_prompt(kind: str) -> bool:
    """Whether news of this kind are not kept waiting for others."""
    known = kinds.get(kind)
    return known is not None and known.is_prompt


def brief_of(notice: SeenNotice) -> str:
    """A line for a locked screen."""
    kind = kinds.get(notice.kind)
    if kind is None:
        return topic_words(Topic.SCHOOL)
    return kind.brief(notice) if kind.brief else topic_words(kind.topic)


def detail_of(notice: SeenNotice) -> str:
    """What a message of this one piece of news says below its line; may be empty."""
    kind = kinds.get(notice.kind)
    return kind.detail(notice) if kind and kind.detail else ""


Completer = Callable[[Actor, Sequence[SeenNotice]], Sequence[SeenNotice]]
completers: list[Completer] = []


def completes(completer: Completer) -> Completer:
    """Register who adds to ``about`` what only the list inside the site may show: marks, as their reader may see them now."""
    if completer not in completers:
        completers.append(completer)
    return completer


def completed(actor: Actor, notices: Sequence[SeenNotice]) -> Sequence[SeenNotice]:
    """The actor's own notices with all that they may see of them; never for what leaves the site."""
    for completer in completers:
        notices = completer(actor, notices)
    return notices


Busy = Callable[[int, Collection[uuid.UUID], datetime], Mapping[uuid.UUID, Sequence[Span]]]
"""A school, accounts and a moment: the lessons around it in which these people are not disturbed."""
busy: list[Busy] = []


def never_during(asker: Busy) -> Busy:
    """Register who knows when somebody sits in a lesson."""
    if asker not in busy:
        busy.append(asker)
    return asker
