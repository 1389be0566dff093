"""The blueprint of progress."""

from flask import Blueprint

blueprint = Blueprint("progress", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")
