"""Puts the application together: settings, core, then the features from the bottom up."""

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from school import cli
from school.asks import routes as asks_routes
from school.classes import rolls
from school.classes import routes as classes_routes
from school.core import (
    access,
    assets,
    clock,
    database,
    days,
    errors,
    file_commands,
    files,
    finding,
    headers,
    health,
    jobs,
    languages,
    limits,
    logs,
    records,
    rooms,
    sandbox,
    styleguide,
    transactions,
    warming,
)
from school.core import shell as frame
from school.core.addresses import AddressedFlask
from school.core.config import Settings, read_settings
from school.extra import routes as extra_routes
from school.game import routes as game_routes
from school.gradebook import routes as gradebook_routes
from school.gradebook.since import marks_since
from school.home import pages as home_pages
from school.home import shell
from school.homework import routes as homework_routes
from school.homework.since import submissions_since
from school.library import routes as library_routes
from school.messages import routes as messages_routes
from school.notices import routes as notices_routes
from school.people import access_log, hooks, sessions
from school.people import routes as people_routes
from school.pilots import routes as pilots_routes
from school.plans import routes as plans_routes
from school.progress import routes as progress_routes
from school.reports import routes as reports_routes
from school.roster import routes as roster_routes
from school.roster.hooks import register_fact
from school.tasks import routes as tasks_routes
from school.tasks.since import answers_since
from school.tracks import routes as tracks_routes

BLUEPRINTS = (
    health.blueprint,
    styleguide.blueprint,
    people_routes.blueprint,
    notices_routes.blueprint,
    classes_routes.blueprint,
    classes_routes.api,
    messages_routes.blueprint,
    asks_routes.blueprint,
    plans_routes.blueprint,
    roster_routes.blueprint,
    tasks_routes.blueprint,
    library_routes.blueprint,
    progress_routes.blueprint,
    extra_routes.blueprint,
    game_routes.blueprint,
    pilots_routes.blueprint,
    pilots_routes.pool,
    pilots_routes.city,
    reports_routes.blueprint,
    home_pages.blueprint,
    homework_routes.blueprint,
    tracks_routes.blueprint,
    gradebook_routes.blueprint,
)


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application; raises ``BadSettings`` when the environment can't be used."""
    settings = settings or read_settings()
    if settings.clock is not None:
        clock.run_from(settings.clock)
    app = AddressedFlask(__name__, static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=32 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    # After-request functions run last-registered first: the headers see the answer that the commit let through.
    logs.init_app(app, settings)
    headers.init_app(app, settings)
    sandbox.init_app(app, settings)
    database.init_app(app, settings)
    app.extensions["csrf"] = CSRFProtect(app)
    errors.init_app(app)
    languages.init_app(app)
    days.init_app(app)
    rooms.init_app(app)
    warming.init_app(app, settings)
    assets.init_app(app)
    limits.init_app(app, settings)
    app.register_blueprint(Blueprint("core", __name__, template_folder="core/templates"))
    access.init_app(app)
    frame.init_app(app)
    files.init_app(app, settings)
    file_commands.init_app(app)
    finding.init_app(app, settings)
    jobs.init_app(app)
    records.init_app(app)
    sessions.init_app(app)
    access_log.init_app(app)
    hooks.register(rolls)
    transactions.init_app(app)
    shell.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_fact("marks", marks_since)
    register_fact("answers", answers_since)
    register_fact("submitted work", submissions_since)
    cli.init_app(app, settings)
    return app
