"""A scorer's page begins with its verdict, has every figure beside the guesses, and opens its largest disagreements."""

import pytest
from django.test import Client

from annotation.flow.check import scorer_report
from annotation.models import Project, Task
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.views.scorers.test_listing import LENIENT, NEAR, PAGE
from tests.factories import judged, make_member, make_project
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


def test_of_too_few_queries_the_verdict_has_no_tick_and_each_table_says_why_it_has_no_interval(client: Client) -> None:
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, 3], [2, 2, 2]])
    client.force_login(make_member(project, "lea", "manager"))
    html = client.get(f"{PAGE}{keep(project, (1, 4), (2, 2), (3, 3)).scorer.pk}/").text
    page = words(html)
    assert "3 of 3 labels scored · of 3 queries · labels as they are now" in page
    assert "Verdict Too few labels to say This scorer with care: may rank responses well or hardly at all" in page
    assert 'class="good"' not in html
    measures = page.partition("Against the labels")[2].partition("Scores and labels")[0]
    assert "intervals are 95 %" not in measures
    assert measures.strip().endswith("Where no interval is shown: too few queries for an interval.")
    assert page.count("Where no interval is shown: too few queries for an interval.") == 2  # and against people
