"""A scorer's page begins with its verdict, has every figure beside the guesses, and opens its largest disagreements."""

import pytest
from django.test import Client

from annotation.flow.check import scorer_report
from annotation.models import Project, Task
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.views.scorers.test_listing import LENIENT, NEAR, PAGE
from tests.markup import words

pytestmark = pytest.mark.django_db


def test_the_verdict_comes_first_and_the_baselines_stand_beside_the_scorer(lea: Client, project: Project) -> None:
    scorer = keep(project, *LENIENT, scorer="lenient").scorer
    page = words(lea.get(f"{PAGE}{scorer.pk}/").text)
    parts = (
        "lenient",
        "Verdict Not fit for use",
        "Against the labels",
        "Scores and labels",
        "Against people",
        "Largest disagreements",
        "Runs",
    )
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
    head = "this scorer always the mean always the commonest shuffled labels guess by length and images"
    assert head in page
    report = scorer_report(scorer)
    row = [report["overall"], *report["baselines"].values()]
    shown = page.partition("MSE mean squared error, in squared points; less is better ")[2]
    for figures in row:
        assert shown.startswith(f"{figures['mse']['value']:.2f} ")
        shown = shown.partition(f"{figures['mse']['value']:.2f} ")[2].partition(" – ")[2].partition(" ")[2]


def test_the_largest_disagreements_come_first_and_open_their_responses(lea: Client, project: Project) -> None:
    scorer = keep(project, (1, 4), (2, 5), (3, 2), (4, 5), (5, 1)).scorer
    page = lea.get(f"{PAGE}{scorer.pk}/").text.partition('id="worst"')[2]
    ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    links = [page.index(f'href="/responses/{ids[number - 1]}/"') for number in (2, 5, 1)]
    assert links == sorted(links)
    assert f"/responses/{ids[2]}/" not in page  # a label that it met
    assert "PBL-0002 system-a 1 2 3 2.0 5.0 +3.0" in words(page)


def test_what_is_missing_or_unresolved_has_its_own_columns(lea: Client, project: Project) -> None:
    every = keep(project, *NEAR, (6, 3), scorer="all").scorer
    few = keep(project, *NEAR[:4], (5, "none"), scorer="few").scorer
    pages = [words(lea.get(f"{PAGE}{scorer.pk}/").text) for scorer in (every, few)]
    assert ["with unresolved responses" in page for page in pages] == [True, False]
    assert ["missing ones at the worst error" in page for page in pages] == [False, True]
    assert "1 unreadable" in pages[1] or "unreadable 1" in pages[1]


def test_a_file_without_a_number_has_a_page_without_plots(lea: Client, project: Project) -> None:
    scorer = keep(project, (1, "none"), (2, "none")).scorer
    page = words(lea.get(f"{PAGE}{scorer.pk}/").text)
    assert "has scored none of the labelled responses" in page
    assert "Scores and labels" not in page


def test_runs_say_how_they_agree(lea: Client, project: Project) -> None:
    rows = [(number, score + run / 2, run) for number, score in NEAR for run in (0, 1)]
    scorer = keep(project, *rows, columns="id,model,score,run").scorer
    page = words(lea.get(f"{PAGE}{scorer.pk}/").text)
    assert "How its runs agree" in page
    assert "2 (1) scores.csv" in page


def test_another_projects_scorer_is_not_found_and_an_unknown_release_is_told(lea: Client, project: Project) -> None:
    scorer = keep(project, *NEAR).scorer
    assert lea.get(f"{PAGE}{scorer.pk + 1}/").status_code == 404
    assert lea.get(f"{PAGE}{scorer.pk}/?release=7").status_code == 200
