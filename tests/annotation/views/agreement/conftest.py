import pytest
from django.test import Client

from annotation.models import Project, User
from tests.factories import make_member, make_project


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def lea(project: Project, client: Client) -> User:
    """The manager whose browser `client` is."""
    user = make_member(project, "lea", "manager")
    client.force_login(user)
    return user
