from pathlib import Path

import pytest
from django.test import Client

from annotation.flow.release import Options, release
from annotation.flow.results import results_report
from annotation.models import ErrorType, Task
from annotation.views.results.words import chance
from tests import markup
from tests.annotation.flow.results import test_few_labels
from tests.annotation.flow.results.studies import make_study
from tests.factories import judge, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/results/"


def words(client: Client, address: str) -> str:
    client.force_login(make_user("lea", password=None))
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_finding_stands_first_and_a_system_that_answered_a_part_is_marked(client: Client) -> None:
    make_study()
    text = words(client, PAGE)
    assert '<p class="big">larch is ahead of ember by 31.3 points (22.3 to 40.2).</p>' in text
    assert "quill left 2 queries unanswered: its figures are of those that it answered." in text
    assert '<span class="tag" title="2 queries unanswered"> part</span>' in text
    assert "22 labels (plain) · 8 queries" in text
    assert "Nobody has marked an error yet." in text


def test_each_difference_has_its_own_p_and_one_that_allows_for_their_number(client: Client) -> None:
    """The page says which is which: an adjusted p of 1 beside a large difference was a riddle."""
    project = make_study()
    found = results_report(project)["differences"]
    assert [row["adjusted"] > row["p"] for row in found] == [True] * 2 + [False]
    client.force_login(make_user("lea", password=None))
    table = client.get(PAGE).text.partition('id="differences"')[2].partition("</section>")[0]
    text = markup.words(table)
    assert "95 %, of each alone Chart of the interval p, of each alone p, adjusted (Holm) Queries" in text
    for row in found:
        assert f"{chance(row['p'])} {chance(row['adjusted'])} {row['queries']}" in text
    assert "There are 3 differences, and the more there are, the likelier one of them is large by chance alone." in text


def test_a_figure_opens_as_many_responses_as_it_rests_on(client: Client) -> None:
    make_study()
    text = words(client, PAGE)
    address = "/projects/study/responses/?category=project-based-learning&system=quill&label=labelled"
    assert address.replace("&", "&amp;") in text
    assert client.get(address).context["page"].paginator.count == 3


def test_an_error_opens_the_responses_in_which_it_is_marked(client: Client) -> None:
    project = make_study({"larch": (4, 3)}, judged=False)
    kind = ErrorType.objects.filter(project=project)[0]
    tasks = Task.objects.filter(project=project)
    judge(tasks[0], make_member(project, "ana"), errors=[{"type": kind.key, "block": None}])
    judge(tasks[1], make_user("ana"))
    text = words(client, PAGE)
    address = f"/projects/study/responses/?system=larch&error={kind.key}"
    assert address.replace("&", "&amp;") in text
    assert [row.label.task.id for row in client.get(address).context["rows"]] == [tasks[0].pk]


def test_without_labels_it_says_what_they_wait_for(client: Client) -> None:
    make_study(judged=False)
    text = words(client, PAGE)
    assert "22 responses wait for their labels." in text
    assert '<span class="tag">incomplete 22</span>' in text
    assert "<table" not in text


def test_why_there_are_no_fair_labels_is_said(client: Client) -> None:
    make_study()
    text = words(client, f"{PAGE}?labels=fair")
    assert "There are no fair labels under small@1: only one annotator has rated." in text
    assert "<table" not in text


def test_an_empty_project_has_a_page(client: Client) -> None:
    make_member(make_project(), "lea", "manager")
    assert "No labels yet" in words(client, PAGE)


def test_a_releases_figures_open_its_labels(client: Client, tmp_path: Path) -> None:
    project = make_study()
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    text = words(client, f"{PAGE}?release=1")
    assert '<a href="/projects/study/releases/1/labels/?system=larch">larch</a>' in text
    assert "22 labels (plain) · 8 queries · release 1" in text
    assert "?form=csv&labels=plain&release=1" in text.replace("&amp;", "&")


def test_a_release_that_is_not_there_is_said(client: Client) -> None:
    make_study()
    text = words(client, f"{PAGE}?release=7&labels=raw")
    assert '<p class="fault" role="alert">release: study has no release 7</p>' in text
    assert "22 labels (plain)" in text


def test_htmx_gets_the_report_alone(client: Client) -> None:
    make_study(judged=False)
    client.force_login(make_user("lea", password=None))
    text = client.get(PAGE, headers={"HX-Request": "true"}).text
    assert text.strip().startswith('<div id="report"')


def test_a_scorer_adds_what_its_many_scores_are_worth(client: Client) -> None:
    project = test_few_labels.make_study()
    test_few_labels.keep(project)
    make_member(project, "lea", "manager")
    assert "From few labels and many scores" not in words(client, PAGE)
    text = words(client, f"{PAGE}?scorer=judge")
    assert '<option value="judge" selected>judge</option>' in text
    assert "judge · 40 responses with a score" in text
    [row] = results_report(project, scorer="judge")["scorer"]["systems"]
    assert f"The scores alone lie {row['scores']['value'] - row['both']['value']:.1f} points above." in text
    assert "scorer=judge" in text
    gone = words(client, f"{PAGE}?scorer=other")
    assert "scorer: study has no scorer other" in gone
