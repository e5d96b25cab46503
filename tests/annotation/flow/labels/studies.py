"""Studies in which everything happens that a label depends on, and what the rule says of one task at a time."""

from datetime import datetime, timedelta
from fractions import Fraction
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
    Reopening,
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
# the first judgements are of minute 0; round n ends at minute 10 * n
ROUND = st.fixed_dictionaries(
    {
        "answers": DECISIONS,
        "outcome": st.sampled_from(["decided", "decided", "unusable"]),
        "reopened": st.booleans(),
        "second": st.sampled_from([False, False, True]),
        "confirmed": st.sampled_from([None, None, 30]),
    }
)
TASK = st.fixed_dictionaries(
    {
        "slots": st.lists(SAID | SLOT, max_size=3),
        "revised": st.dictionaries(st.integers(0, 2), st.tuples(st.sampled_from([5, 15, 25, 35]), SAID), max_size=2),
        "after_dispute": st.none() | st.tuples(st.sampled_from([2, 12]), SAID),
        "kind": st.sampled_from(["study", "study", "study", "anchor"]),
        "dropped": st.sampled_from([False, False, False, True]),
        "rounds": st.lists(ROUND, max_size=2),
        "undecided": st.none() | DECISIONS,
    }
)
RULES = st.fixed_dictionaries(
    {
        "pair_gap": st.integers(1, 3),
        "group_range": st.integers(1, 4),
        "penalties": st.booleans(),
        "applicability": st.booleans(),
        "holistic": st.booleans(),
        "cut_off": st.none() | st.integers(2, 6),
        "labels_from": st.sampled_from(["newest", "newest", "first"]),
    }
)
DEFAULT = {
    "pair_gap": 2, "group_range": 3, "penalties": True, "applicability": True, "holistic": True, "cut_off": None,
    "labels_from": "newest",
}  # fmt: skip


def said(text: Any, images: Any = "na", *, harm: bool = False, holistic: int | None = None) -> dict[str, Any]:
    return {"text": text, "images": images, "harm": harm, "holistic": holistic}


def decided(
    outcome: str = "decided", *, reopened: bool = False, second: bool = False, confirmed: int | None = None, **answers: Any
) -> dict[str, Any]:
    return {"answers": answers, "outcome": outcome, "reopened": reopened, "second": second, "confirmed": confirmed}


def task(*slots: Any, **more: Any) -> dict[str, Any]:
    empty = {"revised": {}, "after_dispute": None, "kind": "study", "dropped": False, "rounds": (), "undecided": None}
    return {"slots": slots} | empty | more


EVERY_CASE = [
    task(said(4), said(4), "open"),
    task(said(4), said(5)),
    task(said(1), said(3)),
    task(said(2), said(4)),
    task(said(1), said(2), said(3)),
    task(said("na"), said("na")),
    task(said(4), said("na")),
    task(said(4, harm=True), said(4)),
    task(said(1), said(6), rounds=[decided(text=3)]),
    task(said(1), said(6), rounds=[decided(text=3), decided(text="na")]),
    task(said(1, 1), said(6, 6), rounds=[decided(images=3)]),
    task(said(1), said(6), undecided={"text": 3}),
    task(said(1, harm=True), said(6), rounds=[decided(text=3, harm=False)]),
    task(said(4, holistic=3), said(4)),
    task(said(4, holistic=1), said(4, holistic=6)),
    task(said(4), said(4), rounds=[decided("unusable")]),
    task(said(4), said(4), rounds=[decided(text=3, reopened=True)]),
    task(said(1), said(6), rounds=[decided(text=3, second=True)]),
    task(said(1), said(6), revised={0: (5, said(5))}),
    task(said(1, 1), said(6, 1), revised={0: (15, said(1, 3))}, rounds=[decided(text=3)]),
    task(said(1, 1), said(6, 1), revised={0: (15, said(1, 2))}, rounds=[decided(text=3, confirmed=30)]),
    task(said(1), said(3), after_dispute=(2, said(2))),
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

    def at(self, minute: int) -> datetime:
        return self.now + timedelta(minutes=minute)

    def fill(self, tasks: list[dict[str, Any]]) -> None:
        for number, content in enumerate(tasks):
            dropped = {"dropped_at": self.now, "dropped_by": self.people[0]} if content["dropped"] else {}
            query = Query.objects.create(project=self.project, external_id=f"{number}", category="c", blocks=[], **dropped)
            response = Response.objects.create(query=query, system="s", blocks=[])
            made = Task.objects.create(project=self.project, response=response, rubric=self.rubric, kind=content["kind"])
            slots = [(0, slot, "initial") for slot in content["slots"]]
            if content["after_dispute"]:
                slots.append((*content["after_dispute"], "after_dispute"))
            for place, (minute, slot, reason) in enumerate(slots):
                annotation = self.judge(made, 10 * number + place + 1, minute, slot, reason, self.people[place])
                if annotation and reason == "initial" and place in content["revised"]:
                    self.revise(annotation, 2, *content["revised"][place])
            for place, ended in enumerate(content["rounds"], start=1):
                self.decide(made, place, ended)
            if content["undecided"]:
                adjudication = Adjudication.objects.create(task=made, round=len(content["rounds"]) + 1, started_at=self.now)
                self.answer(adjudication, content["undecided"], {})

    def judge(self, made: Task, position: int, minute: int, slot: Any, reason: str, who: User) -> Annotation | None:
        place: dict[str, Any] = {"task": made, "number": position, "reason": reason, "project": self.project}
        place |= {"category": "c", "system": "s", "position": position}
        if isinstance(slot, str):
            Assignment.objects.create(**place, withdrawn_at=self.now if slot == "withdrawn" else None)
            return None
        assignment = Assignment.objects.create(**place, annotator=who, claimed_at=self.now, submitted_at=self.at(minute))
        annotation = Annotation.objects.create(task=made, annotator=who, assignment=assignment)
        self.revise(annotation, 1, minute, slot)
        return annotation

    def revise(self, annotation: Annotation, number: int, minute: int, slot: Any) -> None:
        holistic = slot["holistic"] if self.rubric.overall_method == "holistic" else None
        revision = Revision.objects.create(annotation=annotation, number=number, submitted_at=self.at(minute), holistic=holistic)
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

    def decide(self, made: Task, number: int, ended: dict[str, Any]) -> None:
        ada, at, outcome = self.people[4], self.at(10 * number), ended["outcome"]
        adjudication = Adjudication.objects.create(task=made, round=number, second=ended["second"], started_at=self.now)
        CaseReview.objects.create(
            adjudication=adjudication,
            project=self.project,
            adjudicator=ada,
            claimed_at=self.now,
            blind_at=at,
            revealed_at=at,
            ended_at=at,
            ending=outcome,
        )
        confirmed = None if ended["confirmed"] is None else self.at(ended["confirmed"])
        Adjudication.objects.filter(pk=adjudication.pk).update(
            outcome=outcome, decided_by=ada, decided_at=at, reason="broken", confirmed_at=confirmed
        )
        self.answer(adjudication, ended["answers"], {"cause": "slip"} if outcome == "decided" else {})
        if ended["reopened"]:
            Reopening.objects.create(adjudication=adjudication, by=ada, at=at, reason="wrong")

    def answer(self, adjudication: Adjudication, answers: dict[str, Any], final: dict[str, Any]) -> None:
        """What is asked; with the answers where they are final."""
        for key, answer in answers.items():
            given = answer if key == "harm" else None
            answered = {"level": self.levels.get((key, answer)), "na": answer == "na", "given": given} if final else {}
            Decision.objects.create(adjudication=adjudication, criterion=self.criteria[key], disputed=True, **answered, **final)


def label_by_hand(content: dict[str, Any], method: str, rule: dict[str, Any]) -> dict[str, Any]:
    """Of one response: `left_out`, `overall`, `changed`, `revised` and per criterion its value (a penalty: whether it applies)
    and how it came about."""
    rounds = [(10 * number, ended) for number, ended in enumerate(content["rounds"], start=1) if not ended["second"]]
    standing = [(at, ended) for at, ended in rounds if not ended["reopened"]]
    until = max((ended["confirmed"] or at for at, ended in standing), default=1000)
    slots = [slot for slot in content["slots"] if slot != "withdrawn"]
    judgements = [[(0, slot)] for slot in content["slots"] if not isinstance(slot, str)]
    places = [place for place, slot in enumerate(content["slots"]) if not isinstance(slot, str)]
    for place, revision in content["revised"].items():
        if place in places and rule["labels_from"] == "newest":
            judgements[places.index(place)].append(revision)
    judgements += [[content["after_dispute"]]] if content["after_dispute"] else []
    in_time = [[(at, slot) for at, slot in each if at <= until] for each in judgements]
    taken = [each[-1][1] for each in in_time if each]
    result = {"left_out": "", "overall": None, "changed": in_time != judgements, "revised": False, "criteria": {}}
    levels = {key: answer for _at, ended in standing if ended["outcome"] == "decided" for key, answer in ended["answers"].items()}
    newest = rounds[-1][1] if rounds else None
    if newest and newest["outcome"] == "unusable" and not newest["reopened"]:
        return result | {"left_out": "unusable"}
    if not slots or "open" in slots:
        return result | {"left_out": "not_judged"}
    answers = {key: [slot[key] for slot in taken] for key in ("text", "images", "harm")}
    overalls = [slot["holistic"] for slot in taken if slot["holistic"] is not None]
    settled = {"text", "images"} <= set(levels)
    if (
        (newest and newest["reopened"])
        or any(is_disputed(answers[key], rule) for key in set(answers) - set(levels))
        or (method == "holistic" and rule["holistic"] and far_apart(overalls, rule) and not settled)
    ):
        return result | {"left_out": "disputed"}
    values = {key: levels[key] if key in levels else all_agree(answers[key]) for key in answers}
    hows = {key: "adjudicated" if key in levels else "agreed" for key in answers}
    result["criteria"] = {key: (None if values[key] == "na" else values[key], hows[key]) for key in answers}
    rated = [Fraction(values[key]) for key in ("text", "images") if values[key] != "na"]
    if method == "holistic":
        overall = all_agree(overalls)
    else:
        overall = sum(rated) / (len(rated) if method == "weighted_mean" else 1) if rated else "na"
    if overall == "na":
        return result | {"left_out": "not_applicable"}
    result["overall"] = max(Fraction(0), min(Fraction(6), overall - values["harm"]))
    result["revised"] = "agreed" in hows.values() and any(len(each) > 1 for each in in_time)
    return result


def is_disputed(answers: list[Any], rule: dict[str, Any]) -> bool:
    levels = [answer for answer in answers if answer != "na"]
    if answers and isinstance(answers[0], bool):
        return rule["penalties"] and len(set(answers)) > 1
    return far_apart(levels, rule) or (rule["applicability"] and 0 < len(levels) < len(answers))


def far_apart(levels: list[int], rule: dict[str, Any]) -> bool:
    if len(levels) < 2:
        return False
    if rule["cut_off"] and min(levels) < rule["cut_off"] <= max(levels):
        return True
    return max(levels) - min(levels) >= rule["pair_gap" if len(levels) == 2 else "group_range"]


def all_agree(answers: list[Any]) -> Any:
    """The mean; "na" where none found it applicable; of a penalty whether more than half gave it."""
    if answers and isinstance(answers[0], bool):
        return sum(answers) > len(answers) / 2
    levels = [Fraction(answer) for answer in answers if answer != "na"]
    return sum(levels) / len(levels) if levels else "na"
