import pytest

from tests.browser import hard
from tests.installation import Installation


@pytest.fixture(scope="session")
def reader(demo: tuple[Installation, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Somebody who has one response to score in each project of what is hard to show."""
    made, password = demo
    hard.load(made, tmp_path_factory.mktemp("hard"), people="rhea", password=password)
    return "rhea"
