from typing import Any

from django.conf import settings

from annotation.flow.demo import load_demo
from annotation.management.base import Command as BaseCommand
from config.secret import stored_secret


class Command(BaseCommand):
    help = "Make the demo project, once, and print who can sign in."

    def run(self, **options: Any) -> Any:
        password = stored_secret(settings.DATA_DIR / "demo_password", 9)
        project, members = load_demo(folder=settings.BASE_DIR / "fixtures", password=password)
        self.say(f"{project.title}: sign in as")
        for member in members:
            self.say(f"  {member.user.username:<6} {member.role}")
        self.say(f"each with the password {password}")
        return {
            "project": project.slug,
            "people": [{"username": member.user.username, "role": member.role, "password": password} for member in members],
        }
