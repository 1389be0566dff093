"""The blueprint of the library, and what its templates ask for."""

from flask import Blueprint, current_app, request, session, url_for

from school.library import policy, words

LARGEST_FORM = 200 * 1024 * 1024
"""Bytes of a file that comes with a form; a browser with JavaScript sends larger ones straight to the storage."""

blueprint = Blueprint("library", __name__, template_folder="../templates", cli_group="library")
blueprint.cli.help = "The library: files of other programs, files that nothing uses, the search index."


@blueprint.url_value_preprocessor
def let_files_be_larger(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Raise the limit of forms before anything reads this one, and only for somebody who carries a session of ours.

    The session's signature is checked without the database, so no transaction is open while the file comes in.
    """
    if endpoint in {"library.send_file", "library.bring", "library.send_package"} and session.get("_user_id"):
        request.max_content_length = LARGEST_FORM


@blueprint.context_processor
def words_and_rules() -> dict[str, object]:
    """What the library's templates call things by, and the rules they ask with ``can``."""
    return {"words": words, "rules": policy}


def link_if_there(endpoint: str, **values: object) -> str:
    """The address of a page of a feature above the library; nothing while that feature is not installed."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]
