"""Every URL, tried in every role: whoever has no permission is refused."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotation.flow import adjudicate, check, score
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.flow.sample import Plan, draw_sample
from annotation.flow.score import concerns
from annotation.models import Annotation, Image, Job, PossibleDuplicate, Project, Query, Task
from tests.annotation.access import addresses_of_people, rubric_urls
from tests.annotation.access.roles import OF_A_CASE, OF_A_REFERENCE, OF_A_RELEASE, ROLES
from tests.factories import judged, load, make_member, make_project, make_user, png, record

pytestmark = pytest.mark.django_db

OPEN = {"account_login", "account_logout", "account_inactive", "clear_device", "csp-reports", "language"}
OPEN |= {"favicon", "healthz", "readyz"} | addresses_of_people.OPEN
OF_A_RUBRIC = rubric_urls.OF_A_RUBRIC  # for whoever is a member of a project that uses it
OF_A_TOKEN = {"metrics"}  # of the settings, which nobody has here: tests/annotation/views/test_metrics.py
ANY_MEMBER = {
    "home", "account_change_password", "account_set_password", "account_reauthenticate", "rubrics:list",
    "api:projects", "rubrics", "schema", "docs", "keys",
} | addresses_of_people.ANY_MEMBER  # fmt: skip
OF_CREATORS = {"project-new"}  # for the staff and people whom they let: tests/annotation/views/setup/test_new.py
REFUSED = {401, 403, 404}
SAID = "much too loud"
SCORER = "Judge 7"
SCORER_FILE = b"id,model,score\nPBL-0001,system-a,5.4321\nPBL-0002,system-a,1.2345\n"


def names(resolver: Any = None, prefix: str = "") -> set[str]:
    """The names of all URLs but those of Django's admin, which asks for a member of the staff."""
    url_names: set[str] = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name == "admin":
            continue
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            url_names |= names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            url_names.add(prefix + pattern.name)
    return url_names


@pytest.fixture
def addresses() -> dict[str, str]:
    """An address of each URL, with something behind it that could leak."""
    project = make_project(overlap=3)
    judged(project, [[{"text": 1, "feedback": SAID}, 1, 6], [4, 4, 4]], names=("uma", "vic", "wei"))
    load(project, [record(7, answer=[{"text": "see", "image": "a.png"}])], {"a.png": png(size=(500, 4))})
    load(project, [record(8, question=[{"text": "Question 7", "image": None}])])  # the same as the one before
    people = {name: make_member(project, name, role) for name, role in ROLE_OF.items()}
    slot = score.claim(project=project, by=people["ana"])
    review = adjudicate.claim(project=project, by=people["ada"])
    assert review is not None
    case = review.adjudication
    assert slot
    assert case
    flag = concerns.raise_flag(assignment=slot.pk, by=people["ana"], kind="harmful")
    job = queue.start(project=project, kind=Job.Kind.PREPARE_IMAGES, by=people["lea"])
    queue.start_release(project=project, options=Options(check_size=0), by=people["lea"])
    scores = io.BytesIO(SCORER_FILE)
    judge = check.keep_scorer_file(file=scores, name="judge.csv", project=project, scorer=SCORER, by=people["lea"]).scorer
    load(project, [record(9)], pool=True)
    draw_sample(project=project, plan=Plan(size=1))
    pair = PossibleDuplicate.objects.get()
    make_member(make_project(slug="elsewhere", rubrics=["small"]), "otto", "manager")
    make_user("nobody")
    rubric_urls.make_image()
    arguments: dict[str, tuple[Any, ...]] = {
        "assignment": (slot.pk,), "submit": (slot.pk,), "draft": (slot.pk,), "skip": (slot.pk,),
        "flag": (slot.pk,), "ahead": (slot.pk,), "take-up": (slot.pk,), "revise": (slot.pk,),
        "api:draft": (slot.pk,), "api:submit": (slot.pk,), "api:skip": (slot.pk,), "api:flag": (slot.pk,),
        "api:revision": (slot.pk,), "api:revision-draft": (slot.pk,),
        "job": (job.pk,), "job-cancel": (job.pk,), "job-retry": (job.pk,),
        "api:job": (job.pk,), "api:job-cancel": (job.pk,), "api:job-retry": (job.pk,),
        "response": (Task.objects.order_by("pk")[0].pk,), "response-history": (Task.objects.order_by("pk")[0].pk,),
        "response-call-back": (Task.objects.order_by("pk")[0].pk,),
        "api:response-call-back": (Task.objects.order_by("pk")[0].pk,),
        "api:response-history": (Task.objects.order_by("pk")[0].pk,), "image": (Image.objects.get().key,),
        "scaled": (Image.objects.get().key, 480, "webp"),
        "query": (Query.objects.order_by("pk")[0].pk,), "api:query": (Query.objects.order_by("pk")[0].pk,),
        **dict.fromkeys(OF_A_REFERENCE, ("study", Query.objects.order_by("pk")[0].pk, 3)),
        "flag-settle": (flag.pk,), "send-back": (Annotation.objects.order_by("pk")[0].pk,),
        "duplicate": (pair.pk,), "duplicate-restore": (pair.pk,), "api:duplicate": (pair.pk,),
        "api:member-end": ("study", "uma"), "api:member-revoke-tokens": ("study", "uma"),
        "api:scorer": ("study", judge.pk), "api:scorer-withdraw": ("study", judge.pk),
        "scorer": ("study", judge.pk), "scorer-withdraw": ("study", judge.pk),
        "sample": ("study", 1), "api:sample": ("study", 1),
    }  # fmt: skip
    arguments |= addresses_of_people.arguments(project) | rubric_urls.ARGUMENTS
    arguments |= dict.fromkeys(OF_A_CASE, (case.pk,)) | dict.fromkeys(OF_A_RELEASE, ("study", 1))
    addresses = {name: reverse(name, args=arguments.get(name, ("study",) if name in ROLES else ())) for name in names() - OPEN}
    addresses |= {name: addresses[name] + "?with=1" for name in ("api:release-compare", *rubric_urls.COMPARED)}
    for name in ("progress-stuck", "api:progress-stuck"):
        addresses[name] += "?kind=lacking"
    other = check.keep_scorer_file(
        file=io.BytesIO(SCORER_FILE), name="other.csv", project=project, scorer=f"{SCORER} again"
    ).scorer
    for name in ("scorers-compare", "api:scorers-compare"):
        addresses[name] += f"?split=all&scorer={judge.pk}&scorer={other.pk}"
    addresses["scorer"] += "?split=all"  # the check split of the release has no label
    addresses["lesson-descriptor"] += "?rubric=small@1&criterion=text&level=3"
    return addresses


OF_A_SLOT = [
    "assignment", "submit", "draft", "skip", "flag", "ahead", "take-up", "revise", "api:draft", "api:submit", "api:skip",
    "api:flag", "api:revision", "api:revision-draft",
]  # fmt: skip
ROLE_OF = {"ana": "annotator", "ada": "adjudicator", "eva": "expert", "lea": "manager"}


def test_every_url_is_listed_here() -> None:
    not_tried = addresses_of_people.NOT_TRIED | OF_A_TOKEN
    assert names() == OPEN | not_tried | OF_A_RUBRIC | OF_CREATORS | ANY_MEMBER | set(ROLES)


def call(client: Client, method: str, address: str) -> Any:
    answer = client.get(address) if method == "get" else getattr(client, method)(address, "{}", content_type="application/json")
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, it closes its file
    return answer


def test_a_visitor_who_has_not_signed_in_is_refused_everywhere(addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        answer = call(Client(), ROLES.get(name, ("get", set()))[0], address)
        sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
        assert sent_to_sign_in or answer.status_code in REFUSED, name


@pytest.mark.parametrize("who", ["ana", "ada", "eva", "lea", "otto", "nobody"])
def test_a_wrong_role_and_a_stranger_are_refused_everywhere(addresses: dict[str, str], who: str) -> None:
    client = Client()
    client.force_login(make_user(who, password=None))
    refused = {name for name in ROLES if call(client, ROLES[name][0], addresses[name]).status_code in REFUSED}
    assert refused == {name for name, (_method, allowed) in ROLES.items() if who not in allowed}


@pytest.mark.parametrize(
    ("who", "also", "whose"),
    [("lea", "adjudicator", "ada"), ("ana", "expert", "eva"), ("ada", "expert", "eva"), ("ada", "annotator", "ana")],
)
def test_two_roles_open_the_doors_of_both_and_no_other(addresses: dict[str, str], who: str, also: str, whose: str) -> None:
    client = Client()
    project = Project.objects.get(slug="study")
    client.force_login(make_member(project, who, ROLE_OF[who], also=[also]))
    others = {*OF_A_CASE, *OF_A_SLOT}  # what somebody else holds is theirs, whoever has the same role
    refused = {name for name in ROLES if call(client, ROLES[name][0], addresses[name]).status_code in REFUSED}
    assert refused == {
        name for name, (_method, allowed) in ROLES.items() if who not in allowed and (whose not in allowed or name in others)
    }


def test_pages_for_everybody_who_signed_in_are_served_to_a_stranger(addresses: dict[str, str]) -> None:
    client = Client()
    client.force_login(make_user("nobody"))
    answers = {name: client.get(addresses[name]).status_code for name in ANY_MEMBER - {"account_set_password"}}
    assert answers == dict.fromkeys(ANY_MEMBER - {"account_set_password"}, 200)


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ada", 200), ("eva", 200), ("lea", 200), ("nobody", 404)])
def test_a_rubric_is_for_members_of_projects_that_use_it(addresses: dict[str, str], who: str, status: int) -> None:
    client = Client()
    client.force_login(make_user(who, password=None))
    assert {client.get(addresses[name]).status_code for name in OF_A_RUBRIC} == {status}


def test_the_admin_is_for_the_staff() -> None:
    client = Client()
    client.force_login(make_user("nobody"))
    assert client.get("/admin/").status_code == 403 or client.get("/admin/")["Location"].startswith("/admin/login/")
    assert Client().get("/admin/login/").status_code == 302


def test_somebody_elses_slot_is_a_404_for_another_annotator(addresses: dict[str, str]) -> None:
    client = Client()
    client.force_login(make_member(Project.objects.get(slug="study"), "bo"))
    for name in OF_A_SLOT:
        assert call(client, ROLES[name][0], addresses[name]).status_code == 404, name
