"""The scoring form without scripts: it has what the project asks for, and shows what was sent with its faults."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow import score
from annotation.flow.setup.workspace import change_workspace
from annotation.models import Assignment, Draft, ErrorMark, Flag, Note, Project, Revision, Score, Skip, User
from tests.factories import block, criterion, load, make_member, make_project, make_rubric, record
from tests.markup import compact

pytestmark = pytest.mark.django_db

SCORES = {"score-text": "4", "score-images": "na"}


@pytest.fixture
def project() -> Project:
    project = make_project()
    load(project, [record(number, answer=[block("One."), block("Two.")]) for number in (1, 2)])
    return project


@pytest.fixture
def ana(project: Project, client: Client) -> User:
    ana = make_member(project, "ana")
    client.force_login(ana)
    return ana


def claimed(project: Project, ana: User) -> Assignment:
    slot = score.claim(project=project, by=ana)
    assert slot
    return slot


def text_of(page: Any) -> str:
    return compact(page.content.decode())


def checked(page: Any) -> list[tuple[str, str]]:
    return re.findall(r'<input type="(?:radio|checkbox)" name="([\w-]+)" value="([\w@-]+)"[^>]* checked', text_of(page))


def faults(page: Any) -> list[str]:
    return re.findall(r'<li><a href="#([\w-]+)">(.*?)</a>: (.*?)</li>', text_of(page))


def test_everything_in_the_form_is_stored(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    change_workspace(project=project, by=None, changes={"confidence": "asked"})
    remarks = {
        "confidence-text": "2",
        "note-text": "Short.",
        "block-note-response-2": "Odd.",
        "error": ["complex-reasoning", "complex-reasoning@2"],
    }
    assert client.post(f"/assignments/{slot.pk}/submit/", SCORES | remarks).status_code == 302
    assert list(Score.objects.values_list("criterion__key", "level__value", "confidence")) == [
        ("text", 4, 2),
        ("images", None, None),
    ]
    assert set(Note.objects.values_list("criterion__key", "part", "block", "text")) == {
        ("text", "", None, "Short."),
        (None, "response", 2, "Odd."),
    }
    assert set(ErrorMark.objects.values_list("error_type__key", "block")) == {
        ("complex-reasoning", None),
        ("complex-reasoning", 2),
    }


def test_the_form_shows_the_draft(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    change_workspace(project=project, by=None, changes={"confidence": "asked"})
    draft = {
        "scores": {"text": 3, "images": "na"},
        "penalties": ["harm"],
        "feedback": "So <so>.",
        "notes": {"images": "None there."},
        "block_notes": [{"part": "query", "block": 1, "text": "Which one?"}],
        "errors": [{"type": "complex-reasoning", "block": None}, {"type": "generation-adaptability", "block": 2}],
        "confidence": {"text": 1},
    }
    score.save_draft(assignment=slot.pk, by=ana, body=draft)
    page = client.get(f"/assignments/{slot.pk}/")
    assert checked(page) == [
        ("score-text", "3"),
        ("confidence-text", "1"),
        ("score-images", "na"),
        ("penalty", "harm"),
        ("error", "complex-reasoning"),
        ("error", "generation-adaptability@2"),
    ]
    written = re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]+)</textarea>', text_of(page))
    assert written == [("note-images", "None there."), ("feedback", "So &lt;so&gt;."), ("block-note-query-1", "Which one?")]


def test_what_is_missing_is_named_at_its_field_and_nothing_typed_is_lost(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    change_workspace(project=project, by=None, changes={"feedback": "required", "confidence": "required", "errors_below": 4})
    answer = client.post(f"/assignments/{slot.pk}/submit/", {"score-text": "2", "note-text": "Kept."})
    assert answer.status_code == 400
    assert faults(answer) == [
        ("criterion-text", "Text", "how sure: missing"),
        ("criterion-images", 'Images</a>, <a href="#part-feedback">Feedback', "missing"),
        ("part-errors", "Errors", "expected at least one: a score is below 4"),
    ]
    assert checked(answer) == [("score-text", "2")]
    assert ">Kept.</textarea>" in text_of(answer)


def test_the_form_has_only_what_the_project_asks_for(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    change_workspace(project=project, by=None, changes={"feedback": "off"})
    page = text_of(client.get(f"/assignments/{slot.pk}/"))
    assert [name for name in ('name="feedback"', 'name="confidence-text"', "overall-says") if name in page] == ["overall-says"]
    change_workspace(project=project, by=None, changes={"feedback": "required", "confidence": "asked"})
    page = text_of(client.get(f"/assignments/{slot.pk}/"))
    assert ('aria-required="true"' in page, page.count('name="confidence-text"')) == (True, 3)


def test_an_overall_of_the_annotators_own_is_a_row_of_digits(client: Client) -> None:
    rubric = make_rubric(criteria=[criterion(key="text")], overall={"method": "holistic", "min": 0, "max": 6})
    project = make_project(rubrics=[rubric.name])
    load(project, [record()])
    ana = make_member(project, "ana")
    client.force_login(ana)
    slot = claimed(project, ana)
    page = text_of(client.get(f"/assignments/{slot.pk}/"))
    assert re.findall(r'name="overall" value="(\d)"', page) == ["0", "1", "2", "3", "4", "5", "6"]
    answer = client.post(f"/assignments/{slot.pk}/submit/", {"score-text": "4", "overall": "7"})
    assert (answer.status_code, faults(answer)) == (400, [("criterion-overall", "Overall", "expected 0 to 6")])
    assert client.post(f"/assignments/{slot.pk}/submit/", {"score-text": "4", "overall": "5"}).status_code == 302
    assert Revision.objects.get().holistic == 5


def test_an_overall_that_has_more_than_digits_is_a_number(client: Client) -> None:
    rubric = make_rubric(criteria=[criterion(key="text")], overall={"method": "holistic", "min": 0, "max": 100})
    project = make_project(rubrics=[rubric.name])
    load(project, [record()])
    ana = make_member(project, "ana")
    client.force_login(ana)
    page = text_of(client.get(f"/assignments/{claimed(project, ana).pk}/"))
    assert re.findall(r'<input id="overall" name="overall" type="number" min="(\d+)" max="(\d+)" value="(\d*)">', page) == [
        ("0", "100", "")
    ]


def test_a_skip_names_its_reason_and_other_needs_words(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    answer = client.post(f"/assignments/{slot.pk}/skip/", SCORES | {"kind": "other", "reason": " "})
    assert (answer.status_code, faults(answer)) == (400, [("skip", "Skip", "say in words what it is")])
    assert checked(answer) == [("score-text", "4"), ("score-images", "na"), ("kind", "other")]
    assert client.post(f"/assignments/{slot.pk}/skip/", {"kind": "conflict"}).status_code == 302
    assert list(Skip.objects.values_list("kind", "reason")) == [("conflict", "")]


def test_a_flag_reaches_the_managers_and_saves_the_form_as_a_draft(project: Project, ana: User, client: Client) -> None:
    slot = claimed(project, ana)
    answer = client.post(f"/assignments/{slot.pk}/flag/", SCORES | {"flag_kind": "other"})
    assert (answer.status_code, faults(answer)) == (
        400,
        [("flag", "Flag", "say in words what it is")],
    )
    assert checked(answer) == [("score-text", "4"), ("score-images", "na"), ("flag_kind", "other")]
    answer = client.post(f"/assignments/{slot.pk}/flag/", SCORES | {"flag_kind": "broken_image", "flag_note": "The second."})
    assert (answer.status_code, answer["Location"]) == (302, f"/assignments/{slot.pk}/")
    assert list(Flag.objects.values_list("annotator__username", "kind", "note")) == [("ana", "broken_image", "The second.")]
    assert Draft.objects.get().content["scores"] == {"text": 4, "images": "na"}


def test_the_page_has_the_persons_keys(project: Project, ana: User, client: Client) -> None:
    client.post("/keys/", {"undo": "ü"})
    page = text_of(client.get(f"/assignments/{claimed(project, ana).pk}/"))
    assert "&quot;undo&quot;: &quot;\\u00fc&quot;" in page
    assert '<kbd class="wide-only" data-key="undo">ü</kbd>' in page
