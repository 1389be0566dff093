"""What the first pages keep ready: the figures of days."""

from school.home.actions.figures import recount_city, recount_school

__all__ = ["recount_city", "recount_school"]
