"""No page overwrites what another wrote, and none is stored_draft off for its own."""

from typing import Any

import pytest

from annotation.errors import DraftConflict, ValidationError
from annotation.flow import score
from annotation.flow.score import drafts
from annotation.flow.score.drafts import DraftWriter
from annotation.models import Annotation, Assignment, Draft, User
from tests.factories import body, make_member, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot() -> Assignment:
    project = make_project()
    ana = make_member(project, "ana")
    responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    return slot


def ana() -> User:
    return User.objects.get(username="ana")


def save(slot: Assignment, text: int, writer: DraftWriter) -> Draft:
    return score.save_draft(assignment=slot.pk, by=ana(), body={"scores": {"text": text}}, writer=writer)


def stored_draft() -> tuple[Any, int, str]:
    draft = Draft.objects.get()
    return draft.content["scores"], draft.version, draft.writer


def test_each_saving_is_the_next_version(slot: Assignment) -> None:
    versions = [save(slot, text, DraftWriter(base, "one")).version for text, base in ((1, 0), (2, 1), (3, 2))]
    assert (versions, stored_draft()) == ([1, 2, 3], ({"text": 3}, 3, "one"))


def test_a_page_that_has_not_seen_the_newest_draft_gets_a_conflict_and_overwrites_nothing(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 2, DraftWriter(1, "two"))
    with pytest.raises(DraftConflict) as caught:
        save(slot, 3, DraftWriter(1, "one"))
    assert (caught.value.version, caught.value.draft["scores"]) == (2, {"text": 2})
    assert stored_draft() == ({"text": 2}, 2, "two")


def test_a_page_that_has_seen_the_newest_draft_overwrites_it(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 2, DraftWriter(1, "two"))
    save(slot, 3, DraftWriter(2, "one"))
    assert stored_draft() == ({"text": 3}, 3, "one")


def test_a_page_that_never_got_its_answer_saves_again(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 2, DraftWriter(0, "one"))
    assert stored_draft() == ({"text": 2}, 2, "one")


def test_a_delayed_call_does_not_overwrite_a_later_one(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one", turn=10))
    save(slot, 3, DraftWriter(1, "one", turn=12))
    with pytest.raises(DraftConflict):
        save(slot, 2, DraftWriter(1, "one", turn=11))
    save(slot, 4, DraftWriter(1, "one", turn=13))
    assert stored_draft() == ({"text": 4}, 3, "one/13")


def test_the_same_content_from_another_page_is_no_conflict(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 1, DraftWriter(0, "two"))
    assert stored_draft() == ({"text": 1}, 2, "two")


@pytest.mark.parametrize(("seen", "base"), [("", None), ("*", None), ("3", 3), ('"3"', 3), ('W/"3"', 3), (" 0 ", 0)])
def test_a_version_is_read_in_each_form_that_requests_write(seen: str, base: int | None) -> None:
    assert drafts.read_writer(seen=seen, name="one/17") == DraftWriter(base, "one", turn=17)


@pytest.mark.parametrize("seen", ["three", "-1", "1.5", "12345678901", '"a"'])
def test_a_version_that_is_no_number_is_refused(seen: str) -> None:
    with pytest.raises(ValidationError, match=r"^If-Match: expected a whole number$"):
        drafts.read_writer(seen=seen, name="one")


def test_a_script_that_names_no_version_overwrites(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 2, DraftWriter())
    assert stored_draft() == ({"text": 2}, 2, "")


def test_a_submission_that_conflicts_with_a_newer_draft_is_refused_and_the_draft_stays(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    save(slot, 2, DraftWriter(1, "two"))
    with pytest.raises(DraftConflict):
        score.submit(assignment=slot.pk, by=ana(), body=body(text=3), writer=DraftWriter(1, "one"))
    slot.refresh_from_db()
    assert (Annotation.objects.count(), slot.submitted_at, stored_draft()) == (0, None, ({"text": 2}, 2, "two"))


def test_a_submission_from_the_page_that_saved_last_deletes_the_draft(slot: Assignment) -> None:
    save(slot, 1, DraftWriter(0, "one"))
    score.submit(assignment=slot.pk, by=ana(), body=body(text=3), writer=DraftWriter(1, "one"))
    assert (Annotation.objects.count(), Draft.objects.count()) == (1, 0)
