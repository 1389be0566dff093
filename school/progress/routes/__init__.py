"""The pages of progress."""

from school.progress.routes import forecast, goals, needing, outside, pupils, topics
from school.progress.routes.blueprint import blueprint

__all__ = ["blueprint", "forecast", "goals", "needing", "outside", "pupils", "topics"]
