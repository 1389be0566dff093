"""Pages of pilots: for who plans and reads them, for pupils and families, and what notices say."""

from school.pilots.routes import family, keeping, news, nightly, planning, reading, running
from school.pilots.routes.blueprint import blueprint, pool

__all__ = ["blueprint", "family", "keeping", "news", "nightly", "planning", "pool", "reading", "running"]
