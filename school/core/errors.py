"""Error pages in plain words: what happened, that nothing was lost, and what to do."""

import logging

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from content_library.storage import StorageUnavailable
from school.core.access import current_actor
from school.core.languages import gettext as _

log = logging.getLogger("school.errors")

WORDS = {
    400: (_l("The request could not be read"), _l("Nothing was changed. Go back, reload the page and try again.")),
    403: (_l("This page is not open to you"), _l("Your role does not allow it.")),
    404: (_l("There is no such page"), _l("The address may be old, or the page belongs to somebody else.")),
    405: (_l("This page is used in another way"), _l("Open it from the menu.")),
    409: (_l("Somebody has changed this before you"), _l("Nothing was overwritten. Reload the page to see both.")),
    413: (_l("The file is too large"), _l("Nothing was saved. Choose a smaller file.")),
    422: (_l("Something in the form needs mending"), _l("Nothing was saved yet. Look at the marked fields.")),
    429: (_l("Too many attempts"), _l("Wait a minute and try again.")),
    500: (_l("Something broke on our side"), _l("We have written it down. What you saved before is safe; try again.")),
    503: (_l("The school is having a short break"), _l("What you saved before is safe. Try again in a minute.")),
}


class Conflict(Exception):
    """Another change came first; ``why`` says which, for the person. Nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def init_app(app: Flask) -> None:
    """Turn every error into a page, a block or JSON, by what was asked for."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        code = error.code or 500
        own = error.description if code in {403, 409, 413, 422, 429} and error.description else ""
        if own == getattr(type(error), "description", None):
            own = ""
        answer = error_page(code, own)
        retry = getattr(error, "retry_after", None)
        if retry:
            answer.headers["Retry-After"] = str(retry)
        return answer

    @app.errorhandler(CSRFError)
    def csrf_error(_error: CSRFError) -> Response:
        return error_page(400, _("This page was open for too long. Reload it and send the form again."))

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Response:
        return error_page(409, error.why)

    @app.errorhandler(OperationalError)
    def no_database(error: OperationalError) -> Response:
        """The database is away, restarts or is too busy: nothing was saved by this request, and trying again may help."""
        log.error("the database does not serve", exc_info=error)
        g.actor, g._login_user = None, AnonymousUserMixin()  # noqa: SLF001 - who this is can't be asked now: neither may the page ask
        answer = error_page(503)
        answer.headers["Retry-After"] = "10"
        return answer

    app.register_error_handler(StorageUnavailable, no_storage)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.error("unhandled error", exc_info=error)
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        return error_page(500)


def no_storage(error: StorageUnavailable) -> Response:
    """Files are away, the school is not: whoever sends one waits, whoever opens one comes again."""
    log.error("the file storage does not serve: %s", error)
    words = _("Everything else works. Nothing is lost: try again in a minute.")
    answer = error_page(503, words, title=_("Files can't be opened or sent just now"))
    answer.headers["Retry-After"] = "10"
    return answer


def error_page(code: int, own_words: str = "", *, title: str = "") -> Response:
    """The page of an HTTP error; ``own_words`` replace the usual second sentence, ``title`` the first."""
    usual, advice = WORDS.get(code, WORDS[500])
    title = title or str(usual)
    words = own_words or str(advice)
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=title, advice=words), code)
    if "actor" not in g:
        # No view was found for this address, so nobody has asked who this is; the way back is in the person's own frame.
        g.actor = current_actor() if code in {404, 405} else None
    html = render_template("core/error.html", code=code, title=title, advice=words)
    response = make_response(html, code)
    response.headers["Cache-Control"] = "no-store"
    return response
