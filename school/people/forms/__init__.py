"""The shape of what is entered about people."""
