"""The pages of the game: a pupil's own, the wardrobe, the family's, the class's, and the keeping of days."""

from school.game import carrying
from school.game.routes import classes, family, keeping, own, results
from school.game.routes.blueprint import blueprint

__all__ = ["blueprint", "carrying", "classes", "family", "keeping", "own", "results"]
