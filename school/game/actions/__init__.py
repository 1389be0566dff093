"""What changes the game: switches, the wardrobe, goals, words about the list, and the keeping of days."""

from school.game.actions.agreeing import say_of_list
from school.game.actions.goals import drop_goal, set_goal
from school.game.actions.keeping import keep_pupil, keep_school
from school.game.actions.shopping import CannotHave, have_part, wear
from school.game.actions.switching import switch_class, switch_pupil

__all__ = [
    "CannotHave",
    "drop_goal",
    "have_part",
    "keep_pupil",
    "keep_school",
    "say_of_list",
    "set_goal",
    "switch_class",
    "switch_pupil",
    "wear",
]
