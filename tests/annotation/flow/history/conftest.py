import pytest

from annotation.models import Project
from tests.annotation.flow.adjudicate.cases import make_disputed_project


@pytest.fixture
def project() -> Project:
    return make_disputed_project()
