"""The short teaching videos of the demo library, drawn frame by frame at set-up."""

from school.demo.videos import fraction_sum, lever, motion
from school.demo.videos.film import Film, FilmFailed, Recording, record
from school.demo.videos.fonts import NoTypeface

FILMS: dict[str, Film] = {film.name: film for film in (fraction_sum.FILM, motion.FILM, lever.FILM)}

__all__ = ["FILMS", "Film", "FilmFailed", "NoTypeface", "Recording", "record"]
