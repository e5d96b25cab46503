"""What is in a release, by API."""

import pytest
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Label, Release, Task
from tests.factories import judge, make_member

pytestmark = pytest.mark.django_db
RELEASE = "/api/v1/projects/study/releases/1/"


@pytest.mark.usefixtures("made")
def test_labels_are_as_they_were_frozen(lea: Client) -> None:
    first = Label.objects.get(task__response__query__external_id="PBL-0001")
    content = lea.get(f"{RELEASE}labels/").json()
    assert (content["count"], content["pages"], [label["id"] for label in content["labels"]]) == (2, 1, ["PBL-0001", "PBL-0002"])
    assert content["labels"][0] == {
        "task": first.task_id,
        "id": "PBL-0001",
        "system": "system-a",
        "sample": 0,
        "category": "project-based-learning",
        "field": "",
        "subfield": "",
        "rubric": "small@1",
        "split": first.split,
        "how": "agreed",
        "overall": first.overall,
        "score": 4,
        "fair": first.fair,
        "fair_se": first.fair_se,
        "criteria": {"text": first.overall, "images": None, "harm": False},
    }


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("query", "expected"),
    [("score=2", ["PBL-0002"]), ("how=adjudicated", []), ("score=x", []), ("system=system-a&score=4", ["PBL-0001"])],
)
def test_labels_are_filtered_and_nothing_fits_what_there_is_not(lea: Client, query: str, expected: list[str]) -> None:
    assert [label["id"] for label in lea.get(f"{RELEASE}labels/?{query}").json()["labels"]] == expected


@pytest.mark.usefixtures("made")
def test_what_was_left_out_has_its_reason(lea: Client) -> None:
    row = {"system": "system-a", "sample": 0, "rubric": "small@1"}
    disputed, incomplete = {"id": "PBL-0003", "reason": "disputed"} | row, {"id": "PBL-0004", "reason": "not_judged"} | row
    assert lea.get(f"{RELEASE}left-out/").json() == {"count": 2, "pages": 1, "left_out": [disputed, incomplete]}
    assert lea.get(f"{RELEASE}left-out/?reason=disputed").json() == {"count": 1, "pages": 1, "left_out": [disputed]}


def test_a_comparison_puts_the_older_release_first(lea: Client, made: Release) -> None:
    task = Task.objects.get(response__query__external_id="PBL-0004")
    judge(task, make_member(made.project, "chen"), text=2)
    queue.start_release(project=made.project, options=Options(check_size=1))
    content = lea.get(f"{RELEASE}compare/?with=2").json()
    assert (content["old"], content["new"], content["count"], content["pages"]) == (1, 2, 1, 1)
    assert content["counts"] == {"same": 2, "changed": 0, "new": 1, "gone": 0}
    [row] = content["labels"]
    assert (row["id"], row["change"], row["why"], row["old"]) == ("PBL-0004", "new", ["judged"], None)


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(("query", "status"), [("", 400), ("?with=x", 400), ("?with=9", 404)])
def test_a_comparison_needs_another_release(lea: Client, query: str, status: int) -> None:
    assert lea.get(f"{RELEASE}compare/{query}").status_code == status
