"""The list of cases and every way out of one by API; who may see what; nothing that names an annotator."""

import json
from typing import Any

import pytest
from django.test import Client

from annotation.api.adjudication.cases import filters_of
from annotation.flow.adjudicate.listing import Filters
from annotation.models import Adjudication, CaseReview, Project, Task, User
from tests.annotation.flow.adjudicate.cases import lapse, make_disputed_project, revised, with_rules
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db
JSON = "application/json"
ANNOTATORS = ("uma-ann", "vic-ann", "wei-ann")


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


@pytest.fixture
def tasks(project: Project) -> list[Task]:
    shy = body(text=1, penalties=["harm"], feedback="feedback-of-uma", notes={"text": "note-of-uma"})
    rows = [[shy, body(text=6, images=2), body(text=5, penalties=["harm"])], [4, 4, 4], [1, 1, 5]]
    return judged(project, rows, names=ANNOTATORS)


def signed_in(project: Project, name: str, role: str) -> Client:
    client = Client()
    client.force_login(make_member(project, name, role))
    return client


@pytest.fixture
def ada(project: Project) -> Client:
    return signed_in(project, "ada", "adjudicator")


@pytest.fixture
def lea(project: Project) -> Client:
    return signed_in(project, "lea", "manager")


def post(client: Client, path: str, content: Any = None, **headers: str) -> Any:
    return client.post(f"/api/v1/{path}", content or {}, content_type=JSON, headers=headers)


def started(client: Client, task: Task) -> str:
    """The address of the task's case."""
    case = post(client, "projects/study/adjudicate/", {"task": task.pk}).json()["adjudication"]
    return f"adjudications/{case['id']}/"


def listed(client: Client, query: str = "") -> Any:
    return client.get(f"/api/v1/projects/study/adjudications/?{query}").json()


def blind_scores(client: Client, case: str, **headers: str) -> Any:
    answers = {key: 2 if key != "harm" else False for key in client.get(f"/api/v1/{case}").json()["adjudication"]["criteria"]}
    return post(client, f"{case}unseen/", {"answers": answers}, **headers)


def decision(*keys: str) -> dict[str, Any]:
    return {key: {"score": key != "harm" and 2, "cause": "slip", "reason": "As the level says."} for key in keys}


def test_a_manager_lists_everything_and_an_adjudicator_nothing_of_the_scores(
    project: Project, tasks: list[Task], ada: Client, lea: Client
) -> None:
    project = with_rules(project, undisputed_share=1)
    case = started(ada, tasks[2])
    rows = {row["query"]: row for row in listed(lea)["adjudications"]}
    since = rows["PBL-0001"]["since"]
    common = {"category": "project-based-learning", "field": "", "since": since, "reserved": False}
    assert rows["PBL-0001"] == common | {
        "task": tasks[0].pk, "adjudication": None, "query": "PBL-0001", "criteria": ["text", "images", "harm"],
        "state": "waiting", "gap": 5, "disputed": True, "second": False, "holder": None, "reserved_for": None,
    }  # fmt: skip
    assert (rows["PBL-0002"]["disputed"], rows["PBL-0002"]["gap"]) == (False, 0)
    pk = int(case.split("/")[1])
    assert [rows["PBL-0003"][key] for key in ("adjudication", "state", "holder", "gap")] == [pk, "in_hands", "ada", 4]
    answer = listed(ada)
    assert (answer["count"], answer["pages"]) == (3, 1)
    of_ada = {row["query"]: row for row in answer["adjudications"]}
    assert of_ada["PBL-0001"] == {
        key: value
        for key, value in rows["PBL-0001"].items()
        if key not in ("gap", "disputed", "second", "holder", "reserved_for")
    }
    assert {frozenset(row) for row in of_ada.values()} == {frozenset(of_ada["PBL-0001"])}


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", ["PBL-0001", "PBL-0003"]),
        ("category=project-based-learning", ["PBL-0001", "PBL-0003"]),
        ("category=other", []),
        ("field=optics", []),
        ("criterion=harm", ["PBL-0001"]),
        ("state=waiting", ["PBL-0001", "PBL-0003"]),
        ("state=in_hands", []),
        ("gap=5", ["PBL-0001"]),
        ("sort=-gap", ["PBL-0001", "PBL-0003"]),
        ("sort=gap&page=7", ["PBL-0003", "PBL-0001"]),
    ],
)
def test_a_list_is_filtered_and_sorted(tasks: list[Task], lea: Client, query: str, queries: list[str]) -> None:
    found = [row["query"] for row in listed(lea, query)["adjudications"]]
    assert (found if "sort" in query else sorted(found)) == queries


def test_the_earliest_scored_are_the_oldest() -> None:
    assert [filters_of({"sort": sort}, "manager") for sort in ("since", "-since")] == [Filters(sort="-age"), Filters(sort="age")]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("state=lost", {"state": "expected waiting, reopened, in_hands, sent_back, further, changed"}),
        ("gap=2", {"gap": "Only managers see how far ratings are apart."}),
        ("sort=-gap", {"sort": "expected order, since, -since, category, field, state"}),
    ],
)
def test_what_cannot_be_asked_for_is_named(tasks: list[Task], ada: Client, query: str, fields: dict[str, str]) -> None:
    answer = ada.get(f"/api/v1/projects/study/adjudications/?{query}")
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)


def test_an_annotator_has_no_list_and_no_case(project: Project, tasks: list[Task], ada: Client) -> None:
    case = started(ada, tasks[0])
    uma = signed_in(project, "uma-ann", "annotator")
    assert uma.get("/api/v1/projects/study/adjudications/").status_code == 404
    for address in ("", "comments/"):
        assert uma.get(f"/api/v1/{case}{address}").status_code == 404
    for address in ("unseen/", "decide/", "skip/", "hand-over/", "take-back/", "send-back/", "further/", "unusable/",
                    "reopen/", "confirm/", "comments/"):  # fmt: skip
        assert post(uma, f"{case}{address}").status_code == 404, address
    assert post(uma, "projects/study/adjudicate/").status_code == 404


def test_no_answer_to_an_adjudicator_names_an_annotator_or_shows_a_score_before_theirs(
    project: Project, tasks: list[Task], ada: Client
) -> None:
    with_rules(project, undisputed_share=1)
    answers = [ada.get("/api/v1/projects/study/adjudications/"), post(ada, "projects/study/adjudicate/", {"task": tasks[0].pk})]
    case = f"adjudications/{answers[1].json()['adjudication']['id']}/"
    draft = {"phase": "blind", "scores": {"text": 3}}
    answers += [
        ada.get(f"/api/v1/{case}"),
        ada.put(f"/api/v1/{case}draft/", draft, content_type=JSON),
        post(ada, f"{case}decide/", {"decisions": decision("text", "images", "harm")}),
        post(ada, f"{case}send-back/", {"annotator": "A", "note": "x"}),
        post(ada, f"{case}unseen/", {"answers": {"text": 9}}),
    ]
    blind = "".join(answer.content.decode() for answer in answers)
    for leak in ("-ann", "of-uma", '"gap"', '"disputed"', "system-a", '"revealed": {', '"penalties":["harm"]'):
        assert leak not in blind.replace('": ', '":'), leak
    revealed = blind_scores(ada, case)
    assert "feedback-of-uma" in revealed.content.decode()
    answers = [
        revealed,
        ada.get(f"/api/v1/{case}"),
        post(ada, f"{case}send-back/", {"annotator": "A", "note": "x"}),
        ada.get(f"/api/v1/{case}"),
        ada.get("/api/v1/projects/study/adjudications/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 204, 200, 200]
    assert "-ann" not in "".join(answer.content.decode() for answer in answers)


def test_who_lost_a_case_before_they_scored_it_never_sees_what_came_of_it(
    project: Project, tasks: list[Task], ada: Client
) -> None:
    case = started(ada, tasks[2])
    lapse()
    otto = signed_in(project, "otto", "adjudicator")
    assert started(otto, tasks[2]) == case
    blind_scores(otto, case)
    assert post(otto, f"{case}decide/", {"decisions": decision("text"), "feedback": "secret"}).status_code == 201
    head = ada.get(f"/api/v1/{case}").json()["adjudication"]
    shown = [head[key] for key in ("revealed", "outcome", "decisions", "feedback", "adopted", "reasons", "phase", "ending")]
    assert shown == [None, "", {}, "", None, [], "ended", "lapsed"]
    assert otto.get(f"/api/v1/{case}").json()["adjudication"]["decisions"] == decision("text")


def test_a_draft_is_kept_under_versions(tasks: list[Task], ada: Client) -> None:
    case = started(ada, tasks[2])
    draft = {"phase": "blind", "scores": {"text": 3}}
    put = lambda content, seen: ada.put(  # noqa: E731
        f"/api/v1/{case}draft/", content, content_type=JSON, headers={"If-Match": seen, "X-Page": f"page {seen}"}
    )
    first = put(draft, "0")
    assert (first.status_code, first.json()["version"], first.headers["ETag"]) == (200, 1, '"1"')
    conflict = put({"phase": "blind", "scores": {"text": 5}}, "7")
    assert (conflict.status_code, conflict.json()["version"], conflict.json()["draft"]) == (412, 1, draft)
    head = ada.get(f"/api/v1/{case}").json()["adjudication"]
    assert (head["draft"], head["draft_version"]) == (draft, 1)


def test_the_same_key_again_gives_the_first_answer(tasks: list[Task], ada: Client) -> None:
    case = started(ada, tasks[2])
    first, second = (blind_scores(ada, case, **{"Idempotency-Key": "k"}) for _time in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["adjudication"]["blind"] == second.json()["adjudication"]["blind"] == {"text": 2}
    again = [post(ada, f"{case}decide/", {"decisions": decision("text")}, **{"Idempotency-Key": "d"}) for _time in range(2)]
    assert [(answer.status_code, answer.json()) for answer in again] == [
        (status, {"adjudication": int(case.split("/")[1])}) for status in (201, 200)
    ]
    assert post(ada, f"{case}decide/", {"decisions": decision("text")}).status_code == 409


def test_every_way_out_has_its_call(project: Project, tasks: list[Task], ada: Client, lea: Client) -> None:
    otto = signed_in(project, "otto", "adjudicator")
    make_member(project, "dee")
    case = started(ada, tasks[2])
    assert ada.get(f"/api/v1/{case}").json()["adjudication"]["colleagues"] == ["otto"]
    assert post(ada, f"{case}hand-over/", {"to": "otto", "note": "Yours."}).status_code == 204
    assert post(ada, f"{case}take-back/").status_code == 204
    assert started(ada, tasks[2]) == case
    assert post(lea, f"{case}take-back/").status_code == 204
    assert started(ada, tasks[2]) == case
    assert blind_scores(ada, case).status_code == 200
    assert post(ada, f"{case}further/").status_code == 204
    assert post(ada, "projects/study/adjudicate/", {"task": tasks[2].pk}).status_code == 204
    for calls in ((ada, f"{case}call-back/"), (lea, f"responses/{tasks[2].pk}/call-back/")):
        assert [post(*calls).status_code for _time in range(2)] == [204, 409]
        assert started(ada, tasks[2]) == case
        assert post(ada, f"{case}further/").status_code == 204
    other = started(ada, tasks[0])
    assert post(ada, f"{other}skip/").json()["fields"] == {"reason": "Say why you skip it."}
    assert post(ada, f"{other}skip/", {"reason": "Not my field."}).status_code == 204
    assert started(otto, tasks[0]) == other
    assert post(otto, f"{other}unusable/", {"reason": "No image."}).status_code == 201
    new = post(lea, f"{other}reopen/", {"reason": "It is there."})
    assert (new.status_code, new.json()) == (201, {"adjudication": Adjudication.objects.get(task=tasks[0], round=2).pk})
    reopened = started(otto, tasks[0])
    assert blind_scores(otto, reopened).status_code == 200
    keys = otto.get(f"/api/v1/{reopened}").json()["adjudication"]["criteria"]
    assert post(otto, f"{reopened}decide/", {"decisions": decision(*keys)}).status_code == 201
    assert post(lea, f"{reopened}confirm/").status_code == 409
    revised(tasks[0], "vic-ann", text=3)
    assert [row["state"] for row in listed(lea, "state=changed")["adjudications"]] == ["changed"]
    assert listed(ada, "state=changed")["adjudications"] == []
    assert post(lea, f"{reopened}confirm/").status_code == 200
    assert post(otto, f"{reopened}comments/", {"text": "See level 2."}).status_code == 201
    comments = lea.get(f"/api/v1/{reopened}comments/").json()["comments"]
    assert [(comment["name"], comment["own"], comment["text"]) for comment in comments] == [
        ("Adjudicator", False, "See level 2.")
    ]
    endings = CaseReview.objects.order_by("claimed_at", "pk").values_list("adjudicator__username", "ending")
    assert list(endings) == [("ada", "further"), ("ada", "skipped"), ("otto", "unusable"), ("otto", "decided")]


@pytest.mark.parametrize("content", ["[]", "null", "3", '"x"', '{"task": "x"}', '{"task": -1}', '{"task": true}'])
def test_a_body_of_another_shape_is_answered(tasks: list[Task], ada: Client, content: str) -> None:
    start = ada.post("/api/v1/projects/study/adjudicate/", content, content_type=JSON)
    assert start.status_code == (400 if isinstance(json.loads(content), dict) else 200)
    case = started(ada, tasks[2])
    for call in ("unseen/", "decide/", "skip/", "hand-over/", "send-back/", "unusable/", "reopen/", "comments/"):
        answer = ada.post(f"/api/v1/{case}{call}", content, content_type=JSON)
        assert answer.status_code in (400, 404), call
    assert ada.put(f"/api/v1/{case}draft/", content, content_type=JSON).status_code == 400
    assert User.objects.filter(username="ada").exists()


def test_a_number_that_no_case_has_is_not_there(tasks: list[Task], ada: Client) -> None:
    for number in (0, 2**31, 2**63, 10**30):
        case = f"adjudications/{number}/"
        assert ada.get(f"/api/v1/{case}").status_code == 404
        assert ada.put(f"/api/v1/{case}draft/", {"phase": "blind"}, content_type=JSON).status_code == 404
        for call in ("unseen/", "decide/", "skip/", "take-back/", "call-back/", "reopen/", "confirm/", "comments/"):
            assert post(ada, f"{case}{call}").status_code == 404, (number, call)
        assert post(ada, f"responses/{number}/call-back/").status_code == 404


def test_no_adjudicator_learns_from_the_list_that_a_case_waits_for_somebody_or_was_decided(
    project: Project, tasks: list[Task], ada: Client, lea: Client
) -> None:
    make_member(project, "zoe-ann")
    assert post(ada, f"{started(ada, tasks[0])}further/").status_code == 204
    case = started(ada, tasks[2])
    blind_scores(ada, case)
    post(ada, f"{case}decide/", {"decisions": decision("text")})
    assert post(lea, f"{case}reopen/", {"reason": "Read it again."}).status_code == 201
    assert sorted(row["state"] for row in listed(lea)["adjudications"]) == ["further", "reopened"]
    otto = signed_in(project, "otto", "adjudicator")
    rows = [(row["query"], row["state"], row["adjudication"]) for row in listed(otto)["adjudications"]]
    assert rows == [("PBL-0003", "waiting", None)]
    assert [listed(otto, f"state={state}")["count"] for state in ("further", "reopened", "waiting")] == [0, 0, 1]
