"""`flask people …`: what only the operator of the site may do."""

import click
from flask.cli import AppGroup

from school.core.transactions import unit_of_work
from school.people.actions import reset_by_operator
from school.people.codes import shown
from school.people.queries import find_account

people = AppGroup("people", help="Accounts.")


@people.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """End all sign-ins of LOGIN and print a one-time code for 24 hours.

    For people whom no school may reset: methodologists, analysts, and who works in two schools. Make sure that it is them
    who ask.
    """
    with unit_of_work():
        account = find_account(login)
        if account is None:
            raise click.ClickException(f"nobody has the login {login}")
        code = shown(reset_by_operator(account))
    click.echo(f"{code}  ({account.name}; for /join, once, within 24 hours)")
