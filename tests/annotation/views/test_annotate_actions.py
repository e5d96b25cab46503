"""The annotator's page by its script, where facts will do: drafts, flags and faults come back as JSON, by the API's rules."""

import pytest
from django.test import Client

from annotation.flow import score
from annotation.flow.setup.workspace import set_error_types
from annotation.models import Draft, Flag, Project, User, Workspace
from tests.annotation.views.scoring_page import FORM, held
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db

FACTS = {"HX-Request": "true", "Accept": "application/json, text/html;q=0.9"}


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project, client: Client) -> User:
    user = make_member(project, "ana")
    client.force_login(user)
    return user


def test_a_script_that_keeps_its_page_is_told_what_is_wrong_alone_and_what_is_asked_for_now(
    project: Project, ana: User, client: Client
) -> None:
    Workspace.objects.filter(project=project).update(confidence="required", feedback="off", errors_below=5)
    set_error_types(project=project, by=None, titles=[("Slip", "")])
    responses(project)
    slot = held(project, ana)
    asked = client.get(f"/assignments/{slot.pk}/").context["asks"]
    sent = {"score-text": "4", "feedback": "Half.", "error": "invented"}
    answer = client.post(f"/assignments/{slot.pk}/submit/", sent, headers=FACTS)
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "fields": {
                "confidence.text": "how sure: missing",
                "errors": "expected at least one: a score is below 5",
                "errors.0.type": "unknown; expected slip",
                "feedback": "is not asked for in this project",
                "scores.images": "missing",
            },
            "asks": "off required 5 slip",
        },
    )
    assert asked == "off required 5 slip"
    again = client.post(f"/assignments/{slot.pk}/submit/", FORM | {"confidence-text": "3", "error": "slip"}, headers=FACTS)
    assert (again.status_code, again["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_script_that_saves_the_form_is_told_the_drafts_version_and_the_overall_where_it_is_shown(
    project: Project, ana: User, client: Client
) -> None:
    responses(project)
    slot = held(project, ana)
    first = client.post(f"/assignments/{slot.pk}/draft/", FORM | {"draft_version": "0"}, headers=FACTS)
    saved_at = Draft.objects.get().saved_at
    assert (first.status_code, set(first.json()), first.json()["version"]) == (200, {"saved_at", "version"}, 1)
    Workspace.objects.filter(project=project).update(overall_shown=True)
    whole = client.post(f"/assignments/{slot.pk}/draft/", FORM | {"draft_version": "1"}, headers=FACTS).json()
    part = client.post(f"/assignments/{slot.pk}/draft/", {"score-text": "4", "draft_version": "2"}, headers=FACTS).json()
    assert saved_at.isoformat()[:23] == first.json()["saved_at"][:23]
    assert (whole["version"], whole["overall"]) == (2, {"value": 4.0, "text": "4", "reason": "the mean"})
    assert (part["version"], part["overall"]) == (3, None)
    assert Draft.objects.get().content == {"scores": {"text": 4}, "penalties": [], "feedback": "", "active_seconds": 0}


def test_a_script_whose_form_has_not_seen_the_draft_is_told_the_draft_as_entries(
    project: Project, ana: User, client: Client
) -> None:
    responses(project)
    slot = held(project, ana)
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 6}, "notes": {"text": "Hm."}, "active_seconds": 9})
    answer = client.post(f"/assignments/{slot.pk}/draft/", FORM | {"draft_version": "0"}, headers=FACTS)
    assert (answer.status_code, answer.json()) == (
        412,
        {
            "detail": "This response was changed on another page. Nothing was overwritten.",
            "version": 1,
            "draft": [["score-text", "6"], ["active_seconds", "9"], ["note-text", "Hm."]],
        },
    )
    assert Draft.objects.get().content["scores"] == {"text": 6}


def test_a_script_is_told_why_its_form_is_not_saved(project: Project, ana: User, client: Client) -> None:
    responses(project, 2)
    slot = held(project, ana)
    address = f"/assignments/{slot.pk}/draft/"
    wrong = client.post(address, {"score-text": "9"}, headers=FACTS)
    assert (wrong.status_code, wrong.json()["fields"]) == (400, {"scores.text": "expected 1 to 6"})
    version = client.post(address, {"draft_version": "x"}, headers=FACTS)
    assert (version.status_code, version.json()["fields"]) == (400, {"If-Match": "expected a whole number"})
    early = client.post(address, FORM | {"revision": "1"}, headers=FACTS)
    assert (early.status_code, early.json()) == (400, {"detail": "Only what you have submitted can be revised."})
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    late = client.post(address, FORM, headers=FACTS)
    assert (late.status_code, late.json()) == (409, {"detail": "You have submitted this response already."})
    assert Draft.objects.count() == 0
    saved = client.post(address, FORM | {"revision": "1"}, headers=FACTS)
    assert (saved.status_code, Draft.objects.get().content["scores"]) == (200, {"text": 4, "images": "na"})
    client.logout()
    assert client.post(address, FORM, headers=FACTS).status_code == 302


def test_a_script_flags_without_touching_the_draft(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 6}})
    address = f"/assignments/{slot.pk}/flag/"
    wordless = client.post(address, FORM | {"flag_kind": "other"}, headers=FACTS)
    assert (wordless.status_code, wordless.json()["fields"]) == (400, {"note": "say in words what it is"})
    raised = client.post(address, FORM | {"flag_kind": "other", "flag_note": "Whose?"}, headers=FACTS)
    assert (raised.status_code, raised.json()) == (201, {"kind": "other", "note": "Whose?"})
    assert (Flag.objects.get().note, Draft.objects.get().content["scores"]) == ("Whose?", {"text": 6})
