"""Marks of an imagined school year, in a table of either key width, and the screens that read them."""
