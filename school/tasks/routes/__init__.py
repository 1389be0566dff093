"""The pages of tasks."""

from school.tasks.routes import easing, files, hinting, judging, playing
from school.tasks.routes.blueprint import blueprint

__all__ = ["blueprint", "easing", "files", "hinting", "judging", "playing"]
