from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.accounts.second_factor import remove_second_factor
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Remove a person's second factor and recovery codes, where they lost them: their password alone signs them in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="who lost it")

    def run(self, **options: Any) -> Any:
        removed = remove_second_factor(username=options["username"])
        self.say(f"{options['username']}: {'removed' if removed else 'there was none'}")
        return {"username": options["username"], "removed": bool(removed)}
