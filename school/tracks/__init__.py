"""Individual tracks: the next useful step of each pupil, and how well the estimate behind it foretells answers."""
