"""The form that makes a release: its preview, what is refused, and the job."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.models import Job, Release
from tests.annotation.views.release.pages import text_of
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db
NEW = "/projects/study/releases/new/"
DEFAULTS: dict[str, Any] = {
    "check_size": None,
    "test_size": None,
    "seed": 0,
    "hold_out": [],
    "new_split": False,
    "check_from_later": False,
    "originals": False,
    "template": None,
}


def command_on(page: str) -> str:
    [command] = re.findall(r'<textarea id="command"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return " ".join(command.replace("\\", "").split())


def test_a_new_form_shows_what_a_release_with_the_defaults_would_hold(lea: Client) -> None:
    page = lea.get(NEW).content.decode()
    holds = text_of(page[page.index('id="holds"') :].partition("</section>")[0])
    assert "train" in holds
    assert command_on(page) == "manage.py release --project study --out study-1"
    assert 'name="division"' not in page  # there is nothing to keep yet
    assert Job.objects.count() == 0


def test_a_preview_follows_the_options_and_stores_nothing(lea: Client) -> None:
    answer = lea.post(NEW, {"preview": "1", "check_size": "50%", "seed": "7"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert (answer.status_code, page.lstrip().startswith('<div class="stack" id="plan"')) == (200, True)
    assert command_on(page) == "manage.py release --project study --out study-1 --check-size 50% --seed 7"
    assert "<b>2</b> labels" in page
    assert (Job.objects.count(), Release.objects.count()) == (0, 0)


def test_a_category_that_check_lacks_and_an_empty_check_split_are_told(lea: Client) -> None:
    page = lea.post(NEW, {"preview": "1", "check_size": "0"}).content.decode()
    assert "The check split is empty: no scorer can be checked on this release." in page


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"check_size": "2"}, "check-size: nothing would be left to train on; of 2 labelled responses, check and test"),
        ({"hold_out": ["nobody"]}, "hold-out-system: no response is by nobody"),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_what_would_be_refused_is_refused_on_the_page(lea: Client, posted: Any, message: str, *, script: bool) -> None:
    headers = {"HX-Request": "true"} if script else {}
    answer = lea.post(NEW, posted | ({"preview": "1"} if script else {}), headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, message in page) == (200 if script else 400, True)
    assert "Make release" not in page
    assert Job.objects.count() == 0


def test_each_field_that_cannot_be_read_is_named_and_kept(lea: Client) -> None:
    answer = lea.post(NEW, {"check_size": "many", "seed": "x"})
    page = answer.content.decode()
    size = "expected 0 to 1,000,000 responses, or a share of them as 20% or 0.2, not many"
    seed = "expected a whole number of at most 64 bits"
    assert re.findall(r"<li>(.*?: expected .*?)</li>", page) == [f"Size of the check split: {size}", f"Seed: {seed}"]
    assert re.findall(r'<p class="fault" id="(.*?)-fault">(.*?)</p>', page) == [("check_size", size), ("seed", seed)]
    assert (answer.status_code, page.count('aria-invalid="true"'), 'value="many"' in page) == (400, 2, True)


def test_a_release_is_made_by_a_job_and_its_page_leads_to_it(lea: Client) -> None:
    answer = lea.post(NEW, {"check_size": "1", "test_size": "", "seed": "3"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.pk}/")
    assert (job.kind, job.made_by and job.made_by.username) == ("release", "lea")
    assert {name: job.options["release"][name] for name in DEFAULTS} == DEFAULTS | {"check_size": 1, "seed": 3}
    page = lea.get(answer["Location"]).content.decode()
    assert '<a class="do" href="/projects/study/releases/1/">' in page
    assert Release.objects.get().seed == 3


@pytest.mark.usefixtures("made")
def test_a_later_release_may_keep_or_change_the_splits(lea: Client) -> None:
    page = lea.get(NEW).content.decode()
    chosen = re.findall(r'name="division" value="(.*?)"( checked)?', page)
    assert chosen == [("keep", " checked"), ("new", ""), ("later", "")]
    assert command_on(page) == "manage.py release --project study --out study-2"
    lea.post(NEW, {"division": "new", "check_size": "1"})
    assert Job.objects.order_by("-pk")[0].options["release"]["new_split"] is True


def test_nothing_is_said_to_be_makeable_without_labels(client: Client) -> None:
    project = make_project(slug="empty")
    judged(project, [[1, 1, 6]])
    client.force_login(make_member(project, "mia", "manager"))
    answer = client.get("/projects/empty/releases/new/")
    page = answer.content.decode()
    assert (answer.status_code, "empty has no labels to release yet" in page, "Make release" in page) == (200, True, False)
