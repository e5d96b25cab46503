"""An adjudicator's script scores a disputed response blind, sees the others' scores, and decides."""

import pytest
from django.test import Client

from annotation.models import BlindScore, Decision, Rules
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_a_case_is_started_scored_blind_and_decided(client: Client) -> None:
    project = make_project()
    judged(project, [[1, 1, 6]], names=("uma", "vic", "wei"))
    client.force_login(make_member(project, "ada", "adjudicator"))
    case = client.post("/api/v1/projects/study/adjudicate/").json()
    address = f"/api/v1/adjudications/{case['adjudication']['id']}/"
    assert case["adjudication"] | {"lease_expires_at": "then"} == {
        "id": case["adjudication"]["id"],
        "criteria": ["text"],
        "revealed": None,
        "phase": "blind",
        "ending": "",
        "lease_expires_at": "then",
        "draft": None,
        "draft_version": 0,
        "blind": None,
        "outcome": "",
        "decisions": {},
        "feedback": "",
        "adopted": None,
        "reasons": [],
        "colleagues": [],
    }
    assert list(case) == ["adjudication", "query", "references", "correct_answer", "response", "rubric"]
    assert client.post(f"{address}unseen/", ["text"], content_type=JSON).status_code == 400
    revealed = client.post(f"{address}unseen/", {"answers": {"text": 2}}, content_type=JSON).json()["adjudication"]["revealed"]
    assert sorted(annotator["scores"]["text"] for annotator in revealed) == [1, 1, 6]
    decision = {"text": {"score": 1, "cause": "slip", "reason": "One misread the image."}}
    answer = client.post(f"{address}decide/", {"decisions": decision}, content_type=JSON)
    assert (answer.status_code, answer.json()) == (201, {"adjudication": case["adjudication"]["id"]})
    assert BlindScore.objects.get().answer == 2
    assert list(Decision.objects.values_list("level__value", "reason")) == [(1, "One misread the image.")]
    assert client.post("/api/v1/projects/study/adjudicate/").status_code == 204


def test_a_cause_is_left_out_where_the_annotators_gave_the_same(client: Client) -> None:
    project = make_project()
    judged(project, [[2, 2, 2]], names=("uma", "vic", "wei"))
    Rules.objects.filter(project=project).update(undisputed_share=1)
    client.force_login(make_member(project, "ada", "adjudicator"))
    case = client.post("/api/v1/projects/study/adjudicate/").json()["adjudication"]
    address = f"/api/v1/adjudications/{case['id']}/"
    answers = {key: {"text": 2, "images": "na", "harm": False}[key] for key in case["criteria"]}
    assert client.post(f"{address}unseen/", {"answers": answers}, content_type=JSON).status_code == 200
    decisions = {key: {"score": answer, "reason": "All agree."} for key, answer in answers.items()}
    assert client.post(f"{address}decide/", {"decisions": decisions}, content_type=JSON).status_code == 201
    assert client.get(address).json()["adjudication"]["decisions"] == decisions
