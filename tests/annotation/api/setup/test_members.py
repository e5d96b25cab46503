"""A manager's script lists people, gives roles, ends memberships and revokes tokens."""

import pytest
from django.test import Client

from annotation.flow.accounts.tokens import new_token
from annotation.flow.shown import show_project
from annotation.models import Event, Membership, Project, User
from tests.factories import judged, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/projects/study/members/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_everybody_who_takes_or_took_part_is_listed(client: Client, project: Project) -> None:
    key = new_token(user=make_member(project, "ana"), days=9)[:8]
    make_member(project, "bo")
    make_user("stranger")
    ended = client.post(f"{MEMBERS}bo/end/").json()
    assert [ended[name] for name in ("username", "role", "added_at", "tokens")] == ["bo", None, None, []]
    rows = client.get(MEMBERS).json()
    assert [(row["username"], row["role"], row["ended_at"] is None, row["tokens"]) for row in rows] == [
        ("ana", "annotator", True, [key]),
        ("bo", None, False, []),
        ("lea", "manager", True, []),
    ]


def test_a_change_of_role_is_answered_with_what_the_person_was_shown(client: Client, project: Project) -> None:
    judged(project, [[1], [2]], names=("ana",))
    dara = make_member(project, "dara", "manager")
    show_project(to=dara, project=project)
    answer = client.post(MEMBERS, {"username": "dara", "role": "annotator"}, content_type="application/json")
    notice = "dara has been shown others' scores of 2 responses: judgements that they make of them will not count as independent."
    told = {"username": "dara", "role": "annotator", "roles": ["annotator"]}
    assert answer.json() == told | {"shown": 2, "notice": notice}
    assert Event.objects.filter(verb="role_changed").values_list("by__username", flat=True).get() == "lea"


def test_several_roles_are_given_at_once_and_listed_the_main_one_first(client: Client, project: Project) -> None:
    make_user("ana")
    body = {"username": "ana", "role": "expert", "also": ["annotator"]}
    answer = client.post(MEMBERS, body, content_type="application/json").json()
    told = {"username": "ana", "role": "annotator", "roles": ["annotator", "expert"]}
    assert answer == told | {"shown": 0, "notice": ""}
    assert [(row["username"], row["role"], row["roles"]) for row in client.get(MEMBERS).json()] == [
        ("ana", "annotator", ["annotator", "expert"]),
        ("lea", "manager", ["manager"]),
    ]
    client.post(f"{MEMBERS}ana/end/")
    assert [(row["role"], row["roles"]) for row in client.get(MEMBERS).json()] == [(None, []), ("manager", ["manager"])]


def test_tokens_are_revoked_and_only_those_of_members(client: Client, project: Project) -> None:
    tokens = [new_token(user=make_member(project, "ana"), days=9) for _number in range(2)]
    stranger = make_user("stranger")
    new_token(user=stranger, days=9)
    one = client.post(f"{MEMBERS}ana/revoke-tokens/", {"token": tokens[0][:8]}, content_type="application/json")
    assert one.json() == {"username": "ana", "revoked": 1}
    assert client.post(f"{MEMBERS}ana/revoke-tokens/", {}, content_type="application/json").json() == {
        "username": "ana",
        "revoked": 1,
    }
    refused = client.post(f"{MEMBERS}stranger/revoke-tokens/", {}, content_type="application/json")
    assert refused.status_code == 400
    assert stranger.auth_token_set.count() == 1


@pytest.mark.parametrize(
    ("address", "body", "detail"),
    [
        (MEMBERS, {"username": "ana"}, "role: Expected a text."),
        (MEMBERS, {"username": "a\0", "role": "annotator"}, "username"),
        (MEMBERS, [], "username: Expected a text."),
        (MEMBERS, {"username": "zoe", "role": "annotator"}, "username: there is no zoe"),
        (MEMBERS, {"username": "lea", "role": "king"}, "role: king is none of annotator, adjudicator, expert, manager"),
        (MEMBERS, {"username": "lea", "role": "manager", "also": "expert"}, "also: Expected a list of texts."),
        (MEMBERS, {"username": "lea", "role": "manager", "also": ["king"]}, "role: king is none of"),
        (MEMBERS, {"username": "lea", "role": "manager", "also": ["annotator"]}, "nobody is annotator and manager at once"),
        (f"{MEMBERS}lea/end/", None, "lea is the only manager of the project: make somebody else one first."),
        (f"{MEMBERS}lea/revoke-tokens/", {"token": 7}, "token: expected the first characters of one"),
    ],
)
def test_what_cannot_be_done_is_refused(client: Client, project: Project, address: str, body: object, detail: str) -> None:
    answer = client.post(address, body, content_type="application/json")
    assert (answer.status_code, detail in answer.json()["detail"]) == (400, True)
    assert Membership.objects.values_list("user__username", "role").get() == ("lea", "manager")
    assert User.objects.count() == 1
