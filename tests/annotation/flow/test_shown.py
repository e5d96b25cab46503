"""What somebody judges after they were shown others' scores of it is not independent, and is not offered to them."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from annotation.errors import Refused
from annotation.flow import score
from annotation.flow.adjudicate.further import with_somebody_left
from annotation.flow.agree import agreement_report
from annotation.flow.export import Selection, export
from annotation.flow.judgements import ProjectCache, Purpose, rating_matrices, read_matrices
from annotation.flow.release import Options, release
from annotation.flow.shown import count_shown, show_project, show_scorer_scores, show_scores, show_while_read, shown_in_words
from annotation.models import Assignment, Project, Revision, ScoresShown, Task, User
from tests.annotation.flow.adjudicate.cases import revised, with_rules
from tests.factories import body, claim_task, judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db
Show = Callable[[User, list[Task]], None]


@pytest.fixture
def project() -> Project:
    return make_project(overlap=3)


@pytest.fixture
def dara(project: Project) -> User:
    """An annotator who has judged nothing yet, and was a manager."""
    make_member(project, "dara", "manager")
    return make_member(project, "dara")


def of_responses(user: User, tasks: list[Task]) -> None:
    show_scores([task.pk for task in tasks], to=user, project=tasks[0].project)


def of_everything(user: User, tasks: list[Task]) -> None:
    show_project(to=user, project=tasks[0].project)


KINDS = pytest.mark.parametrize("show", [of_responses, of_everything])


def counted(project: Project) -> dict[str, list[int]]:
    """Which of the responses each annotator's judgement is counted of, by agreement: their places."""
    [matrix] = rating_matrices(project)
    return {name: (~row).nonzero()[0].tolist() for name, row in zip(matrix.annotators, ~matrix.submitted, strict=True)}


@KINDS
def test_a_judgement_after_scores_were_shown_is_not_counted_and_one_before_is(project: Project, dara: User, show: Show) -> None:
    tasks = judged(project, [[1, 2], [3, 4], [5, 5]], names=("ana", "bo"))
    judge(tasks[0], dara, text=2)
    show(dara, tasks[:2])
    judge(tasks[1], dara, text=3)
    assert counted(project) == {"ana": [0, 1, 2], "bo": [0, 1, 2], "dara": [0]}
    assert agreement_report(project)["not_independent"] == 1
    revised(tasks[0], "dara", text=1)  # later revisions of what was independent change nothing
    assert counted(project)["dara"] == [0]


def test_what_was_scored_after_the_whole_was_shown_is_judged_independently(project: Project, dara: User) -> None:
    [first] = judged(project, [[1, 2]], names=("ana", "bo"))
    show_project(to=dara, project=project)
    load(project, [record(2)])
    second = Task.objects.exclude(pk=first.pk).get()
    judge(second, User.objects.get(username="ana"), text=3)
    judge(second, dara, text=3)
    show_project(to=dara, project=project)  # too late for what was judged before
    assert counted(project) == {"ana": [0, 1], "bo": [0], "dara": [1]}


def test_what_nobody_else_has_scored_is_not_recorded(project: Project, dara: User) -> None:
    tasks = judged(project, [[1], [None]], names=("ana",))
    for _again in range(2):
        show_scores([task.pk for task in tasks], to=dara, project=project)
        show_scores([task.pk for task in tasks], to=User.objects.get(username="ana"), project=project)
    assert list(ScoresShown.objects.values_list("user", "task")) == [(dara.pk, tasks[0].pk)]


@KINDS
def test_a_claim_passes_over_what_was_shown(project: Project, dara: User, show: Show) -> None:
    tasks = judged(project, [[1], [2]], names=("ana",))
    show(dara, tasks)
    load(project, [record(3)])
    ahead, slot = score.ahead(project=project, by=dara), score.claim(project=project, by=dara)
    assert (ahead, slot and slot.task.response.query.external_id) == (slot, "PBL-0003")
    assert slot
    score.submit(assignment=slot.pk, by=dara, body=body())
    assert score.claim(project=project, by=dara) is None
    emil = make_member(project, "emil")
    assert [after(project, emil) is None for _number in range(4)] == [False, False, False, True]


def after(project: Project, user: User) -> Assignment | None:
    slot = score.claim(project=project, by=user)
    if slot:
        score.submit(assignment=slot.pk, by=user, body=body())
    return slot


@KINDS
def test_a_draft_is_not_taken_up_again_after_scores_were_shown(project: Project, dara: User, show: Show) -> None:
    [task] = judged(project, [[1]], names=("ana",))
    slot = claim_task(task, dara)
    score.skip(assignment=slot.pk, by=dara, reason="later")
    assert Assignment.objects.free_for(dara).filter(task=task).exists()
    show(dara, [task])
    assert not Assignment.objects.free_for(dara).filter(task=task).exists()
    with pytest.raises(Refused, match=r"^This response is not free now"):
        score.take_up(assignment=slot.pk, by=dara)


@KINDS
def test_nobody_is_left_for_a_further_slot_who_was_shown_the_scores(project: Project, dara: User, show: Show) -> None:
    first, second = judged(project, [[1, 6], [2, 5]], names=("ana", "bo"))
    show(dara, [first])
    left = [second.pk] if show is of_responses else []
    assert with_somebody_left(project, [first.pk, second.pk]) == left


@pytest.mark.parametrize(("labels_from", "annotators"), [("first", 2), ("newest", 3)])
def test_labels_of_first_judgements_leave_it_out(project: Project, dara: User, labels_from: str, annotators: int) -> None:
    project = with_rules(project, labels_from=labels_from)
    [task] = judged(project, [[1, 2]], names=("ana", "bo"))
    show_scores([task.pk], to=dara, project=project)
    judge(task, dara, text=6)
    [matrix] = read_matrices(project, purpose=Purpose.LABELS)
    assert matrix.submitted.sum() == annotators


def rows_of(text: str) -> dict[str, set[str]]:
    """By level of text, whether the rating is a first one."""
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["criterion"] == "text"]
    return {row["score"]: {row["first"]} for row in rows}


def test_tables_and_the_manifest_say_so(project: Project, dara: User, tmp_path: Path) -> None:
    [task] = judged(project, [[4, 5]], names=("ana", "bo"))
    show_scores([task.pk], to=dara, project=project)
    judge(task, dara, text=6)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=0))
    expected = {"4": {"1"}, "5": {"1"}, "6": {"0"}}
    assert rows_of((tmp_path / "out" / "ratings.csv").read_text()) == expected
    assert made.manifest["counts"]["not_independent"] == 1
    stream = io.BytesIO(b"".join(export(project=project, selection=Selection())))
    assert rows_of(ZipFile(stream).read("ratings.csv").decode()) == expected


def test_a_cached_figure_is_computed_anew_for_what_was_shown_before(project: Project, dara: User) -> None:
    """As a row that another process committed late."""
    tasks = judged(project, [[1, 2], [3, 4]], names=("ana", "bo"))
    judge(tasks[0], dara, text=2)
    assert (counted(project)["dara"], agreement_report(project)["not_independent"]) == ([0], 0)
    before = ProjectCache(project).state
    show_scores([tasks[1].pk], to=dara, project=project)  # concerns nothing that is judged: nothing is computed anew
    assert ProjectCache(project).state == before
    ScoresShown.objects.create(project=project, user=dara, task=tasks[0], at=timezone.now() - timedelta(minutes=1))
    assert ("dara" in counted(project), agreement_report(project)["not_independent"]) == (False, 1)


def test_a_stream_is_shown_until_it_is_read(project: Project, dara: User) -> None:
    [task] = judged(project, [[1]], names=("ana",))
    stream = show_while_read(iter([b"one", b"two"]), to=dara, project=project)
    assert ScoresShown.objects.whole().count() == 1
    next(stream)
    judge(task, make_member(project, "bo"), text=2)
    assert list(stream) == [b"two"]
    last = ScoresShown.objects.whole().order_by("-at")[0]
    assert last.at >= Revision.objects.order_by("-submitted_at")[0].submitted_at


def test_what_a_change_of_role_is_told_counts_what_was_not_judged(project: Project, dara: User) -> None:
    tasks = judged(project, [[1], [2], [3], [None]], names=("ana",))
    judge(tasks[0], dara)
    assert shown_in_words(dara, count_shown(dara, project)) == ""
    show_scores([task.pk for task in tasks[:2]], to=dara, project=project)
    assert shown_in_words(dara, count_shown(dara, project)) == (
        "dara has been shown others' scores of 1 response: judgements that they make of it will not count as independent."
    )
    show_project(to=dara, project=project)
    assert count_shown(dara, project) == 2


def test_whoever_was_shown_a_scorers_score_of_a_response_does_not_judge_it_independently(project: Project, dara: User) -> None:
    tasks = judged(project, [[1, 2], [3, None], [None, None]], names=("ana", "bo"))
    for _twice in range(2):
        show_scorer_scores([task.pk for task in tasks[1:]], to=dara, project=project)
    assert count_shown(dara, project) == 2  # of the last one there is no human score
    claimed = score.claim(project=project, by=dara)
    assert claimed
    assert claimed.task == tasks[0]
    score.submit(assignment=claimed.pk, by=dara, body=body(text=2))
    judge(tasks[1], dara, text=3)
    assert counted(project)["dara"] == [0]
    other = make_project(slug="other", rubrics=["small"])
    show_scorer_scores([tasks[0].pk], to=dara, project=other)  # of another project: nothing
    assert ScoresShown.objects.filter(user=dara).count() == 2
