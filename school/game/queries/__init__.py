"""Asking the game: whether it is on, what was earned, what a class does together."""
