"""What can be taught: units, versions, topics, files. Knows no school and no web framework."""
