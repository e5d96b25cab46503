"""The data of a project, copied into another one: the same content, new slots, the image files used again."""

from typing import Any

import pytest

from annotation.errors import Refused
from annotation.flow.duplicates import resolve
from annotation.flow.load.copy import copy_data
from annotation.flow.setup.copy import copy_project
from annotation.models import Annotation, Assignment, Event, Image, Project, Query, ReferenceRevision, Response, Task
from tests.factories import block, judged, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


def content(project: Project) -> list[Any]:
    return [
        list(Query.objects.filter(project=project).order_by("external_id").values_list("external_id", "language", "blocks")),
        list(Response.objects.filter(query__project=project).by_key().values_list("query__external_id", "system", "blocks")),
        list(
            ReferenceRevision.objects.filter(answer__query__project=project)
            .order_by("answer__query__external_id", "answer__level")
            .values_list("answer__query__external_id", "answer__level", "number", "blocks")
        ),
        list(Image.objects.filter(project=project).order_by("sha256").values_list("sha256", "width")),
        list(Task.objects.filter(project=project).order_by("response__query__external_id").values_list("draw", "rubric")),
    ]


def test_everything_that_is_judged_is_copied_and_no_judgement() -> None:
    source = make_project(overlap=2)
    judged(source, [[4, 5]], names=["ana", "bo"])
    references = {"1": [block("Bad")], "6": [block("Good", "a.png")]}
    load(
        source,
        [record(2, references=references, language="fr"), record(3, answer=[block("see", "b.png")])],
        {"a.png": png(), "b.png": png("blue")},
    )
    copy = copy_project(source=source, slug="second")
    counts = copy_data(project=copy, source=source)
    expected = {"queries": 3, "references": 2, "responses": 3, "images": 2, "tasks": 3}
    assert counts == expected | {"slots_added": 6}
    assert content(copy) == content(source)
    slots = Assignment.objects.filter(project=copy)
    assert sorted(slots.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert not slots.exclude(annotator=None).exists()
    assert not Annotation.objects.filter(task__project=copy).exists()
    assert Image.objects.values("key").distinct().count() == 4
    event = Event.objects.get(project=copy, verb="items_loaded")
    assert event.data == {"file": "study", **expected}


def test_a_pool_stays_one() -> None:
    source = make_project(overlap=2)
    load(source, [record(1)])
    load(source, [record(2)], pool=True)
    copy = copy_project(source=source, slug="second")
    assert copy_data(project=copy, source=source)["slots_added"] == 2
    assert Task.objects.filter(project=copy).in_pool().get().response.query.external_id == "PBL-0002"


def test_what_was_copied_is_found_by_its_words() -> None:
    source = make_project()
    load(source, [record(1, answer=[block("Fold the paper twice.")])])
    copy = copy_project(source=source, slug="second")
    copy_data(project=copy, source=source)
    assert [
        list(rows.values_list("project" if rows.model is Query else "query__project", flat=True))
        for rows in (Query.objects.matching("question").order_by("pk"), Response.objects.matching("paper").order_by("pk"))
    ] == [[source.pk, copy.pk]] * 2


def test_dropped_queries_stay_behind() -> None:
    source = make_project()
    load(source, [record(1), record(2)])
    lea = make_member(source, "lea", "manager")
    resolve.drop(query=Query.objects.get(external_id="PBL-0001"), by=lea)
    copy = copy_project(source=source, slug="second")
    assert copy_data(project=copy, source=source)["queries"] == 1


def test_a_project_with_data_is_refused_and_a_stopped_copy_goes_on() -> None:
    source = make_project(overlap=1)
    load(source, [record(1), record(2)])
    copy = copy_project(source=source, slug="second")

    def stop(phase: str, _done: int, _total: int) -> None:
        if phase == "ordering":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        copy_data(project=copy, source=source, progress=stop)
    assert not Assignment.objects.filter(project=copy).exists()
    assert copy_data(project=copy, source=source)["slots_added"] == 2
    with pytest.raises(Refused, match=r"^The project has data already: copy into a new one.$"):
        copy_data(project=copy, source=source)
    assert Query.objects.filter(project=copy).count() == 2
