"""The rows of a pupil's progress as HTML: seventy topics and fifteen subjects with their marks stand on one page.

Titles and names pass ``escape`` here; the rest are pieces of the design system, digits, and words of the catalogue.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pieces import Pieces
from school.mastery.queries import KnownTopic
from school.progress import voice, words
from school.progress.queries.overview import SubjectLine
from school.progress.trend import Point


def topic_rows(topics: Sequence[KnownTopic]) -> Markup:
    """Titles with their subjects."""
    return Markup("".join([_topic(one.topic.title, one.subject, "") for one in topics]))  # noqa: S704 - see above


def won_rows(topics: Sequence[KnownTopic], *, adult: bool) -> Markup:
    """The same with how firmly each holds; for adults in per cent too."""
    pieces = Pieces(language())
    return Markup("".join([_won(one, adult, pieces) for one in topics]))  # noqa: S704 - see above


def subject_rows(lines: Sequence[SubjectLine], address: Callable[[int], str]) -> Markup:
    """A row a subject: what has changed, the works, the last marks and the mean."""
    pieces = Pieces(language())
    of_term = str(escape(_("term average")))
    return Markup("\n".join([_subject(line, address, pieces, of_term) for line in lines]))  # noqa: S704 - see above


@lru_cache(maxsize=8192)
def _topic(title: str, subject: str, end: str) -> str:
    trail = f'<div class="row-trail">{end}</div>' if end else ""
    return (
        f'<li class="row"><div class="row-words"><span class="row-title">{escape(title)}</span>'
        f'<div class="row-meta">{escape(subject)}</div></div>{trail}</li>'
    )


def _won(one: KnownTopic, adult: bool, pieces: Pieces) -> str:
    end = str(pieces.pill(voice.won_said(one.seen.standing, adult=adult), "good", "check"))
    if adult:
        end += f' <span class="tabular text-2">{words.per_cent(one.seen.estimate.chance)} %</span>'
    return _topic(one.topic.title, one.subject, end)


def _subject(line: SubjectLine, address: Callable[[int], str], pieces: Pieces, of_term: str) -> str:
    works, subject = line.works, line.subject
    changed = words.change_over_month(line.change) if line.change.is_enough else ""
    said = words.works(works.done, works.owed, works.returned)
    meta = "<br>".join([escape(one) for one in (changed, said) if one])
    meta = f'<div class="row-meta">{meta}</div>' if meta else ""
    marks = "".join([_mark(point, pieces) for point in line.last])
    if line.mean is None:
        mean = '<span class="mean text-l text-3" aria-hidden="true">–</span>'
    else:
        mean = f'<span class="mean text-l" title="{of_term}">{words.mean(line.mean)}<span class="visually-hidden"> {of_term}</span></span>'
    return (
        f'<li class="row"><div class="row-words"><a href="{escape(address(subject.id))}" class="row-title">'
        f"{pieces.subject(subject.name, subject.tint)}</a>{meta}</div>"
        f'<div class="row-trail">{marks}{mean}</div></li>'
    )


def _mark(point: Point, pieces: Pieces) -> Markup:
    return pieces.named_mark(str(point.value), words.short_day(point.on_date), point.weight)
