"""The blueprint that all views of the gradebook hang on."""

from flask import Blueprint

blueprint = Blueprint("gradebook", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")
