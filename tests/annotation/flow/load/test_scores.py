import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.errors import Refused, Rejected
from annotation.flow import load, score
from annotation.flow.agree import report as agree
from annotation.flow.load import scores
from annotation.flow.release import release
from annotation.flow.release.publish import steady
from annotation.flow.setup.projects import new_token
from annotation.models import Annotation, Assignment, Draft, Event, Membership, Project, Revision, Task, User
from tests.annotation.flow.load.score_files import as_csv, as_json_lines, counts, everything, says, slots, stored, take
from tests.annotation.test_accounts import sign_in
from tests.factories import (
    PASSWORD,
    claim_task,
    criterion,
    judge,
    judged,
    make_member,
    make_project,
    make_rubric,
    make_user,
    responses,
)

pytestmark = pytest.mark.django_db
NOON = "2026-05-01T12:00:00Z"


@pytest.fixture
def project() -> Project:
    """Two responses, two slots each."""
    project = make_project(overlap=2)
    responses(project, 2)
    return project


def reasons(error: Rejected) -> list[tuple[int, str, str]]:
    return [(found.record, found.field, found.error) for found in error.rejections]


def test_scores_become_first_judgements_in_the_slots_that_are_open(project: Project) -> None:
    rows = [*says("uma", harm=1, submitted_at=NOON), *says("vic", text="5.0", images=2, harm=0), *says("uma", 2, images="na")]
    assert take(project, rows[::-1]).as_dict() == counts(annotations=3, scores=7, annotators=2)
    first, second = ("PBL-0001", "system-a", 0), ("PBL-0002", "system-a", 0)
    assert stored(project) == {
        (*first, "uma", "text"): 4,
        (*first, "uma", "images"): "na",
        (*first, "uma", "harm"): True,
        (*first, "vic", "text"): 5,
        (*first, "vic", "images"): 2,
        (*second, "uma", "text"): 4,
        (*second, "uma", "images"): "na",
    }
    assert slots(project) == [
        ("PBL-0001", 1, "initial", "uma"),
        ("PBL-0001", 2, "initial", "vic"),
        ("PBL-0002", 1, "initial", "uma"),
        ("PBL-0002", 2, "initial", None),
    ]
    assert Revision.objects.first_judgements(project).count() == 3
    members = Membership.objects.order_by("user__username").values_list("user__username", "role")
    assert list(members) == [("uma", "annotator"), ("vic", "annotator")]


def test_a_task_that_has_more_than_its_overlap_gets_the_slots_it_needs(project: Project) -> None:
    last = max(Assignment.objects.values_list("position", flat=True))
    rows = [row for name in ("uma", "vic", "wei", "xia") for row in says(name)]
    assert take(project, rows).as_dict() == counts(annotations=4, scores=8, annotators=4, slots=2)
    assert slots(project)[:4] == [
        ("PBL-0001", 1, "initial", "uma"),
        ("PBL-0001", 2, "initial", "vic"),
        ("PBL-0001", 3, "import", "wei"),
        ("PBL-0001", 4, "import", "xia"),
    ]
    new = Assignment.objects.filter(reason="import").order_by("number")
    assert [(slot.position, slot.system, slot.category) for slot in new] == [
        (last + 1, "system-a", "project-based-learning"),
        (last + 2, "system-a", "project-based-learning"),
    ]
    assert set(Task.objects.fully_judged()) == {new[0].task}


def test_an_annotator_who_holds_a_slot_of_the_task_fills_that_one_and_the_draft_goes() -> None:
    project = make_project(overlap=3)
    [task] = responses(project)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    given_back = claim_task(task, make_member(project, "chen"))
    mine = claim_task(task, ana)
    claim_task(task, bo)
    score.skip(assignment=given_back.pk, by=given_back.annotator, reason="not mine")
    score.save_draft(assignment=mine.pk, by=ana, body={"scores": {"text": 1}})
    Draft.objects.create(task=task, annotator=bo, content={}, saved_at=timezone.now())
    rows = says("ana") + says("uma") + says("vic")
    assert take(project, rows).as_dict() == counts(annotations=3, scores=6, annotators=2, slots=1)
    assert slots(project) == [
        ("PBL-0001", 1, "initial", "uma"),
        ("PBL-0001", 2, "initial", "ana"),
        ("PBL-0001", 3, "initial", "bo"),
        ("PBL-0001", 4, "import", "vic"),
    ]
    assert list(Assignment.objects.held().values_list("annotator__username")) == [("bo",)]
    assert list(Draft.objects.values_list("annotator__username", flat=True)) == ["bo"]


def test_a_slot_that_was_asked_for_after_a_dispute_stays_open(project: Project) -> None:
    Assignment.objects.filter(task__response__query__external_id="PBL-0001", number=1).update(reason="after_dispute")
    take(project, says("uma") + says("vic"))
    assert slots(project)[:3] == [
        ("PBL-0001", 1, "after_dispute", None),
        ("PBL-0001", 2, "initial", "uma"),
        ("PBL-0001", 3, "import", "vic"),
    ]


def test_the_latest_time_the_greatest_duration_and_each_comment_once_count(project: Project) -> None:
    one, two = says("uma")
    rows = [
        one | {"comment": "Well said", "submitted_at": "2026-05-01T14:00:00+02:00", "active_seconds": "30.0"},
        two | {"comment": "No picture", "submitted_at": "2026-05-01 12:00:01", "active_seconds": "7"},
        *says("uma", 2, comment="twice", submitted_at="", active_seconds=""),
    ]
    before = timezone.now()
    take(project, rows)
    said, now = Revision.objects.order_by("annotation__task__response__query__external_id")
    noon = datetime(2026, 5, 1, 12, 0, 1, tzinfo=UTC)
    assert (said.feedback, said.submitted_at, said.active_seconds) == ("Well said\nNo picture", noon, 30)
    slot = said.annotation.assignment
    assert (slot.claimed_at, slot.submitted_at, slot.lease_expires_at) == (noon, noon, None)
    assert (now.feedback, now.active_seconds, before <= now.submitted_at <= timezone.now()) == ("twice", 0, True)


def test_a_holistic_overall_stands_under_the_criterion_overall() -> None:
    make_rubric(slug="whole", overall={"method": "holistic", "min": 0, "max": 6}, criteria=[criterion(key="text")])
    project = make_project(rubrics=["whole"])
    responses(project)
    about = {"id": "PBL-0001", "model": "system-a", "annotator": "uma"}
    rows = [about | {"criterion": "text", "score": 3}, about | {"criterion": "overall", "score": 5.0}]
    assert take(project, as_json_lines(rows), "scores.jsonl").as_dict() == counts(annotations=1, scores=1, annotators=1)
    assert stored(project) == {("PBL-0001", "system-a", 0, "uma", key): value for key, value in (("text", 3), ("overall", 5))}
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, [about | {"annotator": "vic", "criterion": "text", "score": 3}])
    assert (reasons(caught.value), everything()) == ([(1, "criterion", "overall is missing")], before)


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    rows = says("uma", harm=1, submitted_at=NOON, comment="so-so", active_seconds=5) + says("vic", harm=0, submitted_at="")
    take(project, rows)
    before = everything()
    assert take(project, rows).as_dict() == counts(skipped=2)
    assert take(project, says("uma", harm=1)).as_dict() == counts(skipped=1)  # what is left out is not compared
    assert everything() == before
    assert take(project, rows + says("vic", 2)).as_dict() == counts(annotations=1, scores=2, skipped=2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": 5}, "score"),
        ({"images": 1}, "score"),
        ({"harm": 0}, "score"),
        ({"comment": "good"}, "comment"),
        ({"submitted_at": "2026-05-01T12:00:01Z"}, "submitted_at"),
        ({"active_seconds": 6}, "active_seconds"),
    ],
)
def test_what_differs_from_what_is_there_is_rejected(project: Project, change: Any, field: str) -> None:
    said = {"harm": 1, "submitted_at": NOON, "comment": "so-so", "active_seconds": 5}
    take(project, says("uma", **said))
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, says("vic", **said) + says("uma", **(said | change)))
    assert reasons(caught.value) == [(4, field, "differs from what uma has said of this response already")]
    assert everything() == before


def test_imported_people_cannot_sign_in_by_page_or_token(project: Project, client: Client) -> None:
    take(project, says("uma"))
    uma = User.objects.get(username="uma")
    assert (uma.is_active, uma.has_usable_password(), uma.is_staff, uma.is_superuser) == (False, False, False, False)
    for password in ("", PASSWORD, "uma"):
        assert sign_in(client, password, "uma").status_code == 200
    uma.set_password(PASSWORD)
    uma.save()
    assert sign_in(client, PASSWORD, "uma")["Location"] == "/accounts/inactive/"
    assert client.get("/")["Location"].startswith("/accounts/login/")
    headers = {"Authorization": f"Token {new_token(user=uma, days=1)}"}
    assert client.get("/api/v1/projects/", headers=headers).status_code == 401
    User.objects.filter(pk=uma.pk).update(is_active=True)  # nothing else keeps the door shut
    assert client.get("/api/v1/projects/", headers=headers).status_code == 200


def test_members_are_taken_as_they_are_and_strangers_are_not_drawn_in(project: Project) -> None:
    make_member(project, "lea", "manager")
    make_user("stranger")
    take(make_project(slug="other", rubrics=["small"]), b"id,model,annotator,criterion,score\n")
    User.objects.create(username="uma", is_active=False)
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, says("lea") + says("stranger"))
    told = "stranger is known here but no member of the project: add them with add_member first"
    assert (reasons(caught.value), everything()) == ([(3, "annotator", told), (4, "annotator", told)], before)
    assert take(project, says("lea") + says("uma")).as_dict() == counts(annotations=2, scores=4, annotators=1)
    assert set(Membership.objects.values_list("user__username", "role")) == {("lea", "manager"), ("uma", "annotator")}


RATINGS: list[list[Any]] = [
    [4, 4, 5],
    [1, {"text": 2, "images": 3, "penalties": ["harm"]}, 3],
    [6, 5, {"text": 1, "feedback": "no"}],
    [2, 2, 3],
]


def test_they_count_in_agreement_as_if_they_had_been_given_here() -> None:
    by_hand, taken_in = make_project(slug="hand"), make_project(slug="import", rubrics=["small"])
    judged(by_hand, RATINGS)
    responses(taken_in, len(RATINGS))
    rows = []
    for number, ratings in enumerate(RATINGS, 1):
        for name, value in zip(("ana", "bo", "chen"), ratings, strict=True):
            said = value if isinstance(value, dict) else {"text": value}
            harm = int("harm" in said.get("penalties", ()))
            rows += says(f"{name}-2", number, text=said["text"], images=said.get("images", ""), harm=harm)
    take(taken_in, rows)
    assert agree.agreement_report(taken_in)["groups"] == agree.agreement_report(by_hand)["groups"]
    assert agree.agreement_report(taken_in)["groups"][0]["criteria"][0]["alpha"]["value"] is not None


def test_the_ratings_of_a_release_are_taken_in_again(tmp_path: Path) -> None:
    released, fresh = make_project(slug="one"), make_project(slug="two", rubrics=["small"])
    judged(released, RATINGS)
    responses(fresh, len(RATINGS))
    release(project=released, out=tmp_path / "out", check_size=1)
    file = tmp_path / "out" / "ratings.csv"
    report = load.load_scores(path=file, project=fresh)
    assert report.as_dict() == counts(annotations=12, scores=25, annotators=3)
    # people have other names there, and sums run in the order of names
    assert steady(agree.agreement_report(fresh, ["system"])["groups"]) == steady(
        agree.agreement_report(released, ["system"])["groups"]
    )
    assert all(len(name) == 13 for name in Membership.objects.filter(project=fresh).values_list("user__username", flat=True))
    assert load.load_scores(path=file, project=fresh).as_dict() == counts(skipped=12)


def test_a_dry_run_says_the_same_and_stores_nothing(project: Project) -> None:
    before = everything()
    assert take(project, says("uma"), dry_run=True).as_dict() == counts(annotations=1, scores=2, annotators=1)
    assert everything() == before


def test_what_was_added_is_an_event_and_nothing_added_is_none(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    before = set(Event.objects.values_list("pk", flat=True))
    for _again in range(2):
        take(project, says("uma"), by=lea)
    events = Event.objects.exclude(pk__in=before).order_by("pk")
    added = {key: value for key, value in counts(annotations=1, scores=2, annotators=1).items() if key != "rejected"}
    assert [(event.verb, event.by, event.data) for event in events] == [
        ("member_added", lea, {"username": "uma", "role": "annotator"}),
        ("scores_loaded", lea, {"file": "scores.csv", **added}),
    ]


def test_the_rubric_decides_where_a_response_is_judged_more_than_once(project: Project) -> None:
    task = Task.objects.get(response__query__external_id="PBL-0001")
    second = make_rubric(slug="second", criteria=[criterion(key="text")])
    make_project(slug="other", rubrics=["second"])  # which freezes it
    second.refresh_from_db()
    project.project_rubrics.create(category="second", rubric=second)
    Task.objects.create(project=project, response=task.response, rubric=second)
    [row, _images] = says("uma")
    with pytest.raises(Rejected) as caught:
        take(project, [row])
    told = "this response is judged more than once: expected one of second@1, small@1"
    assert reasons(caught.value) == [(1, "rubric", told)]
    rows = [row | {"rubric": "second@1", "split": "train"}, *(row | {"rubric": "small@1"} for row in says("uma"))]
    assert take(project, rows).as_dict() == counts(annotations=2, scores=3, annotators=1, slots=1)


@pytest.mark.parametrize(("name", "written"), [("upload.JSONL", as_json_lines), ("upload.csv", as_csv)])
def test_a_file_is_read_from_an_open_file_too_and_left_open(project: Project, name: str, written: Callable[..., bytes]) -> None:
    file = io.BytesIO(b"\xef\xbb\xbf" + written([row | {"sample": None} for row in says("uma")]))
    report = load.load_score_file(file=file, name=name, project=project)
    assert (report.as_dict(), file.closed) == (counts(annotations=1, scores=2, annotators=1), False)


def test_a_file_that_is_not_there_is_refused(project: Project, tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "none.csv", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(Refused) as caught:
            load.load_scores(path=path, project=project)
        assert str(caught.value) == f"{path}: {problem}"


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_slots_and_people_are_shared_by_batches(monkeypatch: pytest.MonkeyPatch, project: Project, batch: int) -> None:
    monkeypatch.setattr(scores, "BATCH", batch)
    rows = [row for number in (1, 2) for name in ("uma", "vic", "wei", "xia") for row in says(name, number)]
    assert take(project, rows).as_dict() == counts(annotations=8, scores=16, annotators=4, slots=4)
    numbers = [(number, reason) for _id, number, reason, _name in slots(project)]
    assert numbers == [(1, "initial"), (2, "initial"), (3, "import"), (4, "import")] * 2
    assert take(project, rows).as_dict() == counts(skipped=8)


def test_a_batch_has_a_constant_number_of_queries() -> None:
    asked = []
    for size in (1, 5):
        project = make_project(slug=f"study-{size}", overlap=1)
        responses(project, size)
        rows = [row for number in range(1, size + 1) for name in "abc" for row in says(f"{name}{size}", number)]
        for _again in range(2):
            with CaptureQueriesContext(connection) as queries:
                take(project, rows)
            asked.append(len(queries))
    assert asked == [asked[0], asked[1]] * 2


def test_progress_is_told_of_bytes_and_annotations(project: Project) -> None:
    told: list[tuple[str, int, int]] = []
    content = as_json_lines(says("uma") + says("vic"))
    take(project, content, "scores.jsonl", progress=lambda *step: told.append(step))
    assert [told[0][0], told[0][2]] == ["reading", len(content)]
    assert told[-4:] == [("reading", len(content), len(content)), ("storing", 0, 2), ("storing", 2, 2), ("ending", 1, 1)]


def claims(project: Project, user: User, found: list[Any]) -> None:
    """Claim until the database lets: SQLite in memory answers at once that somebody writes."""
    try:
        while not found:
            try:
                found.append(score.claim(project=project, by=user))
            except OperationalError:
                connections.close_all()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_claim_during_a_load_does_not_get_a_slot_that_the_load_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(overlap=1)
    responses(project)
    bo = make_member(project, "bo")
    found: list[Any] = []
    claim = Thread(target=claims, args=(project, bo, found))
    store: Callable[..., Any] = scores.store_annotations

    def store_while_bo_claims(*arguments: Any) -> None:
        claim.start()
        claim.join(timeout=1)
        store(*arguments)

    monkeypatch.setattr(scores, "store_annotations", store_while_bo_claims)
    take(project, says("uma"))
    claim.join(timeout=30)
    assert (found, slots(project)) == ([None], [("PBL-0001", 1, "initial", "uma")])
    assert list(Annotation.objects.values_list("annotator__username", flat=True)) == ["uma"]


def test_somebody_who_scored_and_goes_on_is_still_given_what_is_open(project: Project) -> None:
    ana = make_member(project, "ana")
    take(project, [row for name in ("uma", "vic", "ana") for row in says(name)])
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    assert slot.task.response.query.external_id == "PBL-0002"
    judge(slot.task, make_member(project, "bo"))
    assert slot.lease_expires_at is not None
    assert slot.lease_expires_at > timezone.now() + timedelta(minutes=59)
