import pytest

from annotation.flow.results import results_report
from annotation.models import ErrorType, Project, Role, Task
from tests.factories import judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def study() -> Project:
    project = make_project(overlap=2)
    make_member(project, "lea", Role.MANAGER)
    load(project, [record(number, model=name) for number in (1, 2) for name in ("ember", "larch")])
    return project


def test_marks_are_shares_of_the_responses_that_somebody_judged() -> None:
    project = study()
    keys = list(ErrorType.objects.filter(project=project).values_list("key", flat=True))
    first, second, other, _unjudged = Task.objects.filter(project=project).order_by("response__system", "pk")
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    marks = [{"type": keys[0], "block": None}]
    judge(first, ana, text=2, errors=marks)
    judge(first, bo, text=2, errors=[*marks, {"type": keys[1], "block": 1}])
    judge(second, ana, text=2)
    judge(other, ana, text=4)
    errors = results_report(project)["errors"]
    assert [kind["key"] for kind in errors["types"]] == keys
    assert [row["system"] for row in errors["systems"]] == ["ember", "larch"]
    shares = [
        (cell["marks"], cell["of_responses"]["value"], cell["of_marks"]["value"]) for cell in errors["systems"][0]["cells"][:2]
    ]
    assert shares == [(2, 0.5, 2 / 3), (1, 0.5, 1 / 3)]
    assert {cell["of_marks"]["reason"] for cell in errors["systems"][1]["cells"]} == {"no error is marked"}
    assert [row["category"] for row in errors["categories"]] == ["project-based-learning"]


def test_a_retired_type_is_there_only_where_it_was_marked() -> None:
    project = study()
    retired = ErrorType.objects.filter(project=project).order_by("place")
    keys = [kind.key for kind in retired]
    [task, *_others] = Task.objects.filter(project=project)
    judge(task, make_member(project, "ana"), text=2, errors=[{"type": keys[0], "block": None}])
    retired.update(retired_at="2026-01-01T00:00Z")
    assert [kind["key"] for kind in results_report(project)["errors"]["types"]] == keys[:1]
