"""What changes tracks: proposals, the teacher's hand, practice."""

from school.tracks.actions.making import (
    Wish,
    approve_tracks,
    end_track,
    propose_anew,
    propose_tracks,
    set_terms,
)
from school.tracks.actions.practising import begin_ten, begin_test
from school.tracks.actions.stepping import (
    add_step,
    finish_held,
    finish_held_in,
    finish_step,
    lock_step,
    move_step,
    pin_step,
    remove_step,
    replace_step,
)

__all__ = [
    "Wish",
    "add_step",
    "approve_tracks",
    "begin_ten",
    "begin_test",
    "end_track",
    "finish_held",
    "finish_held_in",
    "finish_step",
    "lock_step",
    "move_step",
    "pin_step",
    "propose_anew",
    "propose_tracks",
    "remove_step",
    "replace_step",
    "set_terms",
]
