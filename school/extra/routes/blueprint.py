"""Addresses of extra lessons are below the school's."""

from flask import Blueprint

blueprint = Blueprint("extra", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")
