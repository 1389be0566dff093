"""Pages about people: signing in, one's own profile, the people of a school, their keys, and who looked."""

from school.people.routes import cards, families, joining, keys, looks, members, profile, roles, signing_in
from school.people.routes.blueprint import blueprint

__all__ = ["blueprint", "cards", "families", "joining", "keys", "looks", "members", "profile", "roles", "signing_in"]
