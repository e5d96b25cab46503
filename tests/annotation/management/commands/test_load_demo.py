import json
import re
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from annotation.agreement.thresholds import RELIABLE, TENTATIVE
from annotation.flow import adjudicate
from annotation.flow.agree import agreement_report
from annotation.flow.judgements import rating_matrices
from annotation.flow.labels import count_labels
from annotation.flow.lessons.scale import scales
from annotation.models import Adjudication, Assignment, EarlierReference, Image, Project, ReferenceRevision, Response, Task, User
from tests.markup import compact, words


def load_demo() -> Any:
    output = StringIO()
    call_command("load_demo", "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())


@pytest.mark.django_db
def test_the_demo_is_a_study_in_full_swing_and_is_made_once() -> None:
    people = load_demo()["people"]
    roles = {"lea": "manager", "ada": "adjudicator", "eva": "expert"} | dict.fromkeys(
        ("ana", "bo", "chen", "dara", "emil", "fay"), "annotator"
    )
    assert {person["username"]: person["role"] for person in people} == roles
    assert all(User.objects.get(username=person["username"]).check_password(person["password"]) for person in people)
    project = Project.objects.get(slug="demo")
    counts = count_labels(project)
    responses = Response.objects.filter(query__project=project).count()
    assert (responses, Assignment.objects.filter(project=project).submitted().count(), sum(counts.values())) == (36, 96, 36)
    assert counts["disputed"] > 0
    assert Adjudication.objects.decided().count() > 0
    assert adjudicate.waiting_count(project, User.objects.get(username="ada")) > 0
    written = ReferenceRevision.objects.filter(made_by__username="eva").order_by("pk")
    assert list(written.values_list("answer__query__external_id", "answer__level", "approved_by__username")) == [
        ("MSR-0001", 4, "lea"),
        ("PBL-0002", 6, None),
    ]
    assert (EarlierReference.objects.count(), Image.objects.exclude(uploaded_at=None).count()) == (0, 0)
    before = {model.__name__: model._default_manager.count() for model in apps.get_models()}
    load_demo()
    assert {model.__name__: model._default_manager.count() for model in apps.get_models()} == before


@pytest.mark.django_db
def test_the_demos_pilot_has_verdicts_severe_and_lenient_annotators_confused_levels_and_a_trend() -> None:
    load_demo()
    pilot = Project.objects.get(slug="demo-pilot")
    report = agreement_report(pilot, ["week"])
    [group] = agreement_report(pilot)["groups"]
    lows = {row["criterion"]: row["alpha"]["low"] for row in group["criteria"]}
    verdicts = {key: sum(low >= threshold for threshold in (TENTATIVE, RELIABLE)) for key, low in lows.items()}
    assert (verdicts["answer_accuracy"], verdicts["question_text_understanding"], verdicts["excellence"]) == (2, 1, 0)
    severity = {row["annotator"]: row["severity"] for row in report["annotators"]}
    assert severity["jun"]["high"] < severity["hana"]["low"] < severity["hana"]["high"] < severity["gus"]["low"]
    confused = [
        (row["criterion"], pair["levels"]) for row in scales(rating_matrices(pilot)) for pair in row["pairs"] if pair["confused"]
    ]
    assert confused == [("reasoning_clarity", (4, 5))]
    trends = {row["criterion"]: row["alpha"] for row in report["trends"]}
    assert trends["excellence"]["slope"] > 0
    assert (trends["excellence"]["p"] < 0.05, trends["answer_accuracy"]["p"] < 0.05) == (True, False)
    waiting = [name for name in ("gus", "hana", "ivo", "jun") if User.objects.get(username=name).is_active]
    assert (waiting, count_labels(pilot)["disputed"] > 0) == ([], True)


def table_rows(page: str) -> list[list[str]]:
    """The text of each row of the page's tables, by cells; titles within charts are left out."""
    drawn = re.sub(r"<title>.*?</title>", "", page, flags=re.DOTALL)
    rows = [re.split(r"</t[hd]>", row)[:-1] for row in re.findall(r"<tr[^>]*>(.*?)</tr>", drawn, re.DOTALL)]
    return [[words(cell) for cell in row] for row in rows]


@pytest.mark.django_db
def test_a_newcomer_sees_intervals_with_lights_a_split_in_severity_confused_levels_and_fair_labels(client: Client) -> None:
    load_demo()
    client.force_login(User.objects.get(username="lea"))
    pages = {name: client.get(reverse(name, args=["demo-pilot"])).text for name in ("agreement", "annotators", "lessons")}
    assert [row[:3] for row in table_rows(pages["agreement"]) if len(row) == 12][1:] == [
        ["Understanding of the question's text", "0.85 ordinal", "0.79 – 0.89 tentative"],
        ["Understanding of the question's images", "0.82 ordinal", "0.63 – 0.92 not reliable"],
        ["Clarity of the reasoning", "0.72 ordinal", "0.62 – 0.80 not reliable"],
        ["Correctness of the reasoning", "0.85 ordinal", "0.81 – 0.89 reliable"],
        ["Accuracy of the final answer", "0.87 ordinal", "0.83 – 0.90 reliable"],
        ["Excellence", "0.57 ordinal", "0.46 – 0.67 not reliable"],
        ["Overall", "0.88 interval", "0.84 – 0.91 reliable"],
    ]
    assert [(row[0], row[2]) for row in table_rows(pages["annotators"]) if len(row) == 10][1:] == [
        ("gus", "+0.42 0.36 – 0.48"),
        ("hana", "+0.03 -0.04 – 0.10"),
        ("ivo", "+0.02 -0.04 – 0.09"),
        ("jun", "-0.48 -0.55 – -0.40"),
    ]
    assert [row for row in table_rows(pages["lessons"]) if len(row) == 6 and row[4] == "no"] == [
        ["4 · 5", "0.04 -0.42 – 0.51", "", "0.69", "no", "20"]
    ]
    assert "Levels 4 and 5 of Clarity of the reasoning are not told apart: see 20 responses." in pages["lessons"]
    task = Task.objects.get(project__slug="demo-pilot", response__query__external_id="MSR-0127", response__system="tern-vl")
    page = client.get(reverse("response", args=[task.pk])).text
    rows = table_rows(page)[1:]
    assert [row[0] for row in rows[-3:]] == ["Scorer", "lenient", "near"]
    assert rows[:-3] == [  # gus, who is lenient, did not rate it
        ["Understanding of the question's text", "4", "4", "3", "3.67", "3.81 ± 0.25"],
        ["Understanding of the question's images", "–", "–", "–", "–", "–"],
        ["Clarity of the reasoning", "3", "3", "2", "2.67", "2.85 ± 0.45"],
        ["Correctness of the reasoning", "3", "4", "3", "3.33", "3.46 ± 0.25"],
        ["Accuracy of the final answer", "3", "4", "3", "3.33", "3.49 ± 0.20"],
        ["Excellence", "3", "4", "2", "3", "3.23 ± 0.59"],
    ]
    overalls = re.search(r"overall [\d.]+, score \d, agreed", page), re.search(r"of the overall: <b>(.*?)</b>", compact(page))
    assert [found and found[0] for found in overalls] == ["overall 3.20, score 3, agreed", "of the overall: <b>3.42 ± 0.19</b>"]
