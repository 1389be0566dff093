"""Pages of pilots: for who plans and reads them, for pupils and families, for the city, and what notices say."""

from school.pilots.routes import family, joining, keeping, news, nightly, planning, reading, running, shared
from school.pilots.routes.blueprint import blueprint, city, pool

__all__ = [
    "blueprint",
    "city",
    "family",
    "joining",
    "keeping",
    "news",
    "nightly",
    "planning",
    "pool",
    "reading",
    "running",
    "shared",
]
