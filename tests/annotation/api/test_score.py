"""A script scores by API: each call answers with the status and the keys that the contract names."""

from typing import Any

import pytest
from django.test import Client

from annotation.flow.setup.workspace import change_workspace
from annotation.models import Draft, Project, User
from tests.factories import body, make_member, make_project, responses

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def project() -> Project:
    project = make_project(overlap=1)
    responses(project)
    return project


@pytest.fixture
def ana(project: Project, client: Client) -> User:
    ana = make_member(project, "ana")
    client.force_login(ana)
    return ana


@pytest.fixture
def address(ana: User, client: Client) -> str:
    """Of the claimed assignment."""
    return f"/api/v1/assignments/{client.post('/api/v1/projects/study/claim/').json()['assignment']['id']}/"


def put(client: Client, address: str, content: Any, **headers: str) -> Any:
    return client.put(f"{address}draft/", content, content_type=JSON, headers=headers)


def submit(client: Client, address: str, content: Any, **headers: str) -> Any:
    return client.post(f"{address}submit/", content, content_type=JSON, headers=headers)


def test_a_claim_gives_the_response_with_its_rubric_and_draft(client: Client, address: str) -> None:
    put(client, address, {"scores": {"text": 3}})
    claim = client.post("/api/v1/projects/study/claim/").json()
    draft = {"scores": {"text": 3}, "penalties": [], "feedback": "", "active_seconds": 0}
    assert (claim["assignment"]["draft"], claim["assignment"]["draft_version"]) == (draft, 1)
    assert list(claim) == ["assignment", "query", "references", "correct_answer", "response", "rubric"]
    assert claim["query"] == {
        "id": "PBL-0001",
        "category": "project-based-learning",
        "field": "",
        "subfield": "",
        "blocks": [{"text": "Question 1", "image": None, "width": None, "height": None, "sizes": []}],
    }


def test_a_draft_answers_with_its_version_and_the_overall_where_the_project_shows_it(
    client: Client, address: str, project: Project
) -> None:
    saved = put(client, address, body(text=5))
    assert (saved.status_code, saved["ETag"], sorted(saved.json())) == (200, '"1"', ["saved_at", "version"])
    change_workspace(project=project, by=None, changes={"overall_shown": True})
    assert put(client, address, body(text=5)).json()["overall"] == {"value": 5.0, "text": "5", "reason": "the mean"}
    assert put(client, address, {"scores": {"text": 5}}).json()["overall"] is None


@pytest.mark.parametrize("key", ["", "scores", "notes", "confidence"])
def test_of_100000_unknown_keys_the_first_are_named_and_the_others_counted(client: Client, address: str, key: str) -> None:
    keys = {f"k{number:06}": 1 for number in range(100_000)}
    answer = put(client, address, {key: keys} if key else keys)
    content = answer.json()
    if key == "confidence":  # is not asked for here: what a draft has of it is left out
        assert answer.status_code == 200
        return
    assert (answer.status_code, len(content["fields"]), content["more"]) == (400, 100, 99_900)
    assert next(iter(content["fields"])) == f"{key}.k000000".lstrip(".")
    assert content["detail"].endswith(" And 99,900 more.")
    assert len(answer.content) < 40_000


def test_a_draft_that_the_caller_has_not_seen_is_not_overwritten(client: Client, address: str) -> None:
    put(client, address, {"scores": {"text": 1}}, **{"If-Match": "0", "X-Page": "one"})
    conflict = put(client, address, {"scores": {"text": 2}}, **{"If-Match": "0", "X-Page": "two"})
    assert (conflict.status_code, conflict.json()) == (
        412,
        {
            "detail": "This response was changed on another page. Nothing was overwritten.",
            "version": 1,
            "draft": Draft.objects.get().content,
        },
    )


def test_a_submission_with_the_same_key_gives_the_first_answer_again(client: Client, address: str) -> None:
    first, again = (submit(client, address, body(text=level), **{"Idempotency-Key": "k"}) for level in (5, 1))
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert sorted(first.json()) == ["annotation", "assignment", "revision", "submitted_at"]
    late = submit(client, address, body())
    assert (late.status_code, late.json()) == (409, {"detail": "You have submitted this response already."})
    assert client.post("/api/v1/projects/study/claim/").status_code == 204


def own_answers(client: Client, annotator: User) -> list[dict[str, Any]]:
    """What the annotator gets while judging two responses, without what the calls themselves name and the times."""
    client.force_login(annotator)
    answers = []
    for _response in range(2):
        address = f"/api/v1/assignments/{client.post('/api/v1/projects/study/claim/').json()['assignment']['id']}/"
        flag = client.post(f"{address}flag/", {"kind": "harmful"}, content_type=JSON).json()
        submitted = submit(client, address, body()).json()
        answers.append(
            {"flag": flag["id"], "own": submitted["annotation"] == submitted["assignment"], "n": submitted["revision"]}
        )
    return answers


def test_no_answer_tells_an_annotator_by_its_numbers_how_much_others_have_done(client: Client) -> None:
    project = make_project(overlap=3)
    responses(project, 2)
    people = [make_member(project, name) for name in ("ana", "bo", "chen")]
    expected = [{"flag": 1, "own": True, "n": 1}, {"flag": 2, "own": True, "n": 1}]
    assert [own_answers(client, annotator) for annotator in people] == [expected] * 3


def test_an_incomplete_submission_is_refused_by_its_fields(client: Client, address: str) -> None:
    answer = submit(client, address, {"scores": {"text": 9}})
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "detail": "scores.images: missing scores.text: expected 1 to 6",
            "fields": {"scores.images": "missing", "scores.text": "expected 1 to 6"},
        },
    )


def test_a_skip_needs_a_reason_in_words_or_a_kind(client: Client, address: str) -> None:
    assert [client.post(f"{address}skip/", content, content_type=JSON).status_code for content in ({}, {"kind": "conflict"})] == [
        400,
        204,
    ]
    assert submit(client, address, body()).status_code == 409


def test_a_flag_answers_with_itself(client: Client, address: str) -> None:
    flag = client.post(f"{address}flag/", {"kind": "harmful", "note": "Look."}, content_type=JSON)
    assert (flag.status_code, flag.json()["kind"], flag.json()["note"]) == (201, "harmful", "Look.")
    assert sorted(flag.json()) == ["id", "kind", "note", "raised_at"]


def test_a_revision_is_drafted_and_submitted_under_the_same_assignment(client: Client, address: str) -> None:
    submit(client, address, body(text=5))
    draft = client.put(f"{address}revision/draft/", {"scores": {"text": 2}}, content_type=JSON)
    revision = client.post(f"{address}revision/", body(text=2), content_type=JSON)
    assert (draft.status_code, draft.json()["version"], revision.status_code, revision.json()["revision"]) == (200, 1, 201, 2)
    assert Draft.objects.count() == 0
