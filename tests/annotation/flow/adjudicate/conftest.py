import pytest

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
def otto(project: Project) -> User:
    return make_member(project, "otto", "adjudicator")


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")
