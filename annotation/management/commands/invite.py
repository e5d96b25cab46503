from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.urls import reverse

from annotation.flow.accounts.invitations import invite
from annotation.flow.accounts.mail import mail_invitation
from annotation.management.base import ProjectCommand
from annotation.models import Role


class Command(ProjectCommand):
    help = "Invite people to a project: print a link by which they make an account, or sign in, and take part."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--role", required=True, choices=Role.values, help="what they may do in the project")
        parser.add_argument("--email", default="", metavar="ADDRESS", help="send the link there as well")
        parser.add_argument("--uses", type=int, default=1, metavar="N", help="how many people may accept (1)")
        parser.add_argument("--days", type=int, default=14, metavar="N", help="days until the link expires (14)")

    def run(self, **options: Any) -> Any:
        named = {name: options[name] for name in ("role", "email", "uses", "days")}
        invitation, token = invite(project=self.project(options), **named)
        link = f"{settings.SITE_URL}{reverse('invitation', args=[token])}"
        project, role = invitation.project.title, invitation.get_role_display()
        mailed = bool(invitation.email) and mail_invitation(email=invitation.email, project=project, role=role, link=link)
        if not self.as_json:
            self.stdout.write(link)
        return {"id": invitation.pk, "role": invitation.role, "link": link, "mailed": mailed, "expires_at": invitation.expires_at}
