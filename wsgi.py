"""The WSGI entry."""

from school.app import create_app

app = create_app()
