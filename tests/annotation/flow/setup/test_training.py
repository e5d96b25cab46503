from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow.setup.training import FIELDS, change_training, changed_training
from annotation.models import Event, Project
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db


def stored(project: Project) -> tuple[Any, ...]:
    return Project.objects.values_list(*FIELDS).get(pk=project.pk)


def recorded() -> list[Any]:
    return list(Event.objects.filter(verb="template_changed").values_list("by__username", "data"))


def test_a_project_that_says_nothing_trains_on_the_overall_alone() -> None:
    assert stored(make_project()) == ("scores", False)


def test_a_change_is_stored_and_recorded_with_what_it_was() -> None:
    project = make_project()
    lea = make_member(project, "lea", "manager")
    changed = change_training(project=project, by=lea, changes={"template": "mmie", "score_without_feedback": True})
    assert (changed.template, changed.score_without_feedback, stored(project)) == ("mmie", True, ("mmie", True))
    change_training(project=project, by=None, changes={"template": "criteria", "score_without_feedback": True})
    change_training(project=project, by=None, changes={"template": "criteria"})
    assert recorded() == [
        ("lea", {"template": ["scores", "mmie"], "score_without_feedback": [False, True]}),
        (None, {"template": ["mmie", "criteria"]}),
    ]


@pytest.mark.parametrize(
    "changes",
    [{"template": "poem"}, {"template": ""}, {"template": None}, {"score_without_feedback": "perhaps"}, {"title": "New"}],
)
def test_a_fault_is_named_and_nothing_is_changed(changes: dict[str, Any]) -> None:
    project = make_project()
    with pytest.raises(ValidationError) as refused:
        change_training(project=project, by=None, changes={"template": "mmie"} | changes)
    assert list(refused.value.fields) == list(changes)
    assert (stored(project), recorded()) == (("scores", False), [])


def test_a_preview_of_a_change_leaves_the_project_as_it_is() -> None:
    project = make_project()
    assert changed_training(project, {"template": "mmie"}).template == "mmie"
    assert (project.template, stored(project)) == ("scores", ("scores", False))
