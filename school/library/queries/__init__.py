"""Reading the library for its pages; nothing here changes anything."""

from school.library.queries.bookmarks import bookmarks_of
from school.library.queries.drafts import (
    Film,
    Readiness,
    draft_of,
    films_of,
    get_draft,
    get_draft_item,
    get_film_work,
    readiness_of,
)
from school.library.queries.films import Watched, watched_by
from school.library.queries.lessons import NextLesson, next_lessons
from school.library.queries.packages import Played, played_by
from school.library.queries.pages import linked_pieces, pages_named, pages_to_open
from school.library.queries.previews import get_draft_file, previews_of
from school.library.queries.reading import Reading, ShownItem, Stage, read_unit
from school.library.queries.review import MyUnit, Review, Waiting, get_remark, my_units, review_of, waiting
from school.library.queries.sending import get_upload, sent_of, uploads_of
from school.library.queries.shelves import Choices, Shelf, Wish, completions, find_units
from school.library.queries.surveys import survey_of
from school.library.queries.topics import topics_to_choose
from school.library.queries.units import get_unit

__all__ = [
    "Choices",
    "Film",
    "MyUnit",
    "NextLesson",
    "Played",
    "Readiness",
    "Reading",
    "Review",
    "Shelf",
    "ShownItem",
    "Stage",
    "Waiting",
    "Watched",
    "Wish",
    "bookmarks_of",
    "completions",
    "draft_of",
    "films_of",
    "find_units",
    "get_draft",
    "get_draft_file",
    "get_draft_item",
    "get_film_work",
    "get_remark",
    "get_unit",
    "get_upload",
    "linked_pieces",
    "my_units",
    "next_lessons",
    "pages_named",
    "pages_to_open",
    "played_by",
    "previews_of",
    "read_unit",
    "readiness_of",
    "review_of",
    "sent_of",
    "survey_of",
    "topics_to_choose",
    "uploads_of",
    "waiting",
    "watched_by",
]
