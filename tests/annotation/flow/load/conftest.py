import pytest

from annotation.models import Project
from tests.factories import make_project, responses


@pytest.fixture
def project(db: None) -> Project:
    """Two responses, two slots each."""
    project = make_project(overlap=2)
    responses(project, 2)
    return project
