"""The managers' page of invitations."""

import re

import pytest
from django.core import mail
from django.test import Client

from annotation.flow.accounts.invitations import invite
from annotation.models import Invitation, Project
from tests.factories import make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/members/invitations/"
NEW = {"role": "annotator", "email": "", "uses": "2", "days": "3"}


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_a_link_is_shown_once_and_works(client: Client, project: Project) -> None:
    answer = client.post(PAGE, NEW)
    link = re.search(r'value="(http://testserver/accounts/invitations/[^"]+/)"', answer.text)
    assert link
    assert Client().get(link[1]).status_code == 200
    assert "/accounts/invitations/" not in client.get(PAGE).text
    assert Invitation.objects.values_list("role", "uses", "created_by__username").get() == ("annotator", 2, "lea")


def test_the_link_can_be_copied_and_says_what_it_gives(client: Client, project: Project) -> None:
    several, single = client.post(PAGE, NEW), client.post(PAGE, NEW | {"uses": "1", "role": "adjudicator"})
    assert ('data-copies="link"' in several.text, "annotation/copy.js" in several.text) == (True, True)
    assert "2 people can join with it as annotator, until 20" in words(several.text)
    assert "UTC. Annotators read the answers of AI systems and score each" in words(several.text)
    assert "One person can join with it as adjudicator, until 20" in words(single.text)


def test_with_an_address_the_link_is_mailed_too(client: Client, project: Project) -> None:
    answer = client.post(PAGE, NEW | {"email": "ana@example.org"})
    assert "It was sent to ana@example.org." in words(answer.text)
    assert "/accounts/invitations/" in str(mail.outbox[0].body)


def test_what_was_typed_stays_after_a_refusal(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"role": "adjudicator", "email": "ana@example.org", "uses": "none", "days": "3"})
    assert answer.status_code == 400
    assert "How many people may accept: expected a whole number from 1 to 500, not `none`" in answer.text
    for kept in ('value="adjudicator" selected', 'value="ana@example.org"', 'value="none"', 'value="3"'):
        assert kept in answer.text
    assert Invitation.objects.count() == 0


def test_an_invitation_is_withdrawn_and_only_one_of_the_project(client: Client, project: Project) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    own, other = (invite(project=row, role="annotator")[0] for row in (project, elsewhere))
    assert client.post(f"{PAGE}{other.pk}/withdraw/").status_code == 404
    done = client.post(f"{PAGE}{own.pk}/withdraw/", follow=True)
    assert "The invitation was withdrawn" in done.text
    assert "withdrawn already" in client.post(f"{PAGE}{own.pk}/withdraw/", follow=True).text
    assert list(Invitation.objects.open()) == [other]


def test_the_list_costs_the_same_with_one_row_and_with_three(
    client: Client, project: Project, django_assert_num_queries: object
) -> None:
    counts = []
    for more in (1, 2):
        for _number in range(more):
            invite(project=project, role="annotator", by=project.memberships.get().user)
        with django_assert_num_queries(8, exact=False) as queries:  # type: ignore[operator]
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
