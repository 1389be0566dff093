"""What people do about homework: the teacher sets and looks through it, the pupil does it and hands it in."""

from school.homework.actions.doing import (
    CannotHandIn,
    begin_task,
    hand_in,
    hand_in_finished,
    mark_seen,
    take_back,
)
from school.homework.actions.files import BadFile, GivenFile, take_file
from school.homework.actions.own import CannotKeep, OwnWish, add_own, change_own, remove_own, tick_own
from school.homework.actions.photos import BadPhoto, ReadyPhoto, keep_photo, keep_sent_photo, upload_links
from school.homework.actions.reviewing import (
    NeedsComment,
    Overtaken,
    accept_work,
    excuse,
    extend,
    return_work,
    score_work,
)
from school.homework.actions.setting import (
    CannotSet,
    Criterion,
    TestWish,
    TooLate,
    Wish,
    change_homework,
    follow_moved_lessons,
    set_homework,
    withdraw_homework,
)
from school.homework.actions.uses import recount_units

__all__ = [
    "BadFile",
    "BadPhoto",
    "CannotHandIn",
    "CannotKeep",
    "CannotSet",
    "Criterion",
    "GivenFile",
    "NeedsComment",
    "Overtaken",
    "OwnWish",
    "ReadyPhoto",
    "TestWish",
    "TooLate",
    "Wish",
    "accept_work",
    "add_own",
    "begin_task",
    "change_homework",
    "change_own",
    "excuse",
    "extend",
    "follow_moved_lessons",
    "hand_in",
    "hand_in_finished",
    "keep_photo",
    "keep_sent_photo",
    "mark_seen",
    "recount_units",
    "remove_own",
    "return_work",
    "score_work",
    "set_homework",
    "take_back",
    "take_file",
    "tick_own",
    "upload_links",
    "withdraw_homework",
]
