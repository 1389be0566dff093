"""Pages of extra lessons: for the teacher, for pupils and families, and what notices say."""

from school.extra.routes import family, lessons, news, offering
from school.extra.routes.blueprint import blueprint

__all__ = ["blueprint", "family", "lessons", "news", "offering"]
