"""Loading score files: all or nothing, again without effect, counted as if the scores had been given here."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.errors import Refused, Rejected
from annotation.flow import load
from annotation.flow.agree import report as agree
from annotation.flow.release import Options, release
from annotation.flow.release.content import steady
from annotation.models import Event, Membership, Project, Revision, User
from tests.annotation.flow.load.score_files import as_csv, as_json_lines, counts, everything, reasons, says, slots, stored, take
from tests.factories import (
    judged,
    make_member,
    make_project,
    responses,
)

pytestmark = pytest.mark.django_db
NOON = "2026-05-01T12:00:00Z"


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


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    rows = says("uma", harm=1, submitted_at=NOON, comment="so-so", active_seconds=5) + says("vic", harm=0, submitted_at="")
    take(project, rows)
    before = everything()
    assert take(project, rows).as_dict() == counts(skipped=2)
    assert take(project, says("uma", harm=1)).as_dict() == counts(skipped=1)  # what is left out is not compared
    assert everything() == before
    assert take(project, rows + says("vic", 2)).as_dict() == counts(annotations=1, scores=2, skipped=2)


def test_a_member_is_meant_by_any_spelling_of_the_name(project: Project) -> None:
    uma = make_member(project, "Uma")
    assert take(project, says("UMA")).as_dict() == counts(annotations=1, scores=2)
    assert [revision.annotation.annotator for revision in Revision.objects.select_related("annotation__annotator")] == [uma]


def test_two_spellings_of_one_name_are_one_person_and_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.flow.load.scores.BATCH", 1)  # also where the rows are far from each other
    decomposed, composed = "Jose\u0301", "Jos\u00e9"
    rows = says(" Uma", 2) + says(decomposed) + says("vic") + says("uma") + says(composed, 2) + says("राम")
    told = {"spellings": [[" Uma", "uma"], [decomposed, composed]]}
    assert take(project, rows).as_dict() == counts(annotations=6, scores=12, annotators=4, slots=2) | told
    assert set(User.objects.values_list("username", flat=True)) == {"Uma", composed, "vic", "राम"}


def test_two_scores_of_one_person_in_two_spellings_are_a_fault_that_names_both(project: Project) -> None:
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, says("uma") + says("Uma ")[:1])
    fault = "`text`: a second score of `Uma `, who is `uma` in record 1"
    assert (reasons(caught.value), everything()) == ([(3, "criterion", fault)], before)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": 5}, "score: `5`"),
        ({"images": 1}, "score: `4`"),
        ({"harm": 0}, "score: `4`"),
        ({"comment": "good"}, "comment: `good`"),
        ({"submitted_at": "2026-05-01T12:00:01Z"}, "submitted_at: `2026-05-01T12:00:01.000000+00:00`"),
        ({"active_seconds": 6}, "active_seconds: `6`"),
    ],
)
def test_what_differs_from_what_is_there_is_rejected(project: Project, change: Any, told: str) -> None:
    values = {"harm": 1, "submitted_at": NOON, "comment": "so-so", "active_seconds": 5}
    take(project, says("uma", **values))
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, says("vic", **values) + says("uma", **(values | change)))
    assert str(caught.value) == f"scores.csv: record 4, {told}: differs from what uma has said of this response already"
    assert everything() == before


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
            judgement = value if isinstance(value, dict) else {"text": value}
            harm = int("harm" in judgement.get("penalties", ()))
            rows += says(f"{name}-2", number, text=judgement["text"], images=judgement.get("images", ""), harm=harm)
    take(taken_in, rows)
    assert agree.agreement_report(taken_in)["groups"] == agree.agreement_report(by_hand)["groups"]
    assert agree.agreement_report(taken_in)["groups"][0]["criteria"][0]["alpha"]["value"] is not None


def test_the_ratings_of_a_release_are_taken_in_again(tmp_path: Path) -> None:
    released, fresh = make_project(slug="one"), make_project(slug="two", rubrics=["small"])
    judged(released, RATINGS)
    responses(fresh, len(RATINGS))
    release(project=released, out=tmp_path / "out", options=Options(check_size=1))
    file = tmp_path / "out" / "ratings.csv"
    report = load.load_scores(path=file, project=fresh)
    assert report.as_dict() == counts(annotations=12, scores=25, annotators=3)
    # people have other names there, and sums run in the order of names
    assert steady(agree.agreement_report(fresh, ["system"])["groups"]) == steady(
        agree.agreement_report(released, ["system"])["groups"]
    )
    assert all(len(name) == 13 for name in Membership.objects.filter(project=fresh).values_list("user__username", flat=True))
    assert load.load_scores(path=file, project=fresh).as_dict() == counts(skipped=12)


def test_later_revisions_and_adjudicators_of_a_release_are_left_out_and_counted(project: Project) -> None:
    head = b"id,system,annotator,criterion,score,revision,first,role,confidence,comment\n"
    rows = (
        b"PBL-0001,system-a,uma,text,4,1,1,annotator,2,'=1+1\n"
        b"PBL-0001,system-a,uma,images,,1,1,annotator,,\n"
        b"PBL-0001,system-a,uma,text,6,2,0,annotator,,\n"
        b"PBL-0001,system-a,vic,text,5,1,1,after_dispute,,\n"
        b"PBL-0001,system-a,wei,text,5,1,1,adjudicator,,\n"
    )
    assert take(project, head + rows).as_dict() == counts(annotations=1, scores=2, annotators=1, not_first=3)
    (revision,) = Revision.objects.all()
    assert (revision.feedback, revision.annotation.annotator.username) == ("=1+1", "uma")


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
        ("member_added", lea, {"username": "uma", "role": "annotator", "member": User.objects.get(username="uma").pk}),
        ("scores_loaded", lea, {"file": "scores.csv", **added}),
    ]


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


def test_a_batch_has_a_constant_number_of_queries() -> None:
    asked = []
    for study, size in enumerate((1, 1, 5)):  # the first finds tables that never had a row
        project = make_project(slug=f"study-{study}", overlap=1)
        responses(project, size)
        rows = [row for number in range(1, size + 1) for name in "abc" for row in says(f"{name}{study}", number)]
        for _again in range(2):
            with CaptureQueriesContext(connection) as queries:
                take(project, rows)
            asked.append(len(queries))
    assert asked[2:] == [asked[2], asked[3]] * 2
