"""The pages of homework: the pupil's, the teacher's, and the review of works."""

from school.homework.routes import doing, hooks, review, setting
from school.homework.routes.blueprint import blueprint

__all__ = ["blueprint", "doing", "hooks", "review", "setting"]
