"""What the first pages keep ready: the figures of days, and the city's tree of figures."""

from school.home.actions.areas import give_out, recount_levels
from school.home.actions.figures import recount_city, recount_school

__all__ = ["give_out", "recount_city", "recount_levels", "recount_school"]
