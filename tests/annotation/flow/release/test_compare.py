"""What explains the difference between two releases of a project, read from the rows."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.flow.release import WHY, Options, compare, release
from annotation.models import Adjudication, Project, Query, Release, Rules, Task, User
from tests.annotation.flow.adjudicate.cases import revised, settle
from tests.factories import judge, judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    Rules.objects.filter(project=project).update(undisputed_share=0)
    return Project.objects.get(pk=project.pk)


def made(project: Project, folder: Path, **options: Any) -> Release:
    number = Release.objects.count() + 1
    release(project=project, out=folder / str(number), options=Options(**{"check_size": 0, "seed": 1} | options))
    return Release.objects.get(version=number)


def differences(report: dict[str, Any]) -> dict[str, tuple[str, list[str], list[str], str | None]]:
    return {one["id"]: (one["change"], one["what"], one["why"], one["left_out"]) for one in report["labels"]}


def test_two_releases_of_the_same_state_are_the_same(project: Project, tmp_path: Path) -> None:
    judged(project, [[4, 4, 5], [2, 2, 2]])
    report = compare(made(project, tmp_path), made(project, tmp_path))
    counts = {"same": 2, "changed": 0, "new": 0, "gone": 0}
    assert report == {
        "old": 1, "new": 2, "rules": {}, "options": {}, "counts": counts, "what": {}, "why": {}, "labels": []
    }  # fmt: skip


def settled(project: Project, task: Task, name: str, text: int) -> Adjudication:
    by = make_member(project, name, "adjudicator")
    review = adjudicate.claim(project=project, by=by, task=task.pk)
    assert review is not None
    return settle(review.adjudication, by, {"text": text})


def test_each_difference_says_what_happened_between(project: Project, tmp_path: Path) -> None:
    lea = make_member(project, "lea", "manager")
    tasks = judged(project, [[4, 4, 5], [1, 1, 6], [2, 2, 2], [3, 3, 3], [5, 5, 5], [1, 6, 6]])
    decided = settled(project, tasks[1], "ada", 6)
    first = made(project, tmp_path)
    revised(tasks[0], "chen", text=4)
    adjudicate.reopen(case=decided.pk, by=lea, reason="Wrong.")
    settled(project, tasks[1], "bea", 3)
    Query.objects.filter(external_id="PBL-0004").update(dropped_at=timezone.now(), dropped_by=lea)
    settled(project, tasks[5], "cai", 5)
    assert differences(compare(first, made(project, tmp_path))) == {
        "PBL-0001": ("changed", ["overall", "criteria"], ["revised"], None),
        "PBL-0002": ("changed", ["overall", "score", "criteria"], ["decided", "reopened"], None),
        "PBL-0004": ("gone", [], ["dropped"], "query_dropped"),
        "PBL-0006": ("new", [], ["decided"], "disputed"),
    }


def test_judgements_that_complete_a_response_are_the_reason_of_a_new_label(project: Project, tmp_path: Path) -> None:
    tasks = judged(project, [[4, 4, 5], [2, 2, None]])
    first = made(project, tmp_path)
    judge(tasks[1], User.objects.get(username="chen"), text=2)
    found = differences(compare(first, made(project, tmp_path)))
    assert found == {"PBL-0002": ("new", [], ["judged"], "not_judged")}


def test_other_rules_and_options_are_told_with_both_values(project: Project, tmp_path: Path) -> None:
    judged(project, [[4, 4, 5], [1, 1, 6]])
    first = made(project, tmp_path)
    Rules.objects.update(pair_gap=9, group_range=9)
    second = made(Project.objects.get(pk=project.pk), tmp_path, check_size=1)
    report = compare(first, second)
    rule = first.manifest["rule"]
    assert report["rules"] == {name: [rule[name], 9] for name in ("group_range", "pair_gap")}
    assert report["options"] == {"check_size": [0, 1]}
    found = differences(report)
    assert found["PBL-0002"] == ("new", [], ["rules"], "disputed")
    assert [why for _change, what, why, _left_out in found.values() if what == ["split"]] == [["split"]] * ("PBL-0001" in found)
    backwards = differences(compare(second, first))
    assert backwards["PBL-0002"] == ("gone", [], ["rules"], "disputed")


def test_every_reason_has_words() -> None:
    assert set(WHY) == {
        "judged", "revised", "decided", "reopened", "dropped", "rules", "rubric", "split", "hold_out", "code",
    }  # fmt: skip
