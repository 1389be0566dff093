"""Pilots: two or more ways of practice compared fairly, by pupils drawn inside classes and common tests that nobody has practised."""
