"""Valid, related, Russian-named rows; every call commits, so that requests of other connections see them."""

from flask import Flask

from tests.factories.classes import MakeClasses
from tests.factories.gradebook import MakeGradebook


class Make(MakeGradebook, MakeClasses):
    """All factories under one name: ``make.course(pupils=25)``."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.counter = 0
