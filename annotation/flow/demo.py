"""Makes the demo: a study as it is after some weeks, and a pilot whose scores were loaded, made by the same functions that pages
and commands call."""

import json
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.flow import adjudicate, references, score
from annotation.flow.check import keep_scorer_file
from annotation.flow.load import load_items, load_scores
from annotation.flow.score.concerns import raise_flag
from annotation.flow.score.revise import send_back
from annotation.flow.score.submission import na_allowed
from annotation.flow.setup.projects import add_member, create_project, set_password
from annotation.flow.setup.workspace import MMIE_ERRORS
from annotation.models import Adjudication, Annotation, Assignment, Concern, Membership, Project, Query, Role, Task, User
from rubrics import versioning, yaml

SLUG, PILOT_SLUG = "demo", "demo-pilot"
PILOT_SCORERS = ("near", "lenient")
JUDGED_EACH = 16  # of 18 slots per annotator: some responses are still open
ERRORS = [key for key, _title, _description in MMIE_ERRORS]
Key = tuple[str, str]  # the query's id, the system


def people(annotators: list[str]) -> list[tuple[str, Role]]:
    few = [("lea", Role.MANAGER), ("ada", Role.ADJUDICATOR), ("eva", Role.EXPERT)]
    return [*few, *((name, Role.ANNOTATOR) for name in annotators)]


def load_demo(*, folder: Path, password: str) -> tuple[Project, list[Membership]]:
    """Make the demo project and its pilot from the folder's rubrics/ and demo/, or leave each as it is where it exists.

    Returns the project with its members.
    """
    project = Project.objects.filter(slug=SLUG).first() or make_demo(folder, password)
    if not Project.objects.filter(slug=PILOT_SLUG).exists():
        make_pilot(folder)
    return project, list(Membership.objects.in_project(project).select_related("user").order_by("-role", "user__username"))


@transaction.atomic
def make_demo(folder: Path, password: str) -> Project:
    study = json.loads((folder / "demo" / "judgements.json").read_text(encoding="utf-8"))
    rubrics = [versioning.load(content=yaml.read(path))[0].name for path in sorted((folder / "rubrics").glob("mmie-*.yaml"))]
    project = create_project(slug=SLUG, rubrics=rubrics, title=_("Demo: nine queries, four systems"), seed=study["seed"])
    load_items(path=folder / "demo" / "items.json", project=project)
    for name, role in people(list(study["annotators"])):
        membership = add_member(username=name, project=project, role=role, create=True)
        set_password(user=membership.user, password=password)
    User.objects.filter(username="lea").update(is_staff=True, is_superuser=True)
    write_references(folder / "demo", project)
    truth = {(response["id"], response["model"]): response for response in study["responses"]}
    judge_all(project, study, truth)
    flag_and_send_back(project)
    decide_half(project, truth)
    keep_scorer(folder / "demo" / "scorer.json", project, "internvl-2-4b")
    return project


@transaction.atomic
def make_pilot(folder: Path) -> None:
    """Enough queries for intervals: fixtures/demo/pilot.py says what there is to find. Its annotators cannot sign in."""
    title = _("Demo: a pilot, generated")
    project = create_project(slug=PILOT_SLUG, rubrics=["mmie-msr"], title=title)
    lea = User.objects.get(username="lea")
    add_member(username=lea.username, project=project, role=Role.MANAGER)
    load_items(path=folder / "demo" / "pilot.json", project=project, by=lea)
    load_scores(path=folder / "demo" / "pilot.csv", project=project, by=lea)
    for name in PILOT_SCORERS:
        keep_scorer(folder / "demo" / f"scorer-{name}.csv", project, name)


def keep_scorer(path: Path, project: Project, name: str) -> None:
    with path.open("rb") as file:
        keep_scorer_file(file=file, name=path.name, project=project, scorer=name, by=User.objects.get(username="lea"))


def write_references(folder: Path, project: Project) -> None:
    """The expert writes reference answers, of which the manager approves some."""
    expert = User.objects.get(username="eva")
    for answer in json.loads((folder / "references.json").read_text(encoding="utf-8")):
        revision = references.write_answer(
            query=Query.objects.select_related("project").get(project=project, external_id=answer["id"]),
            level=answer["level"],
            blocks=answer["blocks"],
            profile=answer["profile"],
            images={block["image"]: (folder / block["image"]).read_bytes() for block in answer["blocks"] if block["image"]},
            by=expert,
        )
        if answer["approved_by"]:
            references.approve(revision=revision, by=User.objects.get(username=answer["approved_by"]))


def judge_all(project: Project, study: dict[str, Any], truth: dict[Key, Any]) -> None:
    """The annotators take turns, after one of them has skipped a response."""
    annotators = list(User.objects.filter(username__in=study["annotators"]).order_by("username"))
    skipper = annotators[-1]
    slot = score.claim(project=project, by=skipper)
    assert slot is not None
    score.skip(assignment=slot.pk, by=skipper, reason=_("I wrote the lesson that this query is taken from."))
    for _round in range(JUDGED_EACH):
        for annotator in annotators:
            if slot := score.claim(project=project, by=annotator):
                slot = score.own_assignment(slot.pk, annotator)
                severity, noise = study["annotators"][annotator.username]
                random = Random(f"{study['seed']}:{annotator.username}:{slot.task.response}")
                body = judgement(slot, truth[key_of(slot.task)], severity, noise, random)
                score.submit(assignment=slot.pk, by=annotator, body=body)


def flag_and_send_back(project: Project) -> None:
    """One annotator flags a response for the manager, and the manager sends another annotation back."""
    annotations = Annotation.objects.filter(task__project=project).select_related("annotator", "assignment").order_by("pk")
    flagged, returned = annotations[1], annotations[0]
    lea = User.objects.get(username="lea")
    note = _("Step 3 can be read in two ways: is the oven on or off?")
    raise_flag(assignment=flagged.assignment.pk, by=flagged.annotator, kind=Concern.UNCLEAR_QUERY, note=note)
    send_back(annotation=returned, by=lea, note=_("Please look at the second image again: is it of the same place?"))


def judgement(slot: Assignment, truth: dict[str, Any], severity: float, noise: float, random: Random) -> dict[str, Any]:
    """The body of a submission: the response's quality, shifted by the annotator's severity, by a mood and by chance."""
    rated = [criterion for criterion in slot.task.rubric.criteria.all() if criterion.is_rated]
    allowed = na_allowed(slot.task)
    mood = random.gauss(0, noise / 2)
    scores: dict[str, Any] = {}
    for criterion, quality in zip(rated, truth["quality"], strict=True):
        unsure = quality is None or (quality < 2 and random.random() < 0.4)
        if criterion.key in allowed and unsure:
            scores[criterion.key] = "na"
        else:
            value = round((quality or 1) + severity + mood + random.gauss(0, noise))
            scores[criterion.key] = min(6, max(1, value))
    feedback = truth["feedback"]
    low = any(score != "na" and score <= 2 for score in scores.values())
    errors = random.sample(ERRORS, random.choice((1, 1, 2))) if low else []
    return {
        "scores": scores,
        "penalties": [key for key in truth["penalty"] if random.random() < 0.75],
        "feedback": feedback[slot.number - 1] if slot.number <= len(feedback) else "",
        "active_seconds": random.randint(60, 240),
        "errors": [{"type": key, "block": None} for key in errors],
    }


def key_of(task: Task) -> Key:
    return task.response.query.external_id, task.response.system


def decide_half(project: Project, truth: dict[Key, Any]) -> None:
    """The adjudicator settles the first half of the queue; the other half waits."""
    adjudicator = User.objects.get(username="ada")
    for _case in range(adjudicate.waiting_count(project, adjudicator) // 2):
        review = adjudicate.claim(project=project, by=adjudicator)
        assert review is not None
        case = review.adjudication
        response = truth[key_of(case.task)]
        answers = {decision.criterion.key: own_answer(case, decision.criterion, response) for decision in case.decisions.all()}
        adjudicate.score_blind(case=case.pk, by=adjudicator, answers=answers)
        decisions = {
            key: {"score": answer, "cause": response["cause"], "reason": response["reason"]} for key, answer in answers.items()
        }
        adjudicate.decide(case=case.pk, by=adjudicator, decisions=decisions)


def own_answer(case: Adjudication, criterion: Any, truth: dict[str, Any]) -> Any:
    if not criterion.is_rated:
        return criterion.key in truth["penalty"]
    quality = truth["quality"][criterion.place]
    if quality is None:
        return "na" if criterion.key in na_allowed(case.task) else 1
    return min(6, max(1, round(quality)))
