import pytest

from annotation.models import PossibleDuplicate, Project, User
from tests.annotation.flow.duplicates.pairs import TEXT
from tests.factories import block, load, make_member, make_project, record


@pytest.fixture
def project(db: None) -> Project:
    """Three queries, the first two with the same text, and a response of two systems to each."""
    project = make_project(overlap=2)
    asked = {1: TEXT, 2: TEXT, 3: "quite another question"}
    load(
        project,
        [
            record(number, question=[block(text)], model=system)
            for number, text in asked.items()
            for system in ("system-a", "system-b")
        ],
    )
    return project


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def pair(project: Project) -> PossibleDuplicate:
    return PossibleDuplicate.objects.get()
