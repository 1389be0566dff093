"""What is done with classes, lessons and timetables."""

from school.classes.actions.generating import Generated, generate_lessons
from school.classes.actions.handing import accept_offer, decline_offer, offer_transfer, withdraw_offer
from school.classes.actions.lessons import (
    cancel_lesson,
    end_substitution,
    move_lesson,
    restore_lesson,
    substitute,
    write_topic,
)
from school.classes.actions.notes import FAMILY_REASONS, announce_absence, withdraw_note
from school.classes.actions.people import appoint_teacher, enrol, lead_class, leave, move_pupil
from school.classes.actions.presence import (
    Exceptional,
    change_reason,
    clear_presence,
    explain_days,
    set_presence,
    take_presence,
)
from school.classes.actions.timetable import Place, change_slot, end_slot, put_slot
from school.classes.actions.transfers import Moved, transfer_pupil
from school.classes.errors import CannotDo, Clash

__all__ = [
    "FAMILY_REASONS",
    "CannotDo",
    "Clash",
    "Exceptional",
    "Generated",
    "Moved",
    "Place",
    "accept_offer",
    "announce_absence",
    "appoint_teacher",
    "cancel_lesson",
    "change_reason",
    "change_slot",
    "clear_presence",
    "decline_offer",
    "end_slot",
    "end_substitution",
    "enrol",
    "explain_days",
    "generate_lessons",
    "lead_class",
    "leave",
    "move_lesson",
    "move_pupil",
    "offer_transfer",
    "put_slot",
    "restore_lesson",
    "set_presence",
    "substitute",
    "take_presence",
    "transfer_pupil",
    "withdraw_note",
    "withdraw_offer",
    "write_topic",
]
