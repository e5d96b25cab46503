"""The people whom a score file names: members, strangers, and those who are new."""

import pytest
from django.test import Client

from annotation.errors import Rejected
from annotation.flow.accounts.tokens import new_token
from annotation.models import Membership, Project, User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.annotation.flow.load.score_files import counts, everything, reasons, says, take
from tests.factories import (
    PASSWORD,
    make_member,
    make_project,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_imported_people_cannot_sign_in_by_page_or_token(project: Project, client: Client) -> None:
    take(project, says("uma"))
    uma = User.objects.get(username="uma")
    assert (uma.is_active, uma.has_usable_password(), uma.is_staff, uma.is_superuser) == (False, False, False, False)
    for password in ("", PASSWORD, "uma"):
        assert sign_in(client, password, "uma").status_code == 200
    uma.set_password(PASSWORD)
    uma.save()
    assert sign_in(client, PASSWORD, "uma")["Location"] == "/accounts/inactive/"
    assert client.get("/")["Location"].startswith("/accounts/login/")
    headers = {"Authorization": f"Token {new_token(user=uma, days=1)}"}
    assert client.get("/api/v1/projects/", headers=headers).status_code == 401
    User.objects.filter(pk=uma.pk).update(is_active=True)  # nothing else keeps the door shut
    assert client.get("/api/v1/projects/", headers=headers).status_code == 200


def test_members_are_taken_as_they_are_and_strangers_are_not_drawn_in(project: Project) -> None:
    make_member(project, "lea", "manager")
    make_user("stranger")
    take(make_project(slug="other", rubrics=["small"]), b"id,model,annotator,criterion,score\n")
    User.objects.create(username="uma", is_active=False)
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, says("lea") + says("stranger"))
    error = "`stranger`: is known here but no member of the project: add them with add_member first"
    assert (reasons(caught.value), everything()) == ([(3, "annotator", error), (4, "annotator", error)], before)
    assert take(project, says("lea") + says("uma")).as_dict() == counts(annotations=2, scores=4, annotators=1)
    assert set(Membership.objects.values_list("user__username", "role")) == {("lea", "manager"), ("uma", "annotator")}
