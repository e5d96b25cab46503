from typing import Any

import pytest

from annotation.flow.release import Options, preview_examples
from annotation.flow.release.draft import preview_draft, read_draft
from annotation.flow.release.preview import Preview
from annotation.flow.setup.training import changed_training
from annotation.models import Project, Task
from tests.factories import block, judge, judged, load, make_member, make_project, make_rubric, png, record

pytestmark = pytest.mark.django_db


def said(level: int, feedback: str = "") -> dict[str, Any]:
    return {"text": level, "feedback": feedback}


def preview_training(project: Project, changes: dict[str, Any]) -> Preview:
    return preview_examples(read_draft(changed_training(project, changes), Options()))


def shown(project: Project, **changes: Any) -> list[tuple[str, str | None]]:
    return [(label.id, example.answer) for label, example in preview_training(project, changes).examples]


def test_examples_are_of_real_responses_with_what_a_scorer_would_answer() -> None:
    project = make_project()
    judged(project, [[said(4, "Good."), 4, 5], [2, 2, 3]])
    assert shown(project) == [("PBL-0001", "### Score\n4"), ("PBL-0002", "### Score\n2")]
    assert shown(project, template="mmie") == [("PBL-0001", "### Feedback\nGood.\n### Score\n4"), ("PBL-0002", None)]
    assert shown(project, template="mmie", score_without_feedback=True)[1] == ("PBL-0002", "### Score\n2")
    assert shown(project, template="criteria")[0] == (
        "PBL-0001",
        "### Criteria\nText: 4\nImages: not applicable\nHarm: does not apply\n### Score\n4",
    )
    assert Project.objects.get().template == "scores"


def test_the_labels_that_lack_feedback_are_counted_and_shown_last() -> None:
    project = make_project()
    judged(project, [[4, 4, 4]] * 6 + [[said(4, "Good."), 4, 4]])
    preview = preview_training(project, {"template": "mmie"})
    assert (preview.labels, preview.without_feedback, len(preview.examples)) == (7, 6, 3)
    assert ("PBL-0007", "### Feedback\nGood.\n### Score\n4") in shown(project, template="mmie")
    assert preview_training(project, {"template": "scores"}).without_feedback == 0


def test_a_prompt_has_its_images_by_name() -> None:
    project = make_project(overlap=1)
    load(project, [record(1, question=[block("Q", "a.png")])], {"a.png": png()})
    judge(Task.objects.get(), make_member(project, "ana"))
    [(label, example)] = preview_training(project, {}).examples
    assert example.images == label.images
    assert (len(example.images), example.prompt.count("<image>"), example.images[0][-4:]) == (1, 1, ".png")


def test_each_rubric_has_an_example_as_far_as_there_is_room() -> None:
    rubrics = [make_rubric(slug=slug, category=slug).name for slug in ("one", "two", "three")]
    project = make_project(rubrics=rubrics, overlap=1)
    load(project, [record(number, category=category) for number, category in enumerate(["one"] * 8 + ["two", "three"], 1)])
    ana = make_member(project, "ana")
    for task in Task.objects.all():
        judge(task, ana)
    assert {label.rubric for label, _example in preview_training(project, {}).examples} == {"one@1", "two@1", "three@1"}


def test_a_preview_is_of_the_same_draft_as_the_release_also_after_a_new_score() -> None:
    project = make_project()
    judged(project, [[said(4, "Good."), 4, 5], [2, 2, 3], [1, 1, None]])
    for level in (None, 1):
        if level:
            task = Task.objects.get(response__query__external_id="PBL-0003")
            judge(task, make_member(project, "chen"), text=level)
        previewed, released = (make(project, Options(seed=1)) for make in (preview_draft, read_draft))
        for draft in (previewed, released):
            assert len(draft.released) == (3 if level else 2)
        assert (previewed.counts, previewed.splits) == (released.counts, released.splits)
        assert preview_examples(previewed) == preview_examples(released)
