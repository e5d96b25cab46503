"""A project with labels, and its manager signed in."""

import pytest
from django.test import Client

from annotation.models import Project
from tests.factories import judged, make_member, make_project

RATINGS = [[4, 4, 5], [1, 2, 3], [2, 2, 2], [5, 5, 5], [3, 3, 4], [1, 1, 6]]  # the last is in dispute


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, RATINGS)
    return project


@pytest.fixture
def lea(client: Client, project: Project) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client
