from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.anonymise import anonymise
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Make a person anonymous, for good: memberships and sign-in end, names go, work and pseudonym stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="who is made anonymous")

    def run(self, **options: Any) -> Any:
        user = anonymise(username=options["username"])
        self.say(f"anonymous now: {user.username}")
        return {"username": user.username}
