import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from annotation.agreement.thresholds import RELIABLE, TENTATIVE
from annotation.flow import adjudicate
from annotation.flow.agree import agreement_report
from annotation.flow.judgements import rating_matrices
from annotation.flow.labels import count_labels
from annotation.flow.lessons.scale import scales
from annotation.models import Adjudication, Assignment, Project, Response, User


def load_demo() -> Any:
    output = StringIO()
    call_command("load_demo", "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())


@pytest.mark.django_db
def test_the_demo_is_a_study_in_full_swing_and_is_made_once() -> None:
    people = load_demo()["people"]
    roles = {"lea": "manager", "ada": "adjudicator"} | dict.fromkeys(("ana", "bo", "chen", "dara", "emil", "fay"), "annotator")
    assert {person["username"]: person["role"] for person in people} == roles
    assert all(User.objects.get(username=person["username"]).check_password(person["password"]) for person in people)
    project = Project.objects.get(slug="demo")
    counts = count_labels(project)
    responses = Response.objects.filter(query__project=project).count()
    assert (responses, Assignment.objects.filter(project=project).submitted().count(), sum(counts.values())) == (36, 96, 36)
    assert counts["disputed"] > 0
    assert Adjudication.objects.decided().count() > 0
    assert adjudicate.waiting_count(project, User.objects.get(username="ada")) > 0
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
