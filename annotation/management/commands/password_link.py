from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.urls import reverse

from annotation.flow.accounts.password_links import make_link_by_command
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Print a link by which a person sets a new password; it works once, for three days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="whose password is forgotten")

    def run(self, **options: Any) -> Any:
        row, token = make_link_by_command(username=options["username"])
        link = f"{settings.SITE_URL}{reverse('password-link', args=[token])}"
        if not self.as_json:
            self.stdout.write(link)
        return {"username": row.user.username, "link": link, "expires_at": row.expires_at}
