"""The blueprint of the game."""

from flask import Blueprint

blueprint = Blueprint("game", "school.game", template_folder="templates", url_prefix="/s/<int:school_id>")
