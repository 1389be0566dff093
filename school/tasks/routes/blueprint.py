"""The blueprint of tasks."""

from flask import Blueprint

blueprint = Blueprint("tasks", __name__, template_folder="../templates")
