"""What authors and methodologists do with units. Actions flush and never commit."""

from school.library.actions.bookmarks import turn_bookmark
from school.library.actions.films import film_arrived, film_given, forget_film, try_film_again
from school.library.actions.placing import (
    FileRefused,
    describe,
    document_arrived,
    drop_file,
    made_anew_arrived,
    take_file,
)
from school.library.actions.playing import note_playing
from school.library.actions.previews import try_preview_again
from school.library.actions.review import (
    NotReady,
    RemarksOpen,
    appeal,
    ask_second_reader,
    begin_next_version,
    publish,
    remark,
    retire,
    send_back,
    send_for_review,
    settle_remark,
    take_back,
    tick_criterion,
)
from school.library.actions.sending import begin_upload, drop_upload, end_upload, forget_uploads
from school.library.actions.watching import note_watching
from school.library.actions.writing import Begun, add_item, begin_unit, drop_item, move_item, rewrite, rewrite_item

__all__ = [
    "Begun",
    "FileRefused",
    "NotReady",
    "RemarksOpen",
    "add_item",
    "appeal",
    "ask_second_reader",
    "begin_next_version",
    "begin_unit",
    "begin_upload",
    "describe",
    "document_arrived",
    "drop_file",
    "drop_item",
    "drop_upload",
    "end_upload",
    "film_arrived",
    "film_given",
    "forget_film",
    "forget_uploads",
    "made_anew_arrived",
    "move_item",
    "note_playing",
    "note_watching",
    "publish",
    "remark",
    "retire",
    "rewrite",
    "rewrite_item",
    "send_back",
    "send_for_review",
    "settle_remark",
    "take_back",
    "take_file",
    "tick_criterion",
    "try_film_again",
    "try_preview_again",
    "turn_bookmark",
]
