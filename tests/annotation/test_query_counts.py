"""A list costs as many queries with three rows as with one."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.flow import score
from annotation.flow.accounts.tokens import new_token
from annotation.flow.duplicates import resolve
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.flow.score import concerns, revise
from annotation.models import Assignment, PossibleDuplicate, Project, Role, Skip, Task
from rubrics.cache import complete_rubric
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.factories import block, body, criterion, judged, load, make_member, make_project, make_rubric, make_user, png, record

LISTS: dict[str, tuple[str, str, int]] = {
    "/": ("ana", Role.ANNOTATOR, 7),
    "/projects/study-0/": ("lea", Role.MANAGER, 38),
    "/projects/study-0/mine/": ("uma", Role.ANNOTATOR, 25),
    "/projects/study-0/members/": ("lea", Role.MANAGER, 7),
    "/api/v1/projects/study-0/members/": ("lea", Role.MANAGER, 7),
    "/projects/study-0/progress/": ("lea", Role.MANAGER, 30),
    "/projects/study-0/progress/stuck/?kind=lacking": ("lea", Role.MANAGER, 4),
    "/api/v1/projects/study-0/progress/": ("lea", Role.MANAGER, 30),
    "/projects/study-0/flags/": ("lea", Role.MANAGER, 8),
    "/projects/study-0/flags/?show=skipped": ("lea", Role.MANAGER, 8),
    "/projects/study-0/agreement/": ("lea", Role.MANAGER, 37),
    "/projects/study-0/agreement/?by=system": ("lea", Role.MANAGER, 33),
    "/projects/study-0/agreement/annotators/": ("lea", Role.MANAGER, 28),
    "/projects/study-0/results/": ("lea", Role.MANAGER, 25),
    "/projects/study-0/results/?labels=fair&release=1": ("lea", Role.MANAGER, 28),
    "/api/v1/projects/study-0/results/": ("lea", Role.MANAGER, 23),
    "/projects/study-0/queries/": ("lea", Role.MANAGER, 9),
    "/projects/study-0/queries/?references=no&correct=no&dropped=no": ("lea", Role.MANAGER, 9),
    "/projects/study-0/queries/?search=question": ("lea", Role.MANAGER, 9),
    "/api/v1/projects/study-0/queries/": ("lea", Role.MANAGER, 6),
    "/api/v1/projects/study-0/queries/?search=question": ("lea", Role.MANAGER, 6),
    "/projects/study-0/references/": ("eva", Role.EXPERT, 9),
    "/projects/study-0/references/?state=missing": ("lea", Role.MANAGER, 9),
    "/api/v1/projects/study-0/references/?state=waiting": ("eva", Role.EXPERT, 5),
    "/projects/study-0/responses/": ("lea", Role.MANAGER, 39),
    "/projects/study-0/responses/?criterion=text&annotator=uma&annotator=wei&levels=1,6": ("lea", Role.MANAGER, 39),
    "/projects/study-0/responses/?search=answer": ("lea", Role.MANAGER, 40),
    "/api/v1/projects/study-0/responses/?spread=3": ("lea", Role.MANAGER, 35),
    "/projects/study-0/responses/?annotator=uma&habit=alike": ("lea", Role.MANAGER, 39),
    "/projects/study-0/responses/?annotator=uma&habit=pace": ("lea", Role.MANAGER, 39),
    "/projects/study-0/releases/": ("lea", Role.MANAGER, 20),
    "/projects/study-0/releases/1/": ("lea", Role.MANAGER, 10),
    "/projects/study-0/releases/1/labels/": ("lea", Role.MANAGER, 11),
    "/projects/study-0/releases/1/left-out/": ("lea", Role.MANAGER, 4),
    "/projects/study-0/releases/1/files/": ("lea", Role.MANAGER, 5),
    "/projects/study-0/releases/2/compare/": ("lea", Role.MANAGER, 15),
    "/projects/study-0/export/": ("lea", Role.MANAGER, 21),
    "/api/v1/projects/study-0/releases/": ("lea", Role.MANAGER, 4),
    "/api/v1/projects/study-0/releases/1/": ("lea", Role.MANAGER, 5),
    "/api/v1/projects/study-0/releases/1/labels/": ("lea", Role.MANAGER, 10),
    "/api/v1/projects/study-0/releases/2/compare/?with=1": ("lea", Role.MANAGER, 13),
    "/projects/study-0/events/": ("lea", Role.MANAGER, 10),
    "/projects/study-0/events/?kind=sent_back&by=lea": ("lea", Role.MANAGER, 9),
    "/api/v1/projects/study-0/events/": ("lea", Role.MANAGER, 9),
    "/projects/study-0/duplicates/": ("lea", Role.MANAGER, 10),
    "/projects/study-0/duplicates/?show=decided": ("lea", Role.MANAGER, 10),
    "/api/v1/projects/study-0/duplicates/": ("lea", Role.MANAGER, 5),
    "/projects/study-0/adjudication/": ("ada", Role.ADJUDICATOR, 26),
    "/projects/study-0/adjudication/list/": ("lea", Role.MANAGER, 43),
    "/projects/study-0/adjudication/list/?state=decided": ("lea", Role.MANAGER, 41),
    "/projects/study-0/adjudication/list/?field=-&sort=age": ("ada", Role.ADJUDICATOR, 32),
    "/projects/study-0/adjudication/list/?state=decided&sort=-field": ("ada", Role.ADJUDICATOR, 27),
    "/projects/study-0/responses/?label=disputed": ("lea", Role.MANAGER, 39),
    "/projects/study-0/rules/": ("lea", Role.MANAGER, 18),
    "/api/v1/projects/study-0/adjudications/": ("ada", Role.ADJUDICATOR, 21),
    "/api/v1/projects/study-0/adjudications/?sort=-gap&criterion=text": ("lea", Role.MANAGER, 19),
    "/rubrics/": ("ana", Role.ANNOTATOR, 7),  # two for the permission, two for whether they manage a project
    "/api/v1/projects/": ("ana", Role.ANNOTATOR, 3),
    "/api/v1/rubrics/": ("ana", Role.ANNOTATOR, 6),
}
TRANSACTION = 2  # its beginning and its end
SCRIPT = {"HX-Request": "true", "Accept": "application/json"}
COMPLETE = {"score-text": "4", "score-images": "na"}


def assignments_read(queries: CaptureQueriesContext) -> int:
    return sum(query["sql"].startswith('SELECT "annotation_assignment"."id"') for query in queries)


def grow(to: int) -> None:
    """So many responses that are disputed, projects and rubrics."""
    for number in range(to):
        slug = f"rubric-{number}"
        make_rubric(slug=slug, criteria=[criterion(key="text"), criterion(key="images", na="allowed")])
        project = make_project(slug=f"study-{number}", rubrics=[slug])
        for name, role in (("ana", "annotator"), ("lea", "manager"), ("ada", "adjudicator"), ("eva", "expert")):
            make_member(project, name, role)
    first = Project.objects.get(slug="study-0")
    tasks = judged(first, [[body(text=1, images=2, active_seconds=30), 1, 6]] * 2 * to, names=("uma", "vic", "wei"))
    decided(first, to)
    remarks(first, tasks)
    copies(first, to)
    released(first, to)


def released(project: Project, to: int) -> None:
    """One more than so many releases, each with as many labels."""
    for number in range(to + 1):
        queue.start_release(
            project=project, options=Options(check_size=0, test_size=0, seed=number), by=make_user("lea", password=None)
        )


def decided(project: Project, to: int) -> None:
    """So many of the disputes are decided."""
    ada = make_user("ada", password=None)
    for _case in range(to):
        settle(started(project, ada), ada, {"text": 3, "images": 2})


def remarks(project: Project, tasks: list[Task]) -> None:
    """Each response is flagged, skipped by somebody, about to be revised, and was sent back."""
    uma, ana, lea = (make_user(name, password=None) for name in ("uma", "ana", "lea"))
    for task in tasks:
        slot = Assignment.objects.get(task=task, annotator=uma)
        concerns.raise_flag(assignment=slot.pk, by=uma, kind="harmful")
        revise.save_draft(assignment=slot.pk, by=uma, body={"scores": {"text": 2}})
        revise.send_back(annotation=slot.annotation, by=lea, note="Look.")
        Skip.objects.create(
            task=task,
            assignment=slot,
            project=project,
            annotator=ana,
            position=slot.position,
            reason="x",
            skipped_at=timezone.now(),
        )


def copies(project: Project, to: int) -> None:
    """So many pairs that wait, and as many that were found to be different; each query has an image."""
    asked = [record(100 + number, question=[block(f"Copy {number // 2}", "a.png")]) for number in range(4 * to)]
    load(project, asked, {"a.png": png()})
    for pair in list(PossibleDuplicate.objects.filter(reasons__has_key="text").order_by("pk"))[:to]:
        resolve.keep(pair=pair, by=make_user("lea", password=None))


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_has_a_constant_number_of_queries(address: str, rows: int, client: Client, django_assert_num_queries: Any) -> None:
    who, _role, queries = LISTS[address]
    cache.clear()  # of what other tests left: from 300 entries on it drops some at random, also those made a moment ago
    grow(rows)
    client.force_login(make_user(who, password=None))
    with django_assert_num_queries(queries):
        answer = client.get(address)
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("tasks", [2, 20])
def test_a_claim_and_a_submission_cost_the_same_however_large_the_project_is(tasks: int, django_assert_num_queries: Any) -> None:
    """With a token, in a project of which half is done; a response without images, of a rubric that the process knows."""
    project = make_project()
    judged(project, [[4, 4, 4]] * (tasks // 2), names=("uma", "vic", "wei"))
    load(project, [record(100 + number) for number in range(tasks)])
    complete_rubric(project.rubrics.get())
    client = Client(headers={"Authorization": f"Token {new_token(user=make_member(project, 'ana'), days=1)}"})
    with django_assert_num_queries(8 + TRANSACTION):
        slot = client.post("/api/v1/projects/study/claim/").json()["assignment"]
    with django_assert_num_queries(7 + TRANSACTION):
        answer = client.post(f"/api/v1/assignments/{slot['id']}/submit/", body(), content_type="application/json")
    assert answer.status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("tasks", [4, 20])
def test_a_draft_and_a_submission_with_the_next_page_read_each_assignment_once(tasks: int, client: Client) -> None:
    project = make_project()
    load(project, [record(number) for number in range(tasks)])
    complete_rubric(project.rubrics.get())
    ana = make_member(project, "ana")
    client.force_login(ana)
    for _cycle in range(2):  # the first also reads what the process caches
        slot = score.claim(project=project, by=ana)
        assert slot
        assert client.post(f"/assignments/{slot.pk}/draft/", {"score-text": "4"}, headers=SCRIPT).status_code == 200
        with CaptureQueriesContext(connection) as draft:
            assert client.post(f"/assignments/{slot.pk}/draft/", COMPLETE, headers=SCRIPT).status_code == 200
        with CaptureQueriesContext(connection) as submission:
            assert client.post(f"/assignments/{slot.pk}/submit/", COMPLETE, headers={"HX-Request": "true"}).status_code == 200
    assert (len(draft), assignments_read(draft)) == (6 + TRANSACTION, 1)
    # the submitted one, the next one, and the search for one that is held
    assert (len(submission), assignments_read(submission)) == (18 + 2 * TRANSACTION, 3)
