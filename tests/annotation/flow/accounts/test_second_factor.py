"""A project asks its managers for a second factor; who asks has one, and a lost one can be removed."""

import pytest
from allauth.mfa.models import Authenticator

from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.second_factor import ask_for_second_factor, has_second_factor, remove_second_factor
from annotation.models import Event, Project
from tests.annotation.accounts.test_second_factor import with_factor
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_a_manager_without_one_does_not_lock_themselves_out() -> None:
    project = make_project()
    lea = make_member(project, "lea", "manager")
    with pytest.raises(Refused, match=r"^Set up your own second factor first"):
        ask_for_second_factor(project=project, wanted=True, by=lea)
    with_factor(lea)
    for _time in "ab":  # the second changes nothing
        ask_for_second_factor(project=project, wanted=True, by=lea)
    event = Event.objects.get(verb="second_factor_changed")
    assert (Project.objects.get().second_factor, event.by, event.data) == (True, lea, {"required": True})
    ask_for_second_factor(project=project, wanted=False, by=lea)
    assert not Project.objects.get().second_factor


def test_what_is_neither_true_nor_false_is_refused() -> None:
    with pytest.raises(ValidationError, match="expected true or false"):
        ask_for_second_factor(project=make_project(), wanted="on")  # type: ignore[arg-type]


def test_a_lost_one_is_removed_and_nobody_elses() -> None:
    ana, bo = with_factor(make_user("ana")), with_factor(make_user("bo"))
    assert (remove_second_factor(username="ANA"), remove_second_factor(username="ana")) == (1, 0)
    assert (has_second_factor(ana), has_second_factor(bo), Authenticator.objects.count()) == (False, True, 1)
    with pytest.raises(Refused, match="there is no nobody"):
        remove_second_factor(username="nobody")
