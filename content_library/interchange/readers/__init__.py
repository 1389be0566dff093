"""One module a format; each has a reader with the same two questions: is this yours, and what is in it."""
