"""The one blueprint of the feature."""

from flask import Blueprint

blueprint = Blueprint("people", "school.people", template_folder="templates")

BY_ADDRESS = "100 per 5 minute"
"""A school's computer room shares one address."""
MISSES = "30 per 5 minute"
"""Cards and codes that do not exist, from one address: they are long, so this is only against noise."""
