"""The lines of a diary's day as HTML: a week has sixty, and a city opens them at once.

Whatever people typed (topics, titles, comments, names) passes ``escape`` here; the rest are pieces of the design system, digits and ids.
"""

from collections.abc import Callable

from markupsafe import Markup, escape

from school.classes.models import LessonState
from school.classes.queries.days import DayLesson
from school.core.days import clock_time
from school.core.languages import gettext as _
from school.core.pieces import Pieces
from school.core.rooms import room_words
from school.gradebook.days import day_and_month
from school.gradebook.queries.diary import DiaryDay, DiaryLine
from school.gradebook.queries.marks import PupilMark
from school.gradebook.wording import homework_state, missed_words
from school.homework.seen import PupilHomework

ExtraUrl = Callable[[DayLesson], str | None]
"""Where the reader looks at an extra lesson; nothing for those who may not."""


def lines_html(day: DiaryDay, marks_url: str, pieces: Pieces, extra_of: ExtraUrl) -> Markup:
    """The lessons of a day, then what is due outside of them, then what is owed by it."""
    made = [
        _extra(line.lesson, pieces, extra_of(line.lesson)) if line.lesson.is_extra else _line(line, marks_url, pieces)
        for line in day.lines
    ]
    made += [_apart(work, pieces) for work in day.homework]
    if day.owed:
        made += [_owed(mark, marks_url, pieces) for mark in day.owed]
    return Markup("\n".join(made))  # noqa: S704 - see the docstring above


def _line(line: DiaryLine, marks_url: str, pieces: Pieces) -> str:
    lesson = line.lesson
    off = "" if lesson.is_held else " d-off"
    room = f' <span class="text-2 text-s">{escape(room_words(lesson.room))}</span>' if lesson.room else ""
    said = _notice(line)
    if lesson.topic:
        said += f'<p class="text-s text-2">{escape(lesson.topic)}</p>'
    said += "".join([_homework(work, pieces) for work in line.homework])
    said += "".join([_words(mark, lesson.topic, pieces) for mark in line.marks])
    marks = _missed(line) + "".join([_mark(mark, marks_url, pieces) for mark in line.marks])
    return (
        f'<li class="d-line{off}"><div class="d-time"><b>{lesson.slot}</b><span>{clock_time(lesson.starts_at)}</span></div>'
        f'<div class="d-what"><p class="d-subject">{pieces.subject(lesson.subject, lesson.tint)}{room}</p>{said}</div>'
        f'<div class="d-marks">{marks}</div></li>'
    )


def _extra(lesson: DayLesson, pieces: Pieces, url: str | None) -> str:
    """An extra lesson has no number, no homework and no mark."""
    room = f' <span class="text-2 text-s">{escape(room_words(lesson.room))}</span>' if lesson.room else ""
    says = escape(_("Extra lesson: %(topic)s", topic=lesson.topic))
    if url:
        says = Markup('<a href="{}">{}</a>').format(url, says)
    if not lesson.is_held:
        says += Markup("<br>") + escape(_("The lesson is cancelled"))
    return (
        f'<li class="d-line{"" if lesson.is_held else " d-off"}"><div class="d-time"><b>+</b><span>{clock_time(lesson.starts_at)}</span></div>'
        f'<div class="d-what"><p class="d-subject">{pieces.subject(lesson.subject, lesson.tint)}{room}</p><p class="text-s">{says}</p></div>'
        '<div class="d-marks"></div></li>'
    )


def _notice(line: DiaryLine) -> str:
    """What is not as the timetable says."""
    lesson = line.lesson
    if lesson.state == LessonState.CANCELLED:
        return f'<p class="text-s text-2">{_("The lesson is cancelled")}</p>'
    if lesson.state == LessonState.MOVED:
        return f'<p class="text-s text-2">{_("The lesson is moved to another day")}</p>'
    if lesson.is_substituted:
        return f'<p class="text-s">{escape(_("Instead of the usual teacher: %(name)s", name=lesson.teacher))}</p>'
    return ""


def _apart(work: PupilHomework, pieces: Pieces) -> str:
    return (
        '<li class="d-line"><div class="d-time"></div>'
        f'<div class="d-what"><p class="d-subject">{pieces.subject(work.subject, work.tint)}</p>{_homework(work, pieces)}</div></li>'
    )


def _homework(work: PupilHomework, pieces: Pieces) -> str:
    minutes = f' <span class="text-2 text-s text-nowrap">{pieces.minutes(work.minutes)}</span>' if work.minutes else ""
    return f'<div class="d-homework"><p>{escape(work.title)}{minutes}</p>{pieces.status(homework_state(work))}</div>'


def _owed(mark: PupilMark, marks_url: str, pieces: Pieces) -> str:
    """A work owed by this day, wherever in the year its dot was put."""
    about = f"{mark.title or mark.work}, {day_and_month(mark.on_date, pieces.locale)}: {_debt(mark, pieces)}"
    return (
        '<li class="d-line"><div class="d-time"></div>'
        f'<div class="d-what"><p class="d-subject">{pieces.subject(mark.subject, mark.tint)}</p><p class="text-s">{escape(about)}</p></div>'
        f'<div class="d-marks">{_mark(mark, marks_url, pieces)}</div></li>'
    )


def _debt(mark: PupilMark, pieces: Pieces) -> str:
    assert mark.sign.due_on is not None  # noqa: S101 - asked by the callers
    return str(_("a debt, owed by %(day)s", day=day_and_month(mark.sign.due_on, pieces.locale)))


def _words(mark: PupilMark, topic: str, pieces: Pieces) -> str:
    """What the mark was for and what the teacher wrote, where the lesson's topic does not say it already."""
    comment = mark.sign.comment
    if mark.sign.due_on is not None:
        comment = f"{_debt(mark, pieces)}. {comment}" if comment else _debt(mark, pieces)
    if not comment and (not mark.title or mark.title == topic):
        return ""
    colon = ":" if comment else ""
    return (
        f'<p class="text-s"><span class="text-2">{escape(mark.title or mark.work)}{colon}</span> {escape(comment)}</p>'
    )


def _missed(line: DiaryLine) -> str:
    if line.missed is None:
        return ""
    words = escape(missed_words(line.missed))
    return f'<span class="mark" title="{words}">{escape(line.missed.code)}<span class="visually-hidden">, {words}</span></span>'


def _mark(mark: PupilMark, marks_url: str, pieces: Pieces) -> str:
    work, fresh = escape(mark.work), " data-fresh" if mark.is_fresh else ""
    return (
        f'<a href="{marks_url}#mark-{mark.id}" class="d-mark" title="{work}"{fresh}>{pieces.mark(mark.text, mark.weight)}'
        f'<span class="visually-hidden">, {work}</span></a>'
    )
