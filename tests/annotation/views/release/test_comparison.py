"""Two releases held against each other on a page."""

import re

import pytest
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Release, Task
from tests.annotation.views.release.pages import text_of
from tests.factories import judge, make_member

pytestmark = pytest.mark.django_db
COMPARE = "/projects/study/releases/2/compare/"


@pytest.fixture
def second(made: Release) -> None:
    """A second release has the response that was not judged by all before."""
    task = Task.objects.get(response__query__external_id="PBL-0004")
    judge(task, make_member(made.project, "chen"), text=2)
    queue.start_release(project=made.project, options=Options(check_size=1))


def rows(page: str) -> list[str]:
    return [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)]


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("address", [COMPARE, f"{COMPARE}?with=1", "/projects/study/releases/1/compare/?with=2"])
def test_the_older_release_comes_first_and_each_difference_has_its_reason(lea: Client, address: str) -> None:
    page = lea.get(address).content.decode()
    figures = re.findall(r"<dt>([^<]*)</dt>\s*<dd>(\d+)</dd>", page.partition('id="difference"')[2].partition("</dl>")[0])
    assert "From release 1 to release 2" in page
    assert figures == [("changed", "0"), ("new", "1"), ("gone", "0"), ("the same", "2")]
    assert rows(page) == ["PBL-0004 system-a new score 2 train judged for the first time since incomplete"]


@pytest.mark.usefixtures("second")
def test_one_kind_of_change_is_shown_alone(lea: Client) -> None:
    assert rows(lea.get(f"{COMPARE}?change=gone").content.decode()) == []
    assert len(rows(lea.get(f"{COMPARE}?change=new").content.decode())) == 1


@pytest.mark.usefixtures("made")
def test_the_only_release_has_nothing_to_compare_with(lea: Client) -> None:
    assert "This is the only release" in lea.get("/projects/study/releases/1/compare/").content.decode()
