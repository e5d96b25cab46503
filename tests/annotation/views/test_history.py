import json
import re
from html import unescape

import pytest
from django.test import Client

from annotation.flow.setup.workspace import change_workspace
from annotation.models import Event, Project, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.annotation.flow.history.told import eventful, skipped
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


def page(client: Client, who: str, address: str) -> str:
    client.force_login(make_user(who, password=None))
    answer = client.get(address)
    return " ".join(unescape(answer.text).split()) if answer.status_code == 200 else str(answer.status_code)


def test_a_manager_reads_words_changes_and_decisions(client: Client, project: Project) -> None:
    task = eventful(project)
    text = page(client, "lea", f"/responses/{task.pk}/history/")
    said = [
        "<p>Look at step 2.</p>",
        "<b>Text</b> from <del>1</del> to <ins>2</ins>",
        "<b>Harm</b> from <del>no</del> to <ins>yes</ins>",
        "<b>Feedback</b> from <del>–</del> to <ins>Better now.</ins>",
        "<b>Text: 3</b> <small> blind: 3 · slip </small>",
    ]
    assert [words for words in said if words not in " ".join(text.split())] == []
    other = skipped(project)
    assert f'href="/responses/{other.pk}/history/"' in page(client, "lea", f"/responses/{other.pk}/")


@pytest.mark.parametrize("who", ["uma", "ada"])
def test_nobody_else_reads_a_name_or_a_system(client: Client, project: Project, who: str) -> None:
    task = eventful(project)
    text = page(client, who, f"/responses/{task.pk}/history/").split("<main")[1]
    others = {"uma", "vic", "wei", "lea", "ada"} - {who}
    assert "History of PBL-0001" in text
    assert [word for word in (*others, "system-a", "items.json") if re.search(rf"\b{word}\b", text)] == []


def test_the_projects_history_can_be_filtered_and_leads_to_the_responses(client: Client, project: Project) -> None:
    eventful(project)
    task = skipped(project)
    change_workspace(project=project, by=User.objects.get(username="lea"), changes={"feedback": "required"})
    everything = page(client, "lea", "/projects/study/events/")
    skips = page(client, "lea", "/projects/study/events/?kind=skipped")
    of_lea = page(client, "lea", "/projects/study/events/?by=lea")
    sentences = {
        "ana skipped the response: other.": [True, True, False],
        "lea changed the annotation settings.": [True, False, True],
        "<b>feedback</b> from <del>asked</del> to <ins>required</ins>": [True, False, True],
        "The command line added ana to the project as annotator.": [True, False, False],
        "lea returned the annotation of uma for revision.": [True, False, True],
    }
    assert {words: [words in text for text in (everything, skips, of_lea)] for words in sentences} == sentences
    assert f'<a href="/responses/{task.pk}/history/">' in skips


def test_scores_that_were_loaded_are_a_number_in_the_log(client: Client, project: Project) -> None:
    """The page of a project into which a file of scores was loaded could not be shown."""
    eventful(project)
    data = {"file": "pilot.csv", "scores": 12, "annotations": 4}
    Event.objects.create(project=project, verb=Event.Verb.SCORES_LOADED, by=User.objects.get(username="lea"), data=data)
    assert "lea imported scores from pilot.csv." in page(client, "lea", "/projects/study/events/")


@pytest.mark.parametrize("query", ["by=%00", "kind=%00"])
def test_what_no_database_holds_is_refused(client: Client, project: Project, query: str) -> None:
    eventful(project)
    client.force_login(make_user("lea", password=None))
    answer = client.get(f"/api/v1/projects/study/events/?{query}")
    assert (answer.status_code, answer.json()) == (400, {"detail": "Bad Request"})


def test_the_log_is_filtered_by_query_and_day_and_by_what_no_person_did(client: Client, project: Project) -> None:
    eventful(project)
    skipped(project)
    of_query = Event.objects.filter(task__response__query__external_id="PBL-0002").count()
    counts = {
        "query=PBL-0002": of_query,
        "query=PBL-0002&since=2026-01-01": of_query,
        "query=PBL-0002&until=2026-01-01": 0,
        "by=-&kind=member_added&query=": Event.objects.filter(by=None, verb="member_added").count(),
        "by=-&kind=skipped": 0,
    }
    assert {query: len(listed(client, query)) for query in counts} == counts
    assert (of_query > 0, counts["by=-&kind=member_added&query="] > 0) == (True, True)


def listed(client: Client, query: str) -> list[str]:
    return re.findall("<li>", page(client, "lea", f"/projects/study/events/?{query}").split("<main")[1])


def test_a_day_that_is_none_is_said_and_what_was_typed_stays(client: Client, project: Project) -> None:
    eventful(project)
    text = page(client, "lea", "/projects/study/events/?since=May&query=PBL-0002")
    assert "`May` is no day: expected one like 2026-05-31" in text
    assert 'name="since" value="May"' in text
    assert 'name="query" value="PBL-0002"' in text


@pytest.mark.parametrize("root", ["/projects/study", "/api/v1/projects/study"])
def test_the_file_has_what_is_chosen_in_both_forms(client: Client, project: Project, root: str) -> None:
    eventful(project)
    skipped(project)
    client.force_login(make_user("lea", password=None))
    answer = client.get(f"{root}/events/file/?kind=skipped")
    [line] = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert (line["query"], line["what"], line["by"]) == ("PBL-0002", "skipped", "ana")
    rows = client.get(f"{root}/events/file/?kind=skipped&form=csv").getvalue().decode().splitlines()
    assert (rows[0], len(rows)) == ("query,system,sample,task,at,what,by,about,details", 2)


def test_a_file_of_no_such_form_is_refused_with_what_was_asked(client: Client, project: Project) -> None:
    eventful(project)
    client.force_login(make_user("lea", password=None))
    answer = client.get("/api/v1/projects/study/events/file/?form=xml")
    assert (answer.status_code, answer.json()["fields"]) == (400, {"form": "`xml`: expected one of jsonl, csv"})
    assert client.get("/projects/study/events/file/?form=xml").status_code == 404
