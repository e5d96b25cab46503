"""Studies in which everything happens that a label depends on, and what the rule says of one task at a time."""

from fractions import Fraction
from statistics import median
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from annotation.models import (
    Adjudication,
    Annotation,
    Assignment,
    CaseReview,
    Decision,
    Query,
    Response,
    Revision,
    Score,
    Task,
    User,
)
from rubrics.models import Criterion
from tests.factories import criterion, make_project, make_rubric, make_user, penalty

METHODS = ("weighted_mean", "sum", "holistic")
ANSWER = st.integers(1, 6) | st.just("na")
SAID = st.fixed_dictionaries(
    {"text": ANSWER, "images": ANSWER, "harm": st.booleans(), "holistic": st.none() | st.integers(0, 6)}
)  # of the overall given directly, there is none where the rubric does not ask for it
SLOT = SAID | st.sampled_from(["open", "withdrawn"])
DECISIONS = st.fixed_dictionaries({}, optional={"text": ANSWER, "images": ANSWER, "harm": st.booleans()})
TASK = st.fixed_dictionaries(
    {
        "slots": st.lists(SAID | SLOT, max_size=3),
        "after_dispute": st.none() | SAID,
        "kind": st.sampled_from(["study", "study", "study", "anchor"]),
        "dropped": st.sampled_from([False, False, False, True]),
        "decided": st.lists(DECISIONS, max_size=2),
        "undecided": st.none() | DECISIONS,
    }
)
RULE = st.fixed_dictionaries({"pair_gap": st.integers(1, 3), "group_range": st.integers(1, 4)})


def said(text: Any, images: Any = "na", *, harm: bool = False, holistic: int | None = None) -> dict[str, Any]:
    return {"text": text, "images": images, "harm": harm, "holistic": holistic}


def task(*slots: Any, decided: Any = (), undecided: Any = None) -> dict[str, Any]:
    return {
        "slots": slots, "after_dispute": None, "kind": "study", "dropped": False, "decided": decided, "undecided": undecided
    }  # fmt: skip


EVERY_CASE = [
    task(said(4), said(4), "open"),
    task(said(4), said(5)),
    task(said(1), said(3)),
    task(said(2), said(4)),
    task(said(1), said(2), said(3)),
    task(said("na"), said("na")),
    task(said(4), said("na")),
    task(said(4, harm=True), said(4)),
    task(said(1), said(6), decided=[{"text": 3}]),
    task(said(1), said(6), decided=[{"text": 3}, {"text": "na"}]),
    task(said(1, 1), said(6, 6), decided=[{"images": 3}]),
    task(said(1), said(6), undecided={"text": 3}),
    task(said(1, harm=True), said(6), decided=[{"text": 3, "harm": False}]),
    task(said(4, holistic=3), said(4)),
]


class Study:
    """A project whose tasks each example makes anew, as rows, which is fast."""

    def __init__(self, method: str) -> None:
        criteria = [criterion(key="text", na="allowed"), criterion(key="images", na="allowed"), penalty()]
        rubric = make_rubric(slug=method.replace("_", "-"), criteria=criteria, overall={"method": method, "min": 0, "max": 6})
        self.project = make_project(slug=rubric.slug, rubrics=[rubric.name])
        self.rubric = rubric
        self.criteria = {item.key: item for item in Criterion.objects.filter(rubric=rubric)}
        self.levels = {(item.key, level.value): level for item in self.criteria.values() for level in item.levels.all()}
        self.people = [make_user(name, password=None) for name in ("ana", "bo", "chen", "dan", "ada")]
        self.now = timezone.now()

    def fill(self, tasks: list[dict[str, Any]]) -> None:
        for number, content in enumerate(tasks):
            dropped = {"dropped_at": self.now, "dropped_by": self.people[0]} if content["dropped"] else {}
            query = Query.objects.create(project=self.project, external_id=f"{number}", category="c", blocks=[], **dropped)
            response = Response.objects.create(query=query, system="s", blocks=[])
            made = Task.objects.create(project=self.project, response=response, rubric=self.rubric, kind=content["kind"])
            slots = [(slot, "initial") for slot in content["slots"]]
            if content["after_dispute"]:
                slots.append((content["after_dispute"], "after_dispute"))
            for place, (slot, reason) in enumerate(slots):
                self.judge(made, 10 * number + place + 1, slot, reason, self.people[place])
            adjudications = [(answers, self.now) for answers in content["decided"]]
            if content["undecided"]:
                adjudications.append((content["undecided"], None))
            for place, (answers, decided_at) in enumerate(adjudications, start=1):
                self.decide(made, place, answers, decided_at)

    def judge(self, made: Task, position: int, slot: Any, reason: str, who: User) -> None:
        place: dict[str, Any] = {"task": made, "number": position, "reason": reason, "project": self.project}
        place |= {"category": "c", "system": "s", "position": position}
        if isinstance(slot, str):
            Assignment.objects.create(**place, withdrawn_at=self.now if slot == "withdrawn" else None)
            return
        assignment = Assignment.objects.create(**place, annotator=who, claimed_at=self.now, submitted_at=self.now)
        annotation = Annotation.objects.create(task=made, annotator=who, assignment=assignment)
        holistic = slot["holistic"] if self.rubric.overall_method == "holistic" else None
        revision = Revision.objects.create(annotation=annotation, number=1, submitted_at=self.now, holistic=holistic)
        scores = [
            Score(
                revision=revision,
                criterion=self.criteria[key],
                level=self.levels.get((key, slot[key])),
                not_applicable=slot[key] == "na",
            )
            for key in ("text", "images")
        ]
        scores += [Score(revision=revision, criterion=self.criteria["harm"])] if slot["harm"] else []
        Score.objects.bulk_create(scores)

    def decide(self, made: Task, number: int, answers: dict[str, Any], decided_at: Any) -> None:
        adjudication = Adjudication.objects.create(task=made, round=number, started_at=self.now)
        if decided_at:
            CaseReview.objects.create(
                adjudication=adjudication,
                project=self.project,
                adjudicator=self.people[4],
                claimed_at=self.now,
                blind_at=decided_at,
                revealed_at=decided_at,
                ended_at=decided_at,
                ending="decided",
            )
            Adjudication.objects.filter(pk=adjudication.pk).update(
                outcome="decided", decided_by=self.people[4], decided_at=decided_at
            )
        for key, answer in answers.items():
            level = self.levels.get((key, answer))
            given = answer if key == "harm" else None
            final = {"level": level, "na": answer == "na", "given": given, "cause": "slip"} if decided_at else {}
            Decision.objects.create(adjudication=adjudication, criterion=self.criteria[key], disputed=True, **final)


def label_by_hand(content: dict[str, Any], method: str, rule: dict[str, int]) -> tuple[str, Fraction | None, dict[str, Any]]:
    """Why there is no label, the overall, and per criterion its value (a penalty: whether it applies) and how it came about."""
    slots = [slot for slot in content["slots"] if slot != "withdrawn"]
    if not slots or "open" in slots:
        return "not_judged", None, {}
    decided = {key: answer for answers in content["decided"] for key, answer in answers.items()}
    answers = {key: [slot[key] for slot in slots] for key in ("text", "images", "harm")}
    if any(is_disputed(answers[key], rule) for key in set(answers) - set(decided)):
        return "disputed", None, {}
    values = {key: decided[key] if key in decided else all_agree(answers[key]) for key in answers}
    hows = {key: "adjudicated" if key in decided else "agreed" for key in answers}
    criteria = {key: (None if values[key] == "na" else values[key], hows[key]) for key in answers}
    rated = [Fraction(values[key]) for key in ("text", "images") if values[key] != "na"]
    if method == "holistic":
        given = [slot["holistic"] for slot in slots if slot["holistic"] is not None]
        overall = all_agree(given) if given else "na"
    else:
        overall = sum(rated) / (len(rated) if method == "weighted_mean" else 1) if rated else "na"
    if overall == "na":
        return "not_applicable", None, criteria
    return "", max(Fraction(0), min(Fraction(6), overall - values["harm"])), criteria


def is_disputed(answers: list[Any], rule: dict[str, int]) -> bool:
    levels = [answer for answer in answers if answer != "na"]
    if answers and isinstance(answers[0], bool):
        return len(set(answers)) > 1
    if len(levels) < len(answers):
        return bool(levels)
    return len(levels) > 1 and max(levels) - min(levels) >= rule["pair_gap" if len(levels) == 2 else "group_range"]


def all_agree(answers: list[Any]) -> Any:
    """The mean within 1, else the median; "na" where none found it applicable; of a penalty whether they gave it."""
    levels = [Fraction(answer) for answer in answers if answer != "na"]
    if answers and isinstance(answers[0], bool):
        return answers[0]
    if not levels:
        return "na"
    return sum(levels) / len(levels) if max(levels) - min(levels) <= 1 else median(levels)
