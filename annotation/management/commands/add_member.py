from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from annotation.flow.accounts.tokens import new_token
from annotation.flow.cohorts import move_member
from annotation.flow.setup.projects import add_member
from annotation.flow.shown import count_shown, shown_in_words
from annotation.management.base import ProjectCommand
from annotation.models import Membership, Role


class Command(ProjectCommand):
    help = "Give a person one or several roles in a project; with --token, print a token for the API, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("username", help="the name with which the person signs in")
        parser.add_argument(
            "--role",
            required=True,
            action="append",
            choices=Role.values,
            help="what the person may do in the project; given again, a further role: those not named are taken",
        )
        parser.add_argument("--cohort", metavar="NAME", help="the cohort that they are in; empty: none")
        parser.add_argument("--create", action="store_true", help="make the person if there is none")
        parser.add_argument("--token", action="store_true", help="make a token")
        parser.add_argument("--token-days", type=int, default=365, help="days until the token expires (365)")

    @transaction.atomic
    def run(self, **options: Any) -> Any:
        project = self.project(options)
        former = Membership.objects.in_project(project).named(options["username"]).whole()
        membership = add_member(
            username=options["username"],
            project=project,
            role=options["role"][0],
            also=options["role"][1:],
            create=options["create"],
        )
        if options["cohort"] is not None:
            move_member(username=membership.user.username, project=project, cohort=options["cohort"])
        shown = count_shown(membership.user, membership.project) if Role.ANNOTATOR in membership.roles else 0
        token = new_token(user=membership.user, days=options["token_days"]) if options["token"] else None
        was, roles = (", ".join(row.roles) for row in (former[0] if former else membership, membership))
        self.say(f"{membership.user.username}: " + (f"was {was}, is now {roles}" if was != roles else roles))
        if shown:
            self.say(shown_in_words(membership.user, shown))
        if token and not self.as_json:
            self.stdout.write(token)
        return {
            "username": membership.user.username,
            "role": membership.role,
            "roles": membership.roles,
            "former_role": former[0].role if former else None,
            "token": token,
            "shown": shown,
        }
