"""The pages of progress."""

from school.progress.routes import forecast, needing, outside, pupils, topics
from school.progress.routes.blueprint import blueprint

__all__ = ["blueprint", "forecast", "needing", "outside", "pupils", "topics"]
