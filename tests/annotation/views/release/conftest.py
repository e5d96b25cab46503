import pytest
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Project, Release, User
from tests.factories import judged, make_member, make_project


@pytest.fixture
def project() -> Project:
    """Agreed twice, disputed, and not judged by all."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, {"text": 3, "feedback": "so-so"}], [1, 1, 6], [2, 2, None]])
    return project


@pytest.fixture
def manager(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def made(project: Project, manager: User) -> Release:
    """Made by lea and stored by a job, with one label in train and one in check."""
    queue.start_release(project=project, options=Options(check_size=1), by=manager)
    return Release.objects.get(project=project)


@pytest.fixture
def lea(client: Client, manager: User) -> Client:
    """The browser of the project's manager."""
    client.force_login(manager)
    return client
