"""What is counted on arrays is what counting the labels one by one finds."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotation.flow.labels.counts import counted
from annotation.flow.labels.rule import label_counts, labels
from annotation.models import (
    Adjudication,
    Annotation,
    Assignment,
    Decision,
    Project,
    Query,
    Response,
    Revision,
    Score,
    Task,
    User,
)
from rubrics.models import Criterion
from tests.factories import criterion, judged, make_project, make_rubric, make_user, penalty

METHODS = ("weighted_mean", "sum", "holistic")
ANSWER = st.integers(1, 6) | st.just("na")
SAID = st.fixed_dictionaries(
    {"text": ANSWER, "images": ANSWER, "harm": st.booleans(), "holistic": st.none() | st.integers(0, 6)}
)  # of the overall given directly, there is none where the rubric does not ask for it
SLOT = SAID | st.sampled_from(["open", "withdrawn"])
DECISIONS = st.fixed_dictionaries({}, optional={"text": ANSWER, "images": ANSWER, "harm": st.booleans()})
TASK = st.fixed_dictionaries(
    {
        "slots": st.lists(SAID | SLOT, max_size=3),
        "after_dispute": st.none() | SAID,
        "kind": st.sampled_from(["study", "study", "study", "anchor"]),
        "dropped": st.sampled_from([False, False, False, True]),
        "decided": st.lists(DECISIONS, max_size=2),
        "undecided": st.none() | DECISIONS,
    }
)
RULE = st.fixed_dictionaries({"pair_gap": st.integers(1, 3), "group_range": st.integers(1, 4)})


def said(text: Any, images: Any = "na", *, harm: bool = False, holistic: int | None = None) -> dict[str, Any]:
    return {"text": text, "images": images, "harm": harm, "holistic": holistic}


def task(*slots: Any, decided: Any = (), undecided: Any = None) -> dict[str, Any]:
    return {
        "slots": slots, "after_dispute": None, "kind": "study", "dropped": False, "decided": decided, "undecided": undecided
    }  # fmt: skip


EVERY_CASE = [
    task(said(4), said(4), "open"),
    task(said(4), said(5)),
    task(said(1), said(3)),
    task(said(2), said(4)),
    task(said(1), said(2), said(3)),
    task(said("na"), said("na")),
    task(said(4), said("na")),
    task(said(4, harm=True), said(4)),
    task(said(1), said(6), decided=[{"text": 3}]),
    task(said(1), said(6), decided=[{"text": 3}, {"text": "na"}]),
    task(said(1, 1), said(6, 6), decided=[{"images": 3}]),
    task(said(1), said(6), undecided={"text": 3}),
    task(said(1, harm=True), said(6), decided=[{"text": 3, "harm": False}]),
    task(said(4, holistic=3), said(4)),
]


class Study:
    """A project of which each example makes the tasks anew; rows are made as fast as they can be."""

    def __init__(self, method: str) -> None:
        criteria = [criterion(key="text", na="allowed"), criterion(key="images", na="allowed"), penalty()]
        rubric = make_rubric(slug=method.replace("_", "-"), criteria=criteria, overall={"method": method, "min": 0, "max": 6})
        self.project = make_project(slug=rubric.slug, rubrics=[rubric.name])
        self.rubric = rubric
        self.criteria = {item.key: item for item in Criterion.objects.filter(rubric=rubric)}
        self.levels = {(item.key, level.value): level for item in self.criteria.values() for level in item.levels.all()}
        self.people = [make_user(name, password=None) for name in ("ana", "bo", "chen", "dan")]
        self.now = timezone.now()

    def fill(self, tasks: list[dict[str, Any]]) -> None:
        for number, content in enumerate(tasks):
            dropped = {"dropped_at": self.now, "dropped_by": self.people[0]} if content["dropped"] else {}
            query = Query.objects.create(project=self.project, external_id=f"{number}", category="c", blocks=[], **dropped)
            response = Response.objects.create(query=query, system="s", blocks=[])
            made = Task.objects.create(project=self.project, response=response, rubric=self.rubric, kind=content["kind"])
            slots = [(slot, "initial") for slot in content["slots"]]
            if content["after_dispute"]:
                slots.append((content["after_dispute"], "after_dispute"))
            for place, (slot, reason) in enumerate(slots):
                self.judge(made, 10 * number + place + 1, slot, reason, self.people[place])
            adjudications = [(answers, self.now) for answers in content["decided"]]
            if content["undecided"]:
                adjudications.append((content["undecided"], None))
            for place, (answers, decided_at) in enumerate(adjudications, start=1):
                self.decide(made, place, answers, decided_at)

    def judge(self, made: Task, position: int, slot: Any, reason: str, who: User) -> None:
        place: dict[str, Any] = {"task": made, "number": position, "reason": reason, "project": self.project}
        place |= {"category": "c", "system": "s", "position": position}
        if isinstance(slot, str):
            Assignment.objects.create(**place, withdrawn_at=self.now if slot == "withdrawn" else None)
            return
        assignment = Assignment.objects.create(**place, annotator=who, claimed_at=self.now, submitted_at=self.now)
        annotation = Annotation.objects.create(task=made, annotator=who, assignment=assignment)
        holistic = slot["holistic"] if self.rubric.overall_method == "holistic" else None
        revision = Revision.objects.create(annotation=annotation, number=1, submitted_at=self.now, holistic=holistic)
        scores = [
            Score(
                revision=revision,
                criterion=self.criteria[key],
                level=self.levels.get((key, slot[key])),
                not_applicable=slot[key] == "na",
            )
            for key in ("text", "images")
        ]
        scores += [Score(revision=revision, criterion=self.criteria["harm"])] if slot["harm"] else []
        Score.objects.bulk_create(scores)

    def decide(self, made: Task, number: int, answers: dict[str, Any], decided_at: Any) -> None:
        times = {"started_at": self.now, "revealed_at": decided_at, "decided_at": decided_at}
        adjudication = Adjudication.objects.create(task=made, round=number, adjudicator=self.people[3], **times)
        for key, answer in answers.items():
            level = self.levels.get((key, answer))
            given = answer if key == "harm" else None
            unseen = {"blind_level": level, "blind_na": answer == "na", "blind_given": given}
            final = {"level": level, "na": answer == "na", "given": given, "cause": "slip"} if decided_at else {}
            Decision.objects.create(adjudication=adjudication, criterion=self.criteria[key], disputed=True, **unseen, **final)


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_what_is_counted_on_arrays_is_what_the_labels_are(method: str) -> None:
    study = Study(method)

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @example(tasks=EVERY_CASE, rule={"pair_gap": 2, "group_range": 3})
    @given(tasks=st.lists(TASK, max_size=5), rule=RULE)
    def check(tasks: list[dict[str, Any]], rule: dict[str, int]) -> None:
        cache.clear()  # what is rolled back may have looked from outside as the next example does
        with transaction.atomic():
            Project.objects.filter(pk=study.project.pk).update(**rule)
            study.fill(tasks)
            project = Project.objects.get(pk=study.project.pk)
            assert counted(project) == label_counts(labels(project))
            transaction.set_rollback(True)

    check()


@pytest.mark.django_db
def test_each_reason_is_counted() -> None:
    found = {}
    for method in METHODS:
        study = Study(method)
        study.fill(EVERY_CASE)
        found[method] = counted(study.project)
    of_criteria = {"labelled": 5, "not_judged": 1, "disputed": 6, "not_applicable": 2}
    holistic = {"labelled": 1, "not_judged": 1, "disputed": 6, "not_applicable": 6}
    assert found == {"weighted_mean": of_criteria, "sum": of_criteria, "holistic": holistic}


@pytest.mark.django_db
def test_a_project_without_judgements_has_nothing_but_what_waits() -> None:
    project = make_project()
    assert counted(project) == {"labelled": 0, "not_judged": 0, "disputed": 0, "not_applicable": 0}
    judged(project, [[None], [None]])
    assert counted(project) == {"labelled": 0, "not_judged": 2, "disputed": 0, "not_applicable": 0}
