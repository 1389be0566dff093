"""The pages of homework: the pupil's, the teacher's, and the review of works."""

from school.homework.routes import (
    alike,
    catching_up,
    doing,
    fitting,
    hooks,
    norms,
    noting,
    own,
    questions,
    recounting,
    review,
    setting,
)
from school.homework.routes.blueprint import blueprint

__all__ = [
    "alike",
    "blueprint",
    "catching_up",
    "doing",
    "fitting",
    "hooks",
    "norms",
    "noting",
    "own",
    "questions",
    "recounting",
    "review",
    "setting",
]
