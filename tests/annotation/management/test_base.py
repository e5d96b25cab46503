from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.errors import Refused
from annotation.management.base import ProjectCommand
from annotation.models import Project
from tests.factories import make_project

pytestmark = pytest.mark.django_db


class Show(ProjectCommand):
    """Prints the project, or refuses it."""

    def run(self, **options: Any) -> Any:
        project = self.project(options)
        if project.overlap > 1:
            raise Refused(f"{project.slug}: overlap {project.overlap}")
        return project.slug


def test_a_command_finds_its_project_by_the_slug() -> None:
    make_project(overlap=1)
    output = StringIO()
    call_command(Show(), project=Project.objects.get().slug, json=True, stdout=output)
    assert output.getvalue() == '"study"\n'


@pytest.mark.parametrize(("slug", "message"), [("none", "project: there is no none"), ("study", "study: overlap 3")])
def test_an_unknown_project_and_a_refusal_are_messages(slug: str, message: str) -> None:
    make_project(overlap=3)
    with pytest.raises(CommandError) as caught:
        call_command(Show(), project=slug)
    assert str(caught.value) == message
