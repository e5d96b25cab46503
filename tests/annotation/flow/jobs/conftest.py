import pytest

from annotation.flow.jobs import queue
from annotation.models import Project
from tests.factories import make_project


@pytest.fixture
def project(db: None) -> Project:
    return make_project()


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs wait, as they do when no worker runs."""
    monkeypatch.setattr(queue, "run_later", lambda job: None)
