"""A project with two slots per response, and two of its annotators."""

import pytest

from annotation.models import Project, User
from tests.factories import make_member, make_project


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


@pytest.fixture
def bo(project: Project) -> User:
    return make_member(project, "bo")
