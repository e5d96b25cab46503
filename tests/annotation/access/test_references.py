"""The states of reference answers, and one with its revisions."""

import pytest

from annotation.access.references import answer_content, reference_rows, scales, totals
from annotation.flow.duplicates.resolve import drop
from annotation.flow.references import write_answer
from annotation.models import Query
from tests.factories import block, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db


def test_the_levels_are_those_of_the_newest_version_of_each_category() -> None:
    make_rubric()
    other = make_rubric(slug="other", category="situational-analysis")
    project = make_project(rubrics=["small@1", other.name])
    levels = list(range(1, 7))
    assert scales(project) == {"project-based-learning": levels, "situational-analysis": levels}


def test_a_dropped_query_counts_nowhere() -> None:
    project = make_project()
    load(project, [record(1, references={"2": [block("Poor")]}), record(2, references={"2": [block("Bad")]})])
    drop(query=Query.objects.get(external_id="PBL-0002"), by=make_member(project, "lea", "manager"))
    [row] = totals(project, {"project-based-learning": [1, 2]})
    assert row == {
        "category": "project-based-learning",
        "queries": 1,
        "levels": [{"level": 1, "approved": 0}, {"level": 2, "approved": 1}],
    }


def test_each_revision_tells_who_may_approve_it() -> None:
    project = make_project()
    load(project, [record(references={"3": [block("Middling")]})])
    eva, max_ = (make_member(project, name, "expert") for name in ("eva", "max"))
    query = Query.objects.get()
    write_answer(query=query, level=3, blocks=[block("Better")], by=eva)
    seen = {
        reader.username: [
            (one["number"], one["state"], one["made_by"], one["may_approve"])
            for one in answer_content(query, 3, reader)["revisions"]
        ]
        for reader in (eva, max_)
    }
    assert seen == {
        "eva": [(2, "waiting", "eva", False), (1, "approved", None, False)],
        "max": [(2, "waiting", "eva", True), (1, "approved", None, False)],
    }
    [row] = reference_rows([query], {"project-based-learning": [3, 4]})
    assert row["levels"] == [{"level": 3, "state": "waiting"}, {"level": 4, "state": "missing"}]
