import pytest

from annotation.models import Project
from tests.factories import judged, make_project


@pytest.fixture
def project() -> Project:
    """Agreed twice, disputed, and not judged by all."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, {"text": 3, "feedback": "so-so"}], [1, 1, 6], [2, 2, None]])
    return project
