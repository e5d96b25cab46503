"""Images of examples: uploaded in the editor, shown to whoever sees the rubric, and in the file of the rubric."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from annotation.flow import score
from annotation.models import Project
from rubrics.checks import BadRubric
from rubrics.models import ExampleImage, Rubric
from rubrics.versioning import add_image, content_of, delete_unused_images, freeze, load
from rubrics.yaml import parse, read_bytes, record_of
from tests.factories import criterion, make_member, make_project, make_rubric, make_user, png, record, rubric_file
from tests.factories import load as load_items
from tests.rubrics.test_form import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(client: Client) -> Client:
    client.force_login(make_member(make_project(), "lea", "manager"))
    return client


def own(digest: str | None, **changes: Any) -> dict[str, Any]:
    text = criterion(key="text")
    text["levels"][2]["example"] = {"text": "As here.", "image": digest} if digest else "As here."
    return rubric_file(slug="own", criteria=[text]) | changes


def upload(content: bytes, level: int = 2) -> dict[str, Any]:
    return {"criteria[1].upload": SimpleUploadedFile("a.png", content), "criteria[1].upload_level": str(level)}


def test_an_image_is_uploaded_in_the_editor_saved_and_taken_away(lea: Client) -> None:
    sent = posted(record_of(parse(own(None))))
    answer = lea.post("/rubrics/new/", sent | upload(png()) | {"action": "upload"})
    image = ExampleImage.objects.get()
    level = answer.context["form"].criteria[0].levels[1]
    assert (answer.status_code, level.image.value, Rubric.objects.filter(slug="own").count()) == (200, image.sha256, 0)
    assert f'src="/rubrics/images/{image.sha256}/"' in answer.content.decode()
    sent |= {level.image.name: image.sha256}
    assert lea.post("/rubrics/new/", sent)["Location"] == "/rubrics/own/1/"
    rubric = Rubric.objects.with_content().get(slug="own")
    assert content_of(rubric) == parse(own(image.sha256))
    assert f'src="/rubrics/images/{image.sha256}/"' in lea.get("/rubrics/own/1/").content.decode()
    answer = lea.post("/rubrics/own/1/edit/", sent | {"action": "clear-1.2"})
    cleared = answer.context["form"].criteria[0].levels[1]
    assert (cleared.image.value, cleared.example.value) == ("", "As here.")


def test_what_is_no_image_is_named_and_the_rest_stays(lea: Client) -> None:
    sent = posted(record_of(parse(own(None, title="Typed"))))
    answer = lea.post("/rubrics/new/", sent | upload(b"no image"))
    fault = "expected a whole JPEG, PNG, WebP or GIF image"
    assert (answer.status_code, answer.context["form"].criteria[0].upload_fault) == (400, fault)
    assert (ExampleImage.objects.count(), 'value="Typed"' in answer.content.decode()) == (0, True)


def test_a_rubric_with_images_is_downloaded_as_a_zip_and_imported_again(lea: Client) -> None:
    digest = add_image(content=png())
    load(content=parse(own(digest)))
    answer = lea.get("/rubrics/own/1/file/")
    assert (answer.status_code, answer.get("Content-Disposition")) == (404, None)  # of no project of hers
    content = parse(own(digest))
    Rubric.objects.get(slug="own").project_rubrics.create(project=Project.objects.get(), category="own")
    answer = lea.get("/rubrics/own/1/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="own@1.zip"'
    again = read_bytes(answer.content)
    assert (again, again.pictures[digest].original) == (content, png())
    file = {"file": SimpleUploadedFile("own.zip", answer.content)}
    assert "has this content already" in lea.post("/rubrics/import/", file, follow=True).content.decode()


def test_an_image_is_shown_to_whoever_sees_the_rubric(client: Client) -> None:
    digest = add_image(content=png())
    make_rubric(**own(digest))
    for name, project, role in (("ana", "study", "annotator"), ("bo", "other", "annotator")):
        rubrics = ["own"] if project == "study" else ["small"]
        if project == "other":
            make_rubric()
        make_member(make_project(slug=project, rubrics=rubrics), name, role)
    answers = {}
    for name in ("ana", "bo"):
        client.force_login(make_user(name, password=None))
        answers[name] = client.get(f"/rubrics/images/{digest}/")
    assert [answer.status_code for answer in answers.values()] == [200, 404]
    assert (answers["ana"].content, answers["ana"]["Content-Type"]) == (bytes(ExampleImage.objects.get().shown), "image/png")


def test_annotators_see_the_image_beside_the_level(client: Client) -> None:
    digest = add_image(content=png())
    make_rubric(**own(digest))
    project = make_project(rubrics=["own"])
    load_items(project, [record()])
    ana = make_member(project, "ana")
    client.force_login(ana)
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    page = client.get(f"/assignments/{slot.pk}/").content.decode()
    assert page.count(f'src="/rubrics/images/{digest}/"') == 1
    level = client.post("/api/v1/projects/study/claim/").json()["rubric"]["criteria"][0]["levels"][1]
    assert (level["example"], level["example_image"]) == ("As here.", f"/rubrics/images/{digest}/")


def test_a_script_uploads_an_image_and_names_it(lea: Client) -> None:
    answer = lea.post("/api/v1/rubrics/images/", {"file": SimpleUploadedFile("a.png", png())})
    digest = ExampleImage.objects.get().sha256
    assert (answer.status_code, answer.json()) == (201, {"image": digest, "address": f"/rubrics/images/{digest}/"})
    body = json.dumps(own(digest))
    assert lea.post("/api/v1/rubrics/", body, content_type="application/json").status_code == 201
    assert Rubric.objects.with_content().get(slug="own").criteria.all()[0].levels.all()[1].example_image == digest
    for files in ({}, {"file": SimpleUploadedFile("a.png", b"no image")}):
        refused = lea.post("/api/v1/rubrics/images/", files)
        assert (refused.status_code, list(refused.json()["fields"])) == (400, ["file"])


def test_an_image_that_is_not_stored_is_named(lea: Client) -> None:
    with pytest.raises(BadRubric) as caught:
        load(content=parse(own("b" * 64)))
    assert caught.value.fields == {"criteria[1].levels.2.example.image": "there is no such image"}
    assert not Rubric.objects.filter(slug="own").exists()


def test_an_image_that_no_level_has_is_deleted_after_a_week() -> None:
    kept, unused, _young = (add_image(content=png(colour)) for colour in ("red", "green", "blue"))
    freeze(rubric=load(content=parse(own(kept)))[0])
    ExampleImage.objects.filter(sha256__in=[kept, unused]).update(uploaded_at=timezone.now() - timedelta(days=8))
    assert (delete_unused_images(dry_run=True), delete_unused_images()) == (1, 1)
    assert ExampleImage.objects.filter(sha256=unused).count() == 0
    assert ExampleImage.objects.count() == 2


def test_the_hash_of_a_rubric_without_images_is_as_it_was_and_with_another_image_another() -> None:
    red, blue = (add_image(content=png(colour)) for colour in ("red", "blue"))
    versions = [load(content=parse(own(digest)))[0].version for digest in (None, None, red, red, blue)]
    assert versions == [1, 1, 2, 2, 3]
    assert parse(own(None)).canonical()["criteria"][0].keys() == {
        "key", "kind", "title", "description", "weight", "points", "na", "levels", "examples",
    }  # fmt: skip
