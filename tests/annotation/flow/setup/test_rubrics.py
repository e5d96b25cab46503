"""A running project moves to the next version: what nobody has begun moves, all else stays whole."""

from typing import Any

import pytest

from annotation.errors import Refused
from annotation.flow import score
from annotation.flow.judgements import rating_matrices
from annotation.flow.setup.rubrics import current_rubrics, move_to, next_versions, plan_move
from annotation.models import Event, Project, Score, Task
from rubrics.models import Rubric
from tests.factories import (
    block,
    body,
    claim_task,
    criterion,
    judge,
    load,
    make_member,
    make_project,
    make_rubric,
    record,
    responses,
    rubric_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Six responses: done, half done, held, drafted and given back, skipped, untouched; and a next version."""
    project = make_project(overlap=2)
    done, half, held, drafted, skipped, _untouched = responses(project, 6)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    judge(done, ana, text=2)
    judge(done, bo, text=3)
    judge(half, ana, text=4)
    slot = claim_task(drafted, ana)
    score.save_draft(assignment=slot.pk, by=ana, body=body(text=5))
    score.skip(assignment=slot.pk, by=ana, reason="", kind="unclear_query")
    score.skip(assignment=claim_task(skipped, ana).pk, by=ana, reason="", kind="unclear_query")
    claim_task(held, bo)
    make_rubric(title="Next", criteria=[criterion(key="text", weight=3), *rubric_file()["criteria"][1:]])
    return project


def under(project: Project) -> list[tuple[str, str]]:
    tasks = Task.objects.filter(project=project).order_by("response__query__external_id")
    return [(task.response.query.external_id, task.rubric.name) for task in tasks]


def test_a_dry_run_says_what_moves_and_changes_nothing(project: Project) -> None:
    before = under(project)
    move = plan_move(project=project, rubric="small@2")
    assert (move.old.name, move.new.name, move.is_comparable) == ("small@1", "small@2", False)
    assert move.counts() == {"moving": 2, "begun": 3, "done": 1}
    assert (under(project), project.rubrics.count()) == (before, 1)
    assert Rubric.objects.filter(version=2, frozen_at=None).exists()


def test_what_nobody_has_begun_moves_and_all_else_stays(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    scores = list(Score.objects.order_by("pk").values_list("pk", "criterion", "level"))
    assert move_to(project=project, rubric="small@2", by=lea).counts() == {"moving": 2, "begun": 3, "done": 1}
    assert under(project) == [(f"PBL-000{n}", "small@1" if n < 5 else "small@2") for n in range(1, 7)]
    assert not Rubric.objects.filter(version=2, frozen_at=None).exists()
    assert list(Score.objects.order_by("pk").values_list("pk", "criterion", "level")) == scores
    assert list(Event.objects.filter(verb="rubric_moved").values_list("by__username", "data")) == [
        ("lea", {"old": "small@1", "new": "small@2", "moving": 2, "begun": 3, "done": 1})
    ]
    assert {category: rubric.name for category, rubric in current_rubrics(project).items()} == {
        "project-based-learning": "small@2"
    }
    assert next_versions(project) == []


def test_a_task_that_was_begun_is_finished_with_its_version_and_figures_are_of_one_version_each(project: Project) -> None:
    assert len(rating_matrices(project)) == 1  # cached from here on
    move_to(project=project, rubric="small@2", by=None)
    half, moved = Task.objects.filter(project=project).order_by("response__query__external_id")[1::3][:2]
    chen = make_member(project, "chen")
    judge(half, chen, text=6)
    judge(Task.objects.filter(project=project).order_by("response__query__external_id")[5], chen, text=6)
    matrices = {matrix.rubric.name: sorted(matrix.query_ids) for matrix in rating_matrices(project)}
    assert matrices == {"small@1": [f"PBL-000{n}" for n in range(1, 5)], "small@2": ["PBL-0005", "PBL-0006"]}
    named = set(Score.objects.filter(revision__annotation__task=half).values_list("criterion__rubric__version", flat=True))
    assert (named, moved.rubric.name) == ({1}, "small@2")


def test_what_is_loaded_afterwards_is_judged_with_the_new_version(project: Project) -> None:
    move_to(project=project, rubric="small@2", by=None)
    load(project, [record(7)])
    assert under(project)[-1] == ("PBL-0007", "small@2")


def test_what_was_begun_before_one_move_stays_at_the_next_too(project: Project) -> None:
    move_to(project=project, rubric="small@2", by=None)
    make_rubric(title="Third")
    assert move_to(project=project, rubric="small@3", by=None).counts() == {"moving": 2, "begun": 3, "done": 1}
    assert [name for _query, name in under(project)] == ["small@1"] * 4 + ["small@3"] * 2


def test_a_change_of_words_alone_is_comparable(project: Project) -> None:
    make_rubric(title="Words")
    assert plan_move(project=project, rubric="small@3").is_comparable


@pytest.mark.parametrize(
    ("rubric", "message"),
    [
        ("small@1", "rubric: expected a later version than small@1"),
        ("small@9", "rubric: there is no `small@9`; load it with load_rubric first"),
        ("other@1", "rubric: the project has no other for project-based-learning"),
        ("small@3", "rubric: the project has no small for elsewhere"),
    ],
)
def test_a_project_moves_only_to_a_later_version_of_its_own(project: Project, rubric: str, message: str) -> None:
    make_rubric(slug="other")
    make_rubric(category="elsewhere")
    with pytest.raises(Refused) as caught:
        move_to(project=project, rubric=rubric, by=None)
    assert str(caught.value) == message
    assert not Event.objects.filter(verb="rubric_moved").exists()


def test_a_scale_without_the_level_of_a_reference_answer_is_refused() -> None:
    project = make_project()
    load(project, [record(1, references={"6": [block("Best")]})])
    levels: Any = {value: f"level {value}" for value in range(1, 6)}
    narrow = [{"key": "text", "title": "Text", "levels": levels}]
    make_rubric(scale={"min": 1, "max": 5}, criteria=narrow)
    with pytest.raises(Refused) as caught:
        plan_move(project=project, rubric="small@2")
    assert str(caught.value) == "rubric: there are reference answers of level 6, which small@2 does not have"
