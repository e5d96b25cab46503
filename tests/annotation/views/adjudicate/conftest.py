import pytest
from django.test import Client

from annotation.models import Project, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.factories import make_member


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


@pytest.fixture
def page(client: Client, ada: User) -> Client:
    """The adjudicator's browser."""
    client.force_login(ada)
    return client
