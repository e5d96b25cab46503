from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from annotation.flow.accounts.tokens import new_token
from annotation.flow.setup.projects import add_member
from annotation.flow.shown import count_shown, shown_in_words
from annotation.management.base import ProjectCommand
from annotation.models import Membership, Role


class Command(ProjectCommand):
    help = "Give a person a role in a project; with --token, print a token for the API, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("username", help="the name with which the person signs in")
        parser.add_argument("--role", required=True, choices=Role.values, help="what the person may do in the project")
        parser.add_argument("--create", action="store_true", help="make the person if there is none")
        parser.add_argument("--token", action="store_true", help="make a token")
        parser.add_argument("--token-days", type=int, default=365, help="days until the token expires (365)")

    @transaction.atomic
    def run(self, **options: Any) -> Any:
        project = self.project(options)
        former = Membership.objects.in_project(project).named(options["username"]).values_list("role", flat=True).first()
        membership = add_member(
            username=options["username"],
            project=project,
            role=options["role"],
            create=options["create"],
        )
        shown = count_shown(membership.user, membership.project) if membership.role == Role.ANNOTATOR else 0
        token = new_token(user=membership.user, days=options["token_days"]) if options["token"] else None
        role = membership.role
        changed = former is not None and former != role
        self.say(f"{membership.user.username}: " + (f"was {former}, is now {role}" if changed else role))
        if shown:
            self.say(shown_in_words(membership.user, shown))
        if token and not self.as_json:
            self.stdout.write(token)
        return {"username": membership.user.username, "role": role, "former_role": former, "token": token, "shown": shown}
