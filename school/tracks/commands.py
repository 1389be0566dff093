"""`flask tracks replay`: how well the model foretells a log of answers."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from school.tracks.logs import BadLog, read_log
from school.tracks.replay import foretell

commands = AppGroup("tracks", help="Individual tracks and the pupil model.")


@commands.command("replay")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the chances go.")
def replay(log: Path, out: Path) -> None:
    """Foretell each answer of a CSV before it is revealed.

    Columns: pupil, item, skill (ids joined by ";"), correct, timestamp, and perhaps split. The result has one column,
    "probability", and a row for each row of the log, in its order.
    """
    try:
        with log.open(encoding="utf-8", newline="") as lines:
            answers = read_log(lines)
    except (BadLog, UnicodeDecodeError) as why:
        raise click.ClickException(str(why)) from None
    chances = foretell(answers, lambda done: click.echo(f"{done} answers", err=True))
    with out.open("w", encoding="ascii", newline="") as lines:
        lines.write("probability\n")
        lines.writelines(f"{chance:.6f}\n" for chance in chances)
    click.echo(f"{len(chances)} answers foretold.")


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(commands)
