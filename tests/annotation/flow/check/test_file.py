"""The rows of a file are held against the responses of the project, and each fault names its record."""

import io

import pytest

from annotation.errors import Rejected
from annotation.flow.check.file import Points, read_scorer_file
from annotation.models import Project, Task
from rubrics.models import Criterion
from tests.annotation.flow.check.scorer_files import csv
from tests.factories import make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    responses(project, 3)
    return project


def tasks(project: Project) -> list[int]:
    return list(Task.objects.filter(project=project).order_by("response__query__external_id").values_list("pk", flat=True))


def test_each_score_is_that_of_a_task_in_points(project: Project) -> None:
    rows = [(1, 4, "", ""), (2, 9, "", ""), (3, "x", "", ""), (7, 4, "", ""), (3, "", "text", "b"), (3, 9, "harm", "b")]
    content = csv(*rows, columns="id,model,score,criterion,run")
    file = read_scorer_file(file=content, name="a.csv", project=project)
    first, second, third = tasks(project)
    criteria = {criterion.key: criterion for criterion in Criterion.objects.all()}
    assert file.points == [
        Points("", first, None, 4, 4, "read", "", False, False),
        Points("", second, None, 9, 6, "clipped", "", False, False),
        Points("", third, None, None, None, "unreadable", "no_number", False, False),
        Points("b", third, criteria["text"], None, None, "unreadable", "empty", False, False),
        Points("b", third, criteria["harm"], 9, 1, "clipped", "", False, False),
    ]
    assert (file.runs, file.unknown, file.from_mmie) == (["", "b"], {("PBL-0007", "system-a", 0)}, False)


def test_every_fault_is_named_in_the_order_of_the_records(project: Project) -> None:
    content = csv((1, 4, "txt"), (7, 4, "txt"), (1, 4, "text"), (1, 4, "text"), columns="id,model,score,criterion")
    with pytest.raises(Rejected) as caught:
        read_scorer_file(file=content, name="a.csv", project=project)
    assert str(caught.value).splitlines() == [
        "a.csv: record 1, criterion: `txt`: unknown; expected harm, images, overall, text",
        "a.csv: record 4, id: `PBL-0001`: a second score of the same response: the first is record 3",
    ]


def test_a_file_with_too_many_faults_is_not_read_on(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.flow.check.file.MOST_REJECTIONS", 2)
    content = io.BytesIO(b"id,model,score\n" + b",m,4\n" * 9)
    with pytest.raises(Rejected) as caught:
        read_scorer_file(file=content, name="a.csv", project=project)
    assert [(rejection.record, rejection.field) for rejection in caught.value.rejections] == [(1, "id"), (2, "id"), (3, "record")]
