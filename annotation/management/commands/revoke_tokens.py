from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.accounts.tokens import revoke_tokens
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Revoke the API tokens of a person, or one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name with which the person signs in")
        parser.add_argument("--token", default="", metavar="BEGINNING", help="only the one that begins with these 8 characters")

    def run(self, **options: Any) -> Any:
        revoked = revoke_tokens(username=options["username"], token=options["token"])
        self.say(f"{options['username']}: {revoked} tokens revoked")
        return {"username": options["username"], "revoked": revoked}
