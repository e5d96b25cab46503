import pytest

from annotation.errors import Refused
from annotation.flow.release import Options
from annotation.models import Project, Release
from annotation.views.release.contents import Cell, Contents, Reason, Row
from annotation.views.release.plan import read_plan

pytestmark = pytest.mark.django_db


def test_a_plan_holds_what_the_release_will_hold(project: Project) -> None:
    plan = read_plan(project, Options(check_size=1))
    row = [Cell(1, 100.0), Cell(1, 100.0)], Cell(2, 100.0)
    assert (plan.released, plan.split_from, plan.checks) == (2, None, True)
    assert plan.contents == Contents(
        splits=[("train", 1, 1), ("check", 1, 1)],
        categories=[Row("project-based-learning", *row)],
        systems=[Row("system-a", *row)],
        missing=[],
    )
    assert plan.left_out == [Reason("disputed", "awaiting adjudication", 1), Reason("not_judged", "incomplete", 1)]
    assert Release.objects.count() == 0


def test_a_plan_says_that_nothing_can_be_checked(project: Project) -> None:
    assert read_plan(project, Options(check_size=0)).checks is False


def test_what_the_release_would_refuse_is_refused(project: Project) -> None:
    with pytest.raises(Refused, match="nothing would be left to train on"):
        read_plan(project, Options(check_size=2))
