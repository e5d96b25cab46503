"""The table of cases in fixtures/labels, and projects in which everything that it says has happened."""

from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from annotation.flow import adjudicate, score
from annotation.flow.score import revise
from annotation.models import Adjudication, Assignment, Project, Rules, Task, User
from tests.factories import claim_task, criterion, judged, make_member, make_project, make_rubric, penalty

TABLE = Path("fixtures/labels/cases.yaml")
NAMES = ("ana", "bo", "chen", "dan", "eve")
EMPTY = {"text": "na", "images": "na", "harm": False, "overall": None}


def read_table() -> list[dict[str, Any]]:
    return list(yaml.safe_load(TABLE.read_text()))


def groups() -> list[Any]:
    """The cases that can be of one project: of as many annotators, under the same rules and rubric."""
    cases = sorted(read_table(), key=group)
    return [(name, list(of_group)) for name, of_group in groupby(cases, key=group)]


def group(case: dict[str, Any]) -> str:
    rules = [f"{name}={value}" for name, value in sorted(case.get("rules", {}).items())]
    return " ".join([str(len(case["ratings"])), case.get("method", "weighted_mean"), *rules])


def judgement(ratings: Any) -> dict[str, Any]:
    """The body of a submission."""
    content = EMPTY | (ratings if isinstance(ratings, dict) else {"text": ratings})
    overall = {} if content["overall"] is None else {"overall": content["overall"]}
    penalties = ["harm"] if content["harm"] else []
    return {"scores": {key: content[key] for key in ("text", "images")}, "penalties": penalties} | overall


def fraction(value: Any) -> Fraction | None:
    return None if value in (None, "na") else Fraction(value)


class World:
    """A project in which the cases of a group have happened, by the application's own steps."""

    def __init__(self, cases: list[dict[str, Any]]) -> None:
        one = cases[0]
        method, names = one.get("method", "weighted_mean"), NAMES[: len(one["ratings"])]
        criteria = [criterion(key="text", na="allowed"), criterion(key="images", na="allowed"), penalty()]
        rubric = make_rubric(criteria=criteria, overall={"method": method, "min": 0, "max": 6})
        project = make_project(rubrics=[rubric.name], overlap=len(names))
        Rules.objects.filter(project=project).update(undisputed_share=0, **one.get("rules", {}))
        self.project = Project.objects.get(pk=project.pk)
        self.ada = make_member(project, "ada", "adjudicator")
        self.lea = make_member(project, "lea", "manager")
        self.fay = make_member(project, "fay")
        self.annotators = [make_member(project, name) for name in names]
        self.tasks = judged(project, [[None] * len(names)] * len(cases), names)
        for task, case in zip(self.tasks, cases, strict=True):
            self.judge(task, case["ratings"])
            for step in case.get("then", ()):
                for name, value in step.items():
                    getattr(self, name)(task, value)

    def judge(self, task: Task, ratings: list[Any]) -> None:
        for user, said in zip(self.annotators, ratings, strict=True):
            if said is not None:
                self.submit(task, user, said)

    def submit(self, task: Task, user: User, said: Any) -> None:
        score.submit(assignment=claim_task(task, user).pk, by=user, body=judgement(said))

    def revise(self, task: Task, value: list[Any]) -> None:
        place, said = value
        user = self.annotators[place]
        slot = Assignment.objects.get(task=task, annotator=user)
        revise.revise(assignment=slot.pk, by=user, body=judgement(said))

    def claimed(self, task: Task) -> int:
        review = adjudicate.claim(project=self.project, by=self.ada, task=task.pk)
        assert review, f"{task} waits for nobody"
        return int(review.adjudication_id)

    def blind(self, task: Task) -> int:
        """Scored blind, where the adjudicator has not seen the response's scores before."""
        case = self.claimed(task)
        review = adjudicate.own_review(case, self.ada)
        if not review.revealed_at:
            asked = review.adjudication.decisions.all()
            answers = {item.criterion.key: 3 if item.criterion.is_rated else False for item in asked}
            adjudicate.score_blind(case=case, by=self.ada, answers=answers)
        return case

    def decide(self, task: Task, answers: dict[str, Any]) -> None:
        decisions = {key: {"score": answer, "cause": "slip", "reason": "a slip"} for key, answer in answers.items()}
        adjudicate.decide(case=self.blind(task), by=self.ada, decisions=decisions)

    def unusable(self, task: Task, reason: str) -> None:
        adjudicate.mark_unusable(case=self.claimed(task), by=self.ada, reason=reason)

    def reopen(self, task: Task, reason: str) -> None:
        adjudicate.reopen(case=self.ended(task), by=self.lea, reason=reason)

    def confirm(self, task: Task, _value: bool) -> None:
        adjudicate.confirm(case=self.ended(task), by=self.lea)

    def ended(self, task: Task) -> int:
        return Adjudication.objects.standing().get(task=task).pk

    def further(self, task: Task, said: Any) -> None:
        adjudicate.ask_further(case=self.blind(task), by=self.ada)
        self.submit(task, self.fay, said)


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What a label says of the case, with what the table leaves out."""
    told = {"left_out": case.get("left_out", ""), "changed": case.get("changed", False), "revised": case.get("revised", False)}
    if told["left_out"]:
        return told | {"overall": None, "how": None, "criteria": None}
    text, images = fraction(case["label"]), fraction(case.get("images"))
    overall = Fraction(case.get("overall", case["label"]))
    criteria = {"text": text, "images": images, "harm": case.get("harm", False)}
    return told | {"overall": overall, "how": case["how"], "criteria": criteria}
