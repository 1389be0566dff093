"""The blueprint of tracks."""

from flask import Blueprint

blueprint = Blueprint("tracks", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")
