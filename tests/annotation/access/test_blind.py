"""Nothing that an annotator can get shows which system answered, or anybody else's judgement."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from annotation.flow import adjudicate
from annotation.models import Assignment, Project
from tests.factories import body, claim_task, judge, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db

SYSTEM, FEEDBACK, OTHER = "secret-system-9", "what-bo-thinks", "bo-the-other"


def png_that_tells() -> bytes:
    file = io.BytesIO()
    metadata = PngInfo()
    metadata.add_text("Software", SYSTEM)
    Pillow.new("RGB", (500, 9), "blue").save(file, "PNG", pnginfo=metadata)
    return file.getvalue()


@pytest.fixture
def project() -> Project:
    """Two responses of a system whose name stands in id-like places, judged by somebody else before."""
    project = make_project(overlap=3)
    item = record(1, model=SYSTEM, answer=[{"text": "see", "image": f"{SYSTEM}.png"}], metadata={"generator": SYSTEM})
    other = record(2, model=SYSTEM)
    load(project, [item, other], {f"{SYSTEM}.png": png_that_tells()})
    return project


def leaks(answer: Any) -> list[str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode(errors="replace") + str(answer.headers)
    return [word for word in (SYSTEM, FEEDBACK, OTHER, "what-cy-thinks") if word in text]


def test_nothing_that_an_annotator_can_get_names_the_system_or_shows_others_judgements(project: Project, client: Client) -> None:
    ana, bo = make_member(project, "ana"), make_member(project, OTHER)
    for task in project.tasks.all():
        judge(task, bo, text=1, images=2 if task.response.blocks[0]["image"] else "na", feedback=FEEDBACK)
    slot = claim_task(project.tasks.get(response__query__external_id="PBL-0001"), ana)
    client.force_login(ana)
    claim = client.post("/api/v1/projects/study/claim/")
    assert claim.json()["assignment"]["id"] == slot.pk
    block = claim.json()["response"]["blocks"][0]
    [size] = block["sizes"]
    path = f"/api/v1/assignments/{slot.pk}"
    as_json = {"content_type": "application/json"}
    answers = {
        "claim": claim,
        "image": client.get(block["image"]),
        "smaller image": client.get(size["webp"]),
        "smaller image as JPEG": client.get(size["jpeg"]),
        "page": client.get(f"/assignments/{slot.pk}/"),
        "bad page": client.post(f"/assignments/{slot.pk}/submit/", {}),
        "home": client.get("/"),
        "project": client.get("/projects/study/"),
        "annotate": client.get("/projects/study/annotate/"),
        "projects": client.get("/api/v1/projects/"),
        "draft": client.put(f"{path}/draft/", body(images=3), **as_json),
        "bad": client.post(f"{path}/submit/", {}, **as_json),
        "submit": client.post(f"{path}/submit/", body(images=3), **as_json),
        "again": client.post(f"{path}/submit/", body(images=3), **as_json),
        "submitted": client.get(f"/assignments/{slot.pk}/"),
        "report": client.get("/projects/study/agreement/"),
        "report by API": client.get("/api/v1/projects/study/agreement/"),
        "report on annotators": client.get("/projects/study/agreement/annotators/"),
        "paper by API": client.get("/api/v1/projects/study/agreement/paper/"),
        "response": client.get(f"/responses/{slot.task_id}/"),
        "schema": client.get("/api/v1/schema/"),
    }
    assert {name: leaks(answer) for name, answer in answers.items()} == {name: [] for name in answers}
    assert [answers[name].status_code for name in ("claim", "image", "page", "submit", "report")] == [200, 200, 200, 201, 404]


def test_a_claim_is_the_same_for_every_annotator_of_the_task(project: Project) -> None:
    task = project.tasks.get(response__query__external_id="PBL-0001")
    claims = []
    for name in ("ana", OTHER):
        client, annotator = Client(), make_member(project, name)
        client.force_login(annotator)
        claim_task(task, annotator)
        claims.append(client.post("/api/v1/projects/study/claim/").json())
    assert [claim.pop("assignment")["draft"] for claim in claims] == [None, None]
    assert claims[0] == claims[1]


def test_an_adjudicator_sees_no_judgement_before_scoring_and_no_names_after(project: Project, client: Client) -> None:
    task = project.tasks.get(response__query__external_id="PBL-0002")
    for name, level in (("ana", 1), (OTHER, 6), ("cy", 1)):
        judge(task, make_member(project, name), text=level, feedback=FEEDBACK if name == OTHER else "what-cy-thinks")
    ada = make_member(project, "ada", "adjudicator")
    client.force_login(ada)
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    case = review.adjudication
    before = [client.post("/api/v1/projects/study/adjudicate/"), client.get(f"/adjudications/{case.pk}/")]
    before += [client.get("/projects/study/adjudication/"), client.post(f"/adjudications/{case.pk}/unseen/", {})]
    assert [leaks(answer) for answer in before] == [[], [], [], []]
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    after = client.get(f"/adjudications/{case.pk}/")
    assert leaks(after) == [FEEDBACK, "what-cy-thinks"]
    assert all(f"Annotator {letter}" in after.content.decode() for letter in "ABC")


def test_images_have_no_metadata_and_may_be_cached(project: Project, client: Client) -> None:
    client.force_login(make_member(project, "ana"))
    image = project.images.get()
    answer = client.get(f"/media/{image.key}")
    content = b"".join(answer.streaming_content)
    assert Pillow.open(io.BytesIO(content)).info == {}
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Disposition")} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
    }
    assert "private" in answer["Cache-Control"]
    assert "immutable" in answer["Cache-Control"]
    assert client.get(f"/media/{image.key}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(f"/media/{image.key[:-1]}x").status_code == 404
    assert png() != content
    assert Assignment.objects.filter(annotator=None).count() == 6
