"""The game beside learning: points for what was found out, streaks that wait, badges, a drawn animal, goals of a class."""
