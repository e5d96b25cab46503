"""Every URL, tried in every role: whoever has no permission is refused."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotation.flow import adjudicate, check, score
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.flow.score import concerns
from annotation.models import Annotation, Image, Job, PossibleDuplicate, Project, Task
from tests.annotation.access import addresses_of_people
from tests.factories import judged, load, make_member, make_project, make_user, png, record

pytestmark = pytest.mark.django_db

OPEN = {"account_login", "account_logout", "account_inactive", "clear_device", "csp-reports", "language"}
OPEN |= {"favicon", "healthz", "readyz"} | addresses_of_people.OPEN
OF_A_RUBRIC = {"rubrics:detail", "rubric"}  # for whoever is a member of a project that uses it
OF_A_TOKEN = {"metrics"}  # of the settings, which nobody has here: tests/annotation/views/test_metrics.py
ANY_MEMBER = {
    "home", "account_change_password", "account_set_password", "account_reauthenticate", "rubrics:list",
    "api:projects", "rubrics", "schema", "docs", "keys",
} | addresses_of_people.ANY_MEMBER  # fmt: skip
# Who may call it, and how. Everybody else is refused. Nobody takes back, calls back, reopens or comments on a case that is
# open in somebody's hands, as it is here: the tests of flow/adjudicate have who may.
ROLES: dict[str, tuple[str, set[str]]] = {
    "project": ("get", {"ana", "ada", "lea"}),
    "annotate": ("get", {"ana"}),
    "mine": ("get", {"ana"}),
    "decisions": ("get", {"ana"}),
    "flags": ("get", {"lea"}),
    "flag-settle": ("post", {"lea"}),
    "workspace": ("get", {"lea"}),
    "rules": ("get", {"lea"}),
    "members": ("get", {"lea"}),
    "training": ("get", {"lea"}),
    "send-back": ("post", {"lea"}),
    "agreement": ("get", {"lea"}),
    "annotators": ("get", {"lea"}),
    "responses": ("get", {"lea"}),
    "response": ("get", {"lea"}),
    "response-history": ("get", {"lea"}),
    "events": ("get", {"lea"}),
    "releases": ("get", {"lea"}),
    "release-new": ("get", {"lea"}),
    "release": ("get", {"lea"}),
    "release-labels": ("get", {"lea"}),
    "release-left-out": ("get", {"lea"}),
    "release-files": ("get", {"lea"}),
    "release-compare": ("get", {"lea"}),
    "release-download": ("get", {"lea"}),
    "release-retract": ("post", {"lea"}),
    "export": ("get", {"lea"}),
    "export-file": ("get", {"lea"}),
    "material": ("get", {"lea"}),
    "job": ("get", {"lea"}),
    "job-cancel": ("post", {"lea"}),
    "job-retry": ("post", {"lea"}),
    "duplicates": ("get", {"lea"}),
    "duplicate": ("post", {"lea"}),
    "duplicate-restore": ("post", {"lea"}),
    "adjudication": ("get", {"ada"}),
    "disputes": ("get", {"ada", "lea"}),
    "case-manage": ("post", {"lea"}),
    "assignment": ("get", {"ana"}),
    "submit": ("post", {"ana"}),
    "draft": ("post", {"ana"}),
    "skip": ("post", {"ana"}),
    "flag": ("post", {"ana"}),
    "ahead": ("get", {"ana"}),
    "take-up": ("post", {"ana"}),
    "revise": ("get", {"ana"}),
    "lessons": ("get", {"ada", "lea"}),
    "lesson-disputes": ("get", {"ada", "lea"}),
    "lesson-descriptor": ("get", {"lea"}),
    "case": ("get", {"ada"}),
    "case-draft": ("post", {"ada"}),
    "case-leave": ("post", {"ada"}),
    "case-take-back": ("post", set()),
    "case-call-back": ("post", set()),
    "response-call-back": ("post", {"lea"}),
    "case-reopen": ("post", set()),
    "case-comment": ("post", set()),
    "unseen": ("post", {"ada"}),
    "decide": ("post", {"ada"}),
    "image": ("get", {"ana", "ada", "lea"}),
    "scaled": ("get", {"ana", "ada", "lea"}),
    "api:claim": ("post", {"ana"}),
    "api:draft": ("put", {"ana"}),
    "api:submit": ("post", {"ana"}),
    "api:skip": ("post", {"ana"}),
    "api:flag": ("post", {"ana"}),
    "api:revision": ("post", {"ana"}),
    "api:revision-draft": ("put", {"ana"}),
    "api:agreement": ("get", {"lea"}),
    "api:paper": ("get", {"lea"}),
    "api:results": ("get", {"lea"}),
    "results": ("get", {"lea"}),
    "results-file": ("get", {"lea"}),
    "api:rules": ("patch", {"lea"}),
    "api:members": ("get", {"lea"}),
    "api:member-end": ("post", {"lea"}),
    "api:member-revoke-tokens": ("post", {"lea"}),
    "api:training": ("patch", {"lea"}),
    "api:items": ("post", {"lea"}),
    "api:releases": ("get", {"lea"}),
    "api:release": ("get", {"lea"}),
    "api:release-labels": ("get", {"lea"}),
    "api:release-left-out": ("get", {"lea"}),
    "api:release-compare": ("get", {"lea"}),
    "api:release-download": ("get", {"lea"}),
    "api:release-retract": ("post", {"lea"}),
    "api:export": ("get", {"lea"}),
    "api:scorers": ("get", {"lea"}),
    "scorers": ("get", {"lea"}),
    "scorer": ("get", {"lea"}),
    "scorers-compare": ("get", {"lea"}),
    "scorer-withdraw": ("post", {"lea"}),
    "api:scorers-compare": ("get", {"lea"}),
    "api:scorer": ("get", {"lea"}),
    "api:scorer-withdraw": ("post", {"lea"}),
    "api:events": ("get", {"lea"}),
    "api:response-history": ("get", {"lea"}),
    "api:scores": ("post", {"lea"}),
    "api:job": ("get", {"lea"}),
    "api:job-cancel": ("post", {"lea"}),
    "api:job-retry": ("post", {"lea"}),
    "api:duplicates": ("get", {"lea"}),
    "api:duplicate": ("post", {"lea"}),
    "api:lessons": ("get", {"ada", "lea"}),
    "api:adjudications": ("get", {"ada", "lea"}),
    "api:adjudicate": ("post", {"ada"}),
    "api:case": ("get", {"ada"}),
    "api:case-draft": ("put", {"ada"}),
    "api:case-skip": ("post", {"ada"}),
    "api:hand-over": ("post", {"ada"}),
    "api:take-back": ("post", {"lea"}),
    "api:call-back": ("post", {"lea"}),
    "api:response-call-back": ("post", {"lea"}),
    "api:send-back": ("post", {"ada"}),
    "api:further": ("post", {"ada"}),
    "api:unusable": ("post", {"ada"}),
    "api:reopen": ("post", {"lea"}),
    "api:confirm": ("post", {"lea"}),
    "api:comments": ("get", set()),
    "api:unseen": ("post", {"ada"}),
    "api:decide": ("post", {"ada"}),
} | addresses_of_people.ROLES
OF_A_CASE = [
    "case", "case-draft", "unseen", "decide", "case-leave", "case-take-back", "case-call-back", "case-reopen", "case-comment",
    "case-manage",
    "api:case", "api:case-draft", "api:unseen", "api:decide", "api:case-skip", "api:hand-over", "api:take-back", "api:send-back",
    "api:further", "api:unusable", "api:reopen", "api:confirm", "api:comments", "api:call-back",
]  # fmt: skip
OF_A_RELEASE = [
    "release", "release-labels", "release-left-out", "release-files", "release-compare", "release-download", "release-retract",
    "api:release", "api:release-labels", "api:release-left-out", "api:release-compare", "api:release-download",
    "api:release-retract",
]  # fmt: skip
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
    pair = PossibleDuplicate.objects.get()
    make_member(make_project(slug="elsewhere", rubrics=["small"]), "otto", "manager")
    make_user("nobody")
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
        "flag-settle": (flag.pk,), "send-back": (Annotation.objects.order_by("pk")[0].pk,),
        "duplicate": (pair.pk,), "duplicate-restore": (pair.pk,), "api:duplicate": (pair.pk,),
        "api:member-end": ("study", "uma"), "api:member-revoke-tokens": ("study", "uma"),
        "api:scorer": ("study", judge.pk), "api:scorer-withdraw": ("study", judge.pk),
        "scorer": ("study", judge.pk), "scorer-withdraw": ("study", judge.pk),
        "rubrics:detail": ("small", 1), "rubric": ("small", 1),
    }  # fmt: skip
    arguments |= addresses_of_people.arguments(project)
    arguments |= dict.fromkeys(OF_A_CASE, (case.pk,)) | dict.fromkeys(OF_A_RELEASE, ("study", 1))
    addresses = {name: reverse(name, args=arguments.get(name, ("study",) if name in ROLES else ())) for name in names() - OPEN}
    addresses["api:release-compare"] += "?with=1"
    other = check.keep_scorer_file(
        file=io.BytesIO(SCORER_FILE), name="other.csv", project=project, scorer=f"{SCORER} again"
    ).scorer
    for name in ("scorers-compare", "api:scorers-compare"):
        addresses[name] += f"?split=all&scorer={judge.pk}&scorer={other.pk}"
    addresses["scorer"] += "?split=all"  # the check split of the release has no label
    addresses["lesson-descriptor"] += "?rubric=small@1&criterion=text&level=3"
    return addresses


ROLE_OF = {"ana": "annotator", "ada": "adjudicator", "lea": "manager"}


def test_every_url_is_listed_here() -> None:
    not_tried = addresses_of_people.NOT_TRIED | OF_A_TOKEN
    assert names() == OPEN | not_tried | OF_A_RUBRIC | ANY_MEMBER | set(ROLES)


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


@pytest.mark.parametrize("who", ["ana", "ada", "lea", "otto", "nobody"])
def test_a_wrong_role_and_a_stranger_are_refused_everywhere(addresses: dict[str, str], who: str) -> None:
    client = Client()
    client.force_login(make_user(who, password=None))
    refused = {name for name in ROLES if call(client, ROLES[name][0], addresses[name]).status_code in REFUSED}
    assert refused == {name for name, (_method, allowed) in ROLES.items() if who not in allowed}


def test_pages_for_everybody_who_signed_in_are_served_to_a_stranger(addresses: dict[str, str]) -> None:
    client = Client()
    client.force_login(make_user("nobody"))
    answers = {name: client.get(addresses[name]).status_code for name in ANY_MEMBER - {"account_set_password"}}
    assert answers == dict.fromkeys(ANY_MEMBER - {"account_set_password"}, 200)


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ada", 200), ("lea", 200), ("nobody", 404)])
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
    names = ("assignment", "submit", "draft", "skip", "flag", "ahead", "take-up", "revise", "api:draft", "api:submit", "api:skip")
    for name in names:
        assert call(client, ROLES[name][0], addresses[name]).status_code == 404, name
