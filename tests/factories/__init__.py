"""Valid, related, Russian-named rows; every call commits, so that requests of other connections see them."""

from flask import Flask

from tests.factories.gradebook import MakeGradebook
from tests.factories.homework import MakeHomework
from tests.factories.library import MakeLibrary


class Make(MakeHomework, MakeGradebook, MakeLibrary):
    """All factories under one name: ``make.course(pupils=25)``."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.counter = 0
