"""The pages of messages."""

from school.messages.routes import news, reports, talks
from school.messages.routes.blueprint import blueprint

__all__ = ["blueprint", "news", "reports", "talks"]
