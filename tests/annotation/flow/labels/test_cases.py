"""What labels take of the decisions."""

import pytest

from annotation.flow.labels.cases import Cases, read_cases
from annotation.models import Task
from tests.annotation.flow.labels.studies import Study, decided, said, task

pytestmark = pytest.mark.django_db


def test_the_newest_decision_on_each_criterion_holds() -> None:
    study = Study("sum")
    study.fill(
        [
            task(said(1), said(6), rounds=[decided(text=3, images=2), decided(text="na")], undecided={"images": 5}),
            task(said(1, harm=True), said(6), rounds=[decided(harm=False)]),
            task(said(1), said(6), rounds=[decided(text=2, reopened=True)]),
            task(said(1), said(6), rounds=[decided(text=2, second=True)]),
            task(said(1), said(6), rounds=[decided(text=2, reopened=True), decided("unusable", text=4)]),
        ]
    )
    first, second, third, _fourth, fifth = Task.objects.order_by("pk").values_list("pk", flat=True)
    text, images, harm = (study.criteria[key].pk for key in ("text", "images", "harm"))
    assert read_cases(study.project) == Cases(
        levels={text: {first: None}, images: {first: 2}, harm: {second: 0}},
        unusable={fifth},
        reopened={third},
    )
    assert read_cases(study.project, [second]) == Cases(levels={harm: {second: 0}})
