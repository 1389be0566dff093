"""The list of one's notices, and how one wishes to be told."""

from school.notices.routes import mine, settings
from school.notices.routes.blueprint import blueprint

__all__ = ["blueprint", "mine", "settings"]
