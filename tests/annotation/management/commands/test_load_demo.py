import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from annotation.flow import adjudicate
from annotation.flow.labels import count_labels
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
    project = Project.objects.get()
    counts = count_labels(project)
    assert (Response.objects.count(), Assignment.objects.submitted().count(), sum(counts.values())) == (36, 96, 36)
    assert counts["disputed"] > 0
    assert Adjudication.objects.decided().count() > 0
    assert adjudicate.waiting_count(project, User.objects.get(username="ada")) > 0
    before = {model.__name__: model._default_manager.count() for model in apps.get_models()}
    load_demo()
    assert {model.__name__: model._default_manager.count() for model in apps.get_models()} == before
