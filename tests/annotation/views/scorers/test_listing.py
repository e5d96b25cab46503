"""The list of scorers has the headline figures beside the guesses, and takes a file of scores."""

import io

import pytest
from django.test import Client

from annotation.flow.check import withdraw
from annotation.models import Job, Project, Scorer
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.flow.jobs.running import again
from tests.factories import judged, make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/scorers/"
NEAR = ((1, 4), (2, 2), (3, 2), (4, 5), (5, 3))
LENIENT = (*((number, score + 1.5) for number, score in NEAR[:3]), (4, 6), (5, 5))


def test_without_a_scorer_the_page_says_what_to_do(lea: Client) -> None:
    page = words(lea.get(PAGE).text)
    assert "No scorer has been checked yet" in page
    assert "Guesses that read nothing" not in page


def test_scorers_stand_best_first_with_their_verdict_and_the_guesses_below(lea: Client, project: Project) -> None:
    keep(project, *((number, 4) for number, _score in NEAR), scorer="always 4")
    keep(project, *LENIENT, scorer="lenient")
    keep(project, *NEAR, scorer="near")
    page = words(lea.get(PAGE).text)
    places = [page.index(text) for text in ("near Usable with care", "lenient Not fit for use", "always 4 Not fit for use")]
    places += [page.index(text) for text in ("always the mean", "always the commonest", "shuffled labels")]
    assert places == sorted(places)
    assert "gives 1.4 points too much" in page
    assert "gives every response the same score, and so ranks none" in page
    assert "Compare the ticked ones" in page


def test_a_withdrawn_scorer_stays_last_and_says_so(lea: Client, project: Project) -> None:
    withdraw(scorer=keep(project, *NEAR, scorer="gone").scorer, reason="Wrong file.")
    keep(project, *LENIENT, scorer="lenient")
    page = words(lea.get(PAGE).text)
    assert page.index("lenient Not fit") < page.index("gone withdrawn")
    assert "Compare the ticked ones" not in page


def test_without_labels_a_scorer_is_listed_all_the_same(lea: Client) -> None:
    other = make_project(slug="empty", rubrics=["small"])
    judged(other, [[None, None, None]], names=("xia", "yan", "zoe"))
    keep(other, (1, 4), scorer="early")
    lea.force_login(make_member(other, "max", "manager"))
    page = words(lea.get("/projects/empty/scorers/").text)
    assert "early There are no labels to check against yet." in page


def test_an_uploaded_file_becomes_a_run_by_a_job(lea: Client, project: Project) -> None:
    file = io.BytesIO(b"id,model,score\nPBL-0001,system-a,8\nPBL-0002,system-a,2\n")
    file.name = "scores.csv"
    answer = lea.post(PAGE, {"file": file, "name": "judge", "scale": "0:10"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.pk}/")
    assert again(job).state == "done"
    assert f'href="{PAGE}{Scorer.objects.get().pk}/"' in lea.get(f"/jobs/{job.pk}/").text
    [run] = project.scorers.get().runs.all()
    assert (run.scale_low, run.scale_high, run.made_by and run.made_by.username) == (0, 10, "lea")
    assert "scores.csv" in lea.get(PAGE).text


def test_a_form_without_a_file_or_with_a_wrong_scale_is_refused_and_keeps_what_was_written(lea: Client) -> None:
    answer = lea.post(PAGE, {"name": "judge"})
    assert (answer.status_code, "file: expected a file" in answer.text, 'value="judge"' in answer.text) == (400, True, True)
    assert not Job.objects.exists()
