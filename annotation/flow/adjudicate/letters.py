"""The neutral names of a response's annotators: a letter each, in another order for each response."""

import hashlib

from annotation.models import Adjudication, Annotation, Assignment, Revision


def annotations_by_letter(case: Adjudication) -> dict[str, Annotation]:
    """The response's annotations. Whoever was asked after the dispute has the last letters: none of the others change."""
    key, task = case.task.project.pseudonym_key, case.task_id
    annotations = list(Annotation.objects.filter(task=task).select_related("assignment", "annotator").order_by("pk"))
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


def adopted_letter(case: Adjudication) -> str | None:
    """The letter of the annotator whose feedback the decision adopted."""
    if case.adopted is None:
        return None
    letters = {annotation.pk: name for name, annotation in annotations_by_letter(case).items()}
    return letters[case.adopted.annotation_id]
