"""The addresses of notices."""

from flask import Blueprint

blueprint = Blueprint("notices", "school.notices", template_folder="templates")
