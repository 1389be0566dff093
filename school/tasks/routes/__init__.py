"""The pages of tasks."""

from school.tasks.routes import files, hinting, judging, playing
from school.tasks.routes.blueprint import blueprint

__all__ = ["blueprint", "files", "hinting", "judging", "playing"]
