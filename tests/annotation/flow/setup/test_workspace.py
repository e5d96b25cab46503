from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow.setup.workspace import change_workspace, set_error_types
from annotation.models import ErrorType, Event, Project, Workspace
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


def settings_of(project: Project) -> dict[str, Any]:
    return Workspace.objects.filter(project=project).values(
        "feedback", "confidence", "overall_shown", "ladder_after_first_score", "reopening", "blur", "errors_below"
    )[0]


DEFAULTS = {
    "feedback": "asked",
    "confidence": "off",
    "overall_shown": False,
    "ladder_after_first_score": False,
    "reopening": True,
    "blur": "marked",
    "errors_below": None,
}


def test_a_project_begins_with_a_workspace_and_mmies_four_errors(project: Project) -> None:
    assert settings_of(project) == DEFAULTS
    assert list(ErrorType.objects.offered(project).values_list("title", flat=True)) == [
        "Cross-modality coherence",
        "Generation adaptability",
        "Multimodal information understanding",
        "Complex reasoning",
    ]


def test_a_change_sets_its_fields_alone_and_is_recorded(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    change_workspace(project=project, by=lea, changes={"feedback": "required", "errors_below": 3, "blur": "marked"})
    assert settings_of(project) == DEFAULTS | {"feedback": "required", "errors_below": 3}
    assert list(Event.objects.filter(verb="workspace_changed").values_list("by", "data")) == [
        (lea.pk, {"feedback": ["asked", "required"], "errors_below": [None, 3]})
    ]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"feedback": "loud"}, "feedback: Value 'loud' is not a valid choice."),
    (
        {"speed": 1},
        "speed: unknown; expected feedback, confidence, overall_shown, ladder_after_first_score, reopening, blur, errors_below",
    ),
    ({"errors_below": "many"}, "errors_below: “many” value must be an integer."),
    ({"reopening": "perhaps"}, "reopening: “perhaps” value must be either True or False."),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTS)
def test_a_value_that_is_not_allowed_is_named_and_nothing_changes(project: Project, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        change_workspace(project=project, by=None, changes={"overall_shown": True} | changes)
    assert (str(caught.value), settings_of(project)) == (fault, DEFAULTS)


def test_a_new_list_of_errors_retires_those_that_it_leaves_out(project: Project) -> None:
    set_error_types(project=project, by=None, titles=[("幻觉", "说了没有的事"), ("Complex reasoning", "")])
    assert list(ErrorType.objects.offered(project).values_list("key", "title", "description")) == [
        ("幻觉", "幻觉", "说了没有的事"),
        ("complex-reasoning", "Complex reasoning", ""),
    ]
    assert ErrorType.objects.filter(project=project).exclude(retired_at=None).count() == 3
    set_error_types(project=project, by=None, titles=[("Generation adaptability", "")])
    assert list(ErrorType.objects.offered(project).values_list("key", flat=True)) == ["generation-adaptability"]


@pytest.mark.parametrize(
    ("titles", "fault"),
    [
        ([("Slip", ""), ("slip", "")], "errors: slip is named twice"),
        ([("!!", "")], "errors: !!: expected a title of at most 200 characters, with letters"),
        ([(f"Error {number}", "") for number in range(21)], "errors: expected at most 20"),
    ],
)
def test_a_list_of_errors_that_is_not_allowed_leaves_the_old_one(project: Project, titles: Any, fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        set_error_types(project=project, by=None, titles=titles)
    assert (str(caught.value), ErrorType.objects.offered(project).count()) == (fault, 4)


def test_a_change_of_error_types_is_recorded_with_what_they_were(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    set_error_types(project=project, by=lea, titles=[("Old", "was"), ("Both", "")])
    set_error_types(project=project, by=lea, titles=[("Both", "is"), ("New", "")])
    event = Event.objects.filter(verb="workspace_changed").latest("pk")
    assert (event.by, event.data) == (lea, {"errors": [["Old: was", "Both"], ["Both: is", "New"]]})
