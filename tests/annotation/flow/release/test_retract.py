import pytest

from annotation.errors import AlreadyDone, ValidationError
from annotation.flow.release import retract
from annotation.models import Event, Label, Project, Release, Retraction
from tests.annotation.flow.release.stored import stored_release
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_a_release_is_retracted_with_a_reason_and_nothing_of_it_goes(project: Project) -> None:
    made, lea = stored_release(project), make_member(project, "lea", "manager")
    labels = Label.objects.count()
    retract(release=made, reason=" The images of PBL-0001 are wrong. ", by=lea)
    retraction = Retraction.objects.get()
    assert (retraction.release, retraction.by, retraction.reason) == (made, lea, "The images of PBL-0001 are wrong.")
    assert (Label.objects.count(), Release.objects.with_state().get().is_retracted) == (labels, True)
    assert list(Release.objects.standing()) == []
    [event] = Event.objects.filter(verb="retracted")
    assert (event.by, event.data) == (lea, {"version": 1, "reason": "The images of PBL-0001 are wrong."})


def test_a_command_retracts_for_nobody_who_signed_in(project: Project) -> None:
    assert retract(release=stored_release(project), reason="x").by is None


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (None, "reason: Say why you retract it."),
        (" \n", "reason: Say why you retract it."),
        (7, "reason: expected a text of at most 5,000 characters"),
        ("x" * 5_001, "reason: expected a text of at most 5,000 characters"),
        ("a\0b", "reason: expected a text of at most 5,000 characters"),
    ],
)
def test_a_retraction_needs_words(project: Project, reason: object, message: str) -> None:
    made = stored_release(project)
    with pytest.raises(ValidationError) as refused:
        retract(release=made, reason=reason)
    assert (str(refused.value), Retraction.objects.count()) == (message, 0)


def test_a_release_is_retracted_once(project: Project) -> None:
    made = stored_release(project)
    retract(release=made, reason="First.")
    with pytest.raises(AlreadyDone, match=r"^Release 1 is retracted already\.$"):
        retract(release=made, reason="Second.")
    assert Retraction.objects.get().reason == "First."
