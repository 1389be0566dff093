"""The pages of what is asked and answered."""

from school.asks.routes import family, staff
from school.asks.routes.blueprint import blueprint

__all__ = ["blueprint", "family", "staff"]
