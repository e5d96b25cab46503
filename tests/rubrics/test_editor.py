import pytest
from django.test import Client

from annotation.models import Project, User
from rubrics.models import Rubric
from rubrics.versioning import content_of, freeze
from rubrics.yaml import parse, record_of
from tests.factories import make_member, make_project, make_rubric, make_user, rubric_file
from tests.rubrics.test_form import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Project:
    return make_project()


@pytest.fixture
def lea(study: Project, client: Client) -> Client:
    client.force_login(make_member(study, "lea", "manager"))
    return client


def sent(**changes: object) -> dict[str, str]:
    return posted(record_of(parse(rubric_file(**changes))))


def test_a_manager_writes_a_rubric_which_is_a_draft_of_theirs(lea: Client) -> None:
    assert lea.get("/rubrics/new/").status_code == 200
    answer = lea.post("/rubrics/new/", sent(slug="own", title="Own"))
    assert (answer.status_code, answer["Location"]) == (302, "/rubrics/own/1/")
    rubric = Rubric.objects.with_content().get(slug="own")
    assert content_of(rubric) == parse(rubric_file(slug="own", title="Own"))
    assert (rubric.authorship.user, rubric.frozen_at) == (User.objects.get(username="lea"), None)
    page = lea.get("/rubrics/own/1/").content.decode()
    assert "Change the draft" in page
    assert "Freeze own@1" in page


def test_a_refusal_keeps_what_was_typed_and_names_every_field(lea: Client) -> None:
    typed = sent(slug="own", title="Own words") | {"slug": "Not a slug", "criteria[2].key": "Odd Key!", "scale.min": "x"}
    answer = lea.post("/rubrics/new/", typed)
    assert answer.status_code == 400
    assert set(answer.context["form"].faults) == {"slug", "criteria[2].key", "scale.min"}
    page = answer.content.decode()
    assert all(f'value="{value}"' in page for value in ("Not a slug", "Odd Key!", "Own words", "x"))
    assert "images, level 3" in page
    assert not Rubric.objects.filter(title="Own words").exists()


def test_a_slug_that_is_taken_is_refused_at_its_field(lea: Client) -> None:
    answer = lea.post("/rubrics/new/", sent(title="Another"))
    assert answer.context["form"].faults == {"slug": "there is a rubric small already"}
    assert Rubric.objects.count() == 1


def test_adding_a_criterion_saves_nothing_and_keeps_what_was_typed(lea: Client) -> None:
    answer = lea.post("/rubrics/new/", sent(slug="own", title="Own words") | {"action": "add-rated"})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert [item.fields["key"].value for item in form.criteria] == ["text", "images", "harm", ""]
    assert form.fields["title"].value == "Own words"
    assert not Rubric.objects.filter(slug="own").exists()


def test_a_draft_is_changed_in_place_and_a_frozen_version_begins_the_next(lea: Client) -> None:
    lea.post("/rubrics/new/", sent(slug="own", title="One"))
    was = Rubric.objects.get(slug="own").content_hash
    assert lea.post("/rubrics/own/1/edit/", sent(slug="own", title="Two") | {"was": was})["Location"] == "/rubrics/own/1/"
    assert lea.post("/rubrics/own/1/freeze/").status_code == 302
    assert lea.post("/rubrics/own/1/edit/", sent(slug="own", title="Three"))["Location"] == "/rubrics/own/2/"
    versions = [(rubric.version, rubric.title, rubric.frozen_at is None) for rubric in Rubric.objects.filter(slug="own")]
    assert versions == [(2, "Three", True), (1, "Two", False)]


def test_a_draft_that_somebody_else_changed_is_replaced_only_by_a_second_save(lea: Client) -> None:
    lea.post("/rubrics/new/", sent(slug="own", title="One"))
    was = Rubric.objects.get(slug="own").content_hash
    lea.post("/rubrics/own/1/edit/", sent(slug="own", title="Theirs") | {"was": was})
    answer = lea.post("/rubrics/own/1/edit/", sent(slug="own", title="Mine") | {"was": was})
    assert (answer.status_code, Rubric.objects.get(slug="own").title) == (409, "Theirs")
    assert answer.context["form"].fields["title"].value == "Mine"
    again = lea.post("/rubrics/own/1/edit/", sent(slug="own", title="Mine") | {"was": answer.context["was"]})
    assert (again.status_code, Rubric.objects.get(slug="own").title) == (302, "Mine")


def test_only_managers_authors_and_whoever_has_the_permission_write(client: Client, study: Project) -> None:
    make_rubric(slug="other", title="Secret")
    make_member(study, "lea", "manager")
    make_member(study, "ana")
    make_user("otto")
    User.objects.create(username="uwe", is_staff=True)
    User.objects.create(username="root", is_superuser=True)
    addresses = ("/rubrics/new/", "/rubrics/small/1/edit/", "/rubrics/other/1/edit/")
    seen = {}
    for name in ("lea", "ana", "otto", "uwe", "root"):
        client.force_login(User.objects.get(username=name))
        seen[name] = [client.get(address).status_code for address in addresses]
    assert seen == {
        "lea": [200, 200, 404],
        "ana": [403, 404, 404],
        "otto": [403, 404, 404],
        "uwe": [403, 404, 404],
        "root": [200, 200, 200],
    }
    client.force_login(User.objects.get(username="ana"))
    assert client.post("/rubrics/small/1/edit/", sent(title="Mine")).status_code == 404
    assert client.post("/rubrics/new/", sent(slug="mine")).status_code == 403
    assert client.post("/rubrics/other/1/freeze/").status_code == 404
    assert Rubric.objects.filter(slug="other", frozen_at=None).exists()


def test_the_next_version_is_written_once(lea: Client) -> None:
    freeze(rubric=Rubric.objects.get())
    assert lea.post("/rubrics/small/1/edit/", sent(title="Two")).status_code == 302
    answer = lea.post("/rubrics/small/1/edit/", sent(title="Three"))
    assert answer.status_code == 409
    assert "small@2 is the draft of the next version" in answer.content.decode()
    assert answer.context["form"].fields["title"].value == "Three"
