"""The pages of progress."""

from school.progress.routes import pupils, topics
from school.progress.routes.blueprint import blueprint

__all__ = ["blueprint", "pupils", "topics"]
