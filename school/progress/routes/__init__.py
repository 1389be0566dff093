"""The pages of progress."""

from school.progress.routes import forecast, pupils, topics
from school.progress.routes.blueprint import blueprint

__all__ = ["blueprint", "forecast", "pupils", "topics"]
