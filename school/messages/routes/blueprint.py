"""The addresses of messages."""

from flask import Blueprint

blueprint = Blueprint("messages", "school.messages", template_folder="templates")
