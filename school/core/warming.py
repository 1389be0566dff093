"""Makes a fresh web server process ready before its first request, so that nobody waits for what can be done once."""

import gc

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from school.core.config import Settings

COLLECT_AFTER = 20_000
"""New objects before the collector looks at them. Python's 700 are one page's rows, and starting it dozens of times a page cost a
tenth of the largest pages' CPU."""


def init_app(app: Flask, settings: Settings) -> None:
    """Keep compiled templates in the data folder: a second process or start reads them and compiles nothing."""
    folder = settings.data_dir / "cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def warm(app: Flask) -> None:
    """Load every template; then tell the collector that all there is now will stay."""
    with app.app_context():
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
