"""The rows of the tables: every rating, remark and decision of a study, read for some responses at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F

from annotation.exporters import Answer, DecisionRecord, RatingSheet, RemarkRecord
from annotation.flow.labels import OVERALL
from annotation.flow.tables.study import Head, StudyTables
from annotation.models import Adjudication, Assignment, BlindScore, Decision, ErrorMark, Note, Revision, Score
from annotation.sql.days import Ordinal
from annotation.sql.rows import raw_rows

ANNOTATOR, AFTER_DISPUTE, ADJUDICATOR = "annotator", "after_dispute", "adjudicator"

Scores = dict[int, tuple[int | None, int | None]]


class Column(NamedTuple):
    """A criterion: what is asked of it for each rating."""

    pk: int
    key: str
    is_rated: bool


class Judgement(NamedTuple):
    """A revision, without its scores."""

    pk: int
    person: str
    number: int
    role: str
    feedback: str
    holistic: int | None
    active_seconds: int
    at: str


def rating_sheets(study: StudyTables) -> Iterator[RatingSheet]:
    """By response, person and revision, the decisions that stand last; answers in the order of the rubric."""
    content = {name: list(rubric.criteria.all()) for name, rubric in study.rubrics.items()}
    criteria = {name: [Column(item.pk, item.key, item.is_rated) for item in items] for name, items in content.items()}
    levels = {level.pk: level.value for items in content.values() for item in items for level in item.levels.all()}
    for heads in study.batches():
        judgements = judgements_of(study, heads)
        scores = scores_of(study, heads, levels)  # after the judgements, so that none is without its scores
        decisions = decided_by(study, {task: head for task, head in heads.items() if task in study.decided})
        for task, head in heads.items():
            for judgement in judgements[task]:
                answers = answers_of(criteria[head.rubric], judgement, scores[judgement.pk])
                first = judgement.number == 1 and judgement.pk not in study.informed
                yield sheet_of(head, judgement, answers, first=first)
            yield from decisions[task]


def judgements_of(study: StudyTables, heads: Iterable[int]) -> defaultdict[int, list[Judgement]]:
    """Per task, sorted by person and number."""
    rows = Revision.objects.filter(annotation__task__in=heads, annotation__annotator__in=study.called).order_by()
    columns = ("annotation__task", "annotation__annotator", "annotation__assignment__reason")
    time = "submitted_at" if study.times else Ordinal("submitted_at")
    of_task: defaultdict[int, list[Judgement]] = defaultdict(list)
    stored = rows.values_list(*columns, time, "pk", "number", "feedback", "holistic", "active_seconds")
    for task, annotator, reason, at, pk, number, feedback, holistic, seconds in stored.iterator():
        role = ANNOTATOR if reason in Assignment.INDEPENDENT else AFTER_DISPUTE
        written = as_written(at, study) if study.times else date.fromordinal(at).isoformat()
        of_task[task].append(Judgement(pk, study.called[annotator], number, role, feedback, holistic, seconds, written))
    for judgements in of_task.values():
        judgements.sort(key=lambda judgement: (judgement.person, judgement.number))
    return of_task


def scores_of(study: StudyTables, heads: Iterable[int], levels: Mapping[int, int]) -> defaultdict[int, Scores]:
    """Per revision and criterion: level (None: not applicable, or a penalty) and confidence. `levels` has values by key."""
    revisions = Revision.objects.filter(annotation__task__in=heads, annotation__annotator__in=study.called).order_by()
    rows = Score.objects.filter(revision__in=revisions.values("pk")).order_by()
    scores: defaultdict[int, Scores] = defaultdict(dict)
    for revision, criterion, level, confidence in raw_rows(rows.values_list("revision", "criterion", "level", "confidence")):
        scores[revision][criterion] = (levels[level] if level else None, confidence)
    return scores


def sheet_of(head: Head, judgement: Judgement, answers: list[Answer], *, first: bool) -> RatingSheet:
    """`first`: nobody had shown others' scores of the response to the annotator."""
    _pk, person, number, role, feedback, _holistic, seconds, at = judgement
    return RatingSheet(*head.cells, person, number, int(first), role, feedback, seconds, at, answers)


def answers_of(criteria: Iterable[Column], judgement: Judgement, scores: Scores) -> list[Answer]:
    """A penalty that has no row does not apply."""
    answers: list[Answer] = []
    for pk, key, is_rated in criteria:
        if pk in scores:
            level, confidence = scores[pk]
            answers.append((key, level if is_rated else 1, confidence))
        elif not is_rated:
            answers.append((key, 0, None))
    if judgement.holistic is not None:
        answers.append((OVERALL, judgement.holistic, None))
    return answers


def decided_by(study: StudyTables, heads: dict[int, Head]) -> defaultdict[int, list[RatingSheet]]:
    """Per task, the decisions that stand, as the ratings of their adjudicator."""
    standing = Adjudication.objects.standing().decided().filter(task__in=heads, decided_by__in=study.called)
    rows = Decision.objects.made().filter(adjudication__in=standing).select_related("adjudication__adopted", "criterion", "level")
    of_task: defaultdict[int, list[RatingSheet]] = defaultdict(list)
    for _pk, decisions in groupby(rows.order_by("adjudication__round", "adjudication", "criterion__place"), by_case):
        answers: list[Answer] = []
        for decision in decisions:
            answers.append((decision.criterion.key, None if decision.na else int(decision.answer), None))
        case = decision.adjudication
        feedback = case.feedback or (case.adopted.feedback if case.adopted else "")
        person, number, at = study.called[case.decided_by_id or 0], case.round, as_written(case.decided_at, study)
        cells = heads[case.task_id].cells
        sheet = RatingSheet(*cells, person, number, int(number == 1), ADJUDICATOR, feedback, None, at, answers)
        of_task[case.task_id].append(sheet)
    return of_task


def by_case(decision: Decision) -> int:
    return decision.adjudication_id


def remark_records(study: StudyTables) -> Iterator[RemarkRecord]:
    """By response, person and revision: notes, then error marks."""
    about = ("revision__annotation__task", "revision__annotation__annotator", "revision__number")
    for heads in study.batches(study.remarked):
        chosen = {"revision__annotation__task__in": heads, "revision__annotation__annotator__in": study.called}
        notes = Note.objects.filter(**chosen).order_by(F("criterion__place").asc(nulls_last=True), "part", "block")
        marks = ErrorMark.objects.filter(**chosen).order_by("error_type__place", F("block").asc(nulls_first=True))
        of_task: defaultdict[int, list[RemarkRecord]] = defaultdict(list)
        for task, person, number, criterion, *place, text in notes.values_list(*about, "criterion__key", "part", "block", "text"):
            head = (*heads[task].cells, study.called[person], number)
            of_task[task].append(RemarkRecord(*head, "note", criterion or "", place[0], place[1], "", text))
        for task, person, number, key, block in marks.values_list(*about, "error_type__key", "block"):
            head = (*heads[task].cells, study.called[person], number)
            of_task[task].append(RemarkRecord(*head, "error", "", "response", block, key, ""))
        for task in heads:
            yield from sorted(of_task[task], key=lambda remark: (remark.annotator, remark.revision, remark.kind == "error"))


def decision_records(study: StudyTables) -> Iterator[DecisionRecord]:
    """By response and round: each criterion that was decided, or the mark that the response is unusable."""
    for heads in study.batches(study.decided):
        cases = Adjudication.objects.ended().filter(task__in=heads, decided_by__in=study.called).select_related("reopening")
        blind = blind_scores(cases)
        decisions: defaultdict[int, list[Decision]] = defaultdict(list)
        rows = Decision.objects.made().filter(adjudication__in=cases).select_related("criterion", "level")
        for decision in rows.order_by("criterion__place"):
            decisions[decision.adjudication_id].append(decision)
        of_task: defaultdict[int, list[DecisionRecord]] = defaultdict(list)
        for case in cases.order_by("round"):
            stands = not case.second and getattr(case, "reopening", None) is None
            head = (
                *heads[case.task_id].cells, case.round, study.called[case.decided_by_id or 0], case.outcome,
                int(stands), int(case.second),
            )  # fmt: skip
            at = as_written(case.decided_at, study)
            if case.outcome == Adjudication.Outcome.UNUSABLE:
                of_task[case.task_id].append(DecisionRecord(*head, "", None, "", "", "", case.reason, at))
            for decision in decisions[case.pk]:
                before, answer = blind.get((case.pk, decision.criterion_id), ""), answer_text(decision.answer)
                why = (decision.cause, decision.reason)
                row = DecisionRecord(*head, decision.criterion.key, int(decision.disputed), before, answer, *why, at)
                of_task[case.task_id].append(row)
        for task in heads:
            yield from of_task[task]


def blind_scores(cases: Any) -> dict[tuple[int, int], str]:
    """By case and criterion, what the person who decided had scored before."""
    rows = BlindScore.objects.filter(review__adjudication__in=cases).select_related("level", "review__adjudication")
    return {
        (row.review.adjudication_id, row.criterion_id): answer_text(row.answer)
        for row in rows
        if row.review.adjudicator_id == row.review.adjudication.decided_by_id
    }


def answer_text(answer: Any) -> str:
    """A level, na, or 1 and 0 of a penalty."""
    return str(int(answer)) if isinstance(answer, bool) else str(answer)


def as_written(time: datetime | None, study: StudyTables) -> str:
    """In UTC: the day, or the time to the second."""
    assert time is not None
    time = time.astimezone(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if study.times else time.date().isoformat()
