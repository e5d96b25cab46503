"""The neutral names of a response's annotators: a letter each, in another order for each response."""

import hashlib
from itertools import pairwise

from annotation.models import Adjudication, Annotation, Assignment, Revision, Score


def annotations_by_letter(case: Adjudication) -> dict[str, Annotation]:
    """The response's annotations. Whoever was asked after the dispute has the last letters: none of the others change."""
    annotations = Annotation.objects.filter(task=case.task_id).select_related("assignment", "annotator").order_by("pk")
    return by_letter(case.task.project.pseudonym_key, case.task_id, list(annotations))


def by_letter(key: str, task: int, annotations: list[Annotation]) -> dict[str, Annotation]:
    """Of all annotations of the task, by their keys, each read with its assignment. `key`: the project's pseudonym key."""
    first = [annotation for annotation in annotations if annotation.assignment.reason in Assignment.INDEPENDENT]
    further = [annotation for annotation in annotations if annotation.assignment.reason not in Assignment.INDEPENDENT]
    first.sort(key=lambda annotation: neutral_place(key, task, annotation.annotator_id))
    return {letter(place): annotation for place, annotation in enumerate([*first, *further])}


def neutral_place(key: str, task: int, annotator: int) -> str:
    """What the annotators of a response are sorted by: a letter cannot be followed from one response to the next."""
    return hashlib.sha256(f"{key}:{task}:{annotator}".encode()).hexdigest()


def letter(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def shown_revisions(case: Adjudication) -> dict[str, Revision]:
    """By letter, the revision that counts by the project's rules; of a decided case, as it was at the decision."""
    annotations = annotations_by_letter(case)
    revisions = Revision.objects.filter(annotation__task=case.task_id)
    if case.decided_at:
        revisions = revisions.filter(submitted_at__lte=case.decided_at)
    if case.task.project.rules.labels_from == "first":
        revisions = revisions.filter(number=1)
    newest = {revision.annotation_id: revision for revision in revisions.order_by("number")}
    return {name: newest[annotation.pk] for name, annotation in annotations.items() if annotation.pk in newest}


def given_the_same(case: Adjudication) -> frozenset[str]:
    """The keys of the asked criteria to which all annotators, by the revisions that are shown, gave the same answer: nobody can
    say why they differed."""
    revisions = [revision.pk for revision in shown_revisions(case).values()]
    scores = Score.objects.filter(revision__in=revisions).order_by()
    rows = scores.values_list("revision", "criterion", "level", "not_applicable")
    given = {(revision, criterion): answer for revision, criterion, *answer in rows}
    return frozenset(
        decision.criterion.key
        for decision in case.decisions.all()
        if all(
            given.get((one, decision.criterion_id)) == given.get((other, decision.criterion_id))  # no row: no penalty
            for one, other in pairwise(revisions)
        )
    )


def adopted_letter(case: Adjudication) -> str | None:
    """The letter of the annotator whose feedback the decision adopted."""
    if case.adopted is None:
        return None
    letters = {annotation.pk: name for name, annotation in annotations_by_letter(case).items()}
    return letters[case.adopted.annotation_id]
