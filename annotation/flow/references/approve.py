"""Approves a revision of a reference answer, and records who had judged its query's responses before."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused
from annotation.flow.references.write import in_study
from annotation.models import Assignment, EarlierReference, Event, ReferenceRevision, User


@transaction.atomic
def approve(*, revision: ReferenceRevision, by: User) -> ReferenceRevision:
    """From now on everybody who reads the reference answer reads this revision. Raises AlreadyDone, and Refused for its author,
    and where a later revision is approved."""
    query = in_study(revision.answer.query)
    revision = ReferenceRevision.objects.select_related("answer__query").get(pk=revision.pk)
    if revision.is_approved:
        raise AlreadyDone(_("Revision %(number)s is approved already.") % {"number": revision.number})
    if revision.made_by_id == by.pk:
        raise Refused(_("You wrote revision %(number)s: somebody else approves it.") % {"number": revision.number})
    if revision.answer.revisions.all().approved().filter(number__gt=revision.number).exists():
        raise Refused(_("A later revision than %(number)s is approved already.") % {"number": revision.number})
    revision.approved_by, revision.approved_at = by, timezone.now()
    revision.save(update_fields=["approved_by", "approved_at"])
    data = {"query": query.external_id, "level": revision.answer.level, "revision": revision.number}
    Event.objects.create(project=query.project, verb=Event.Verb.REFERENCE_APPROVED, by=by, data=data)
    record_readers(revision)
    return revision


def record_readers(revision: ReferenceRevision) -> None:
    """Whoever has judged a response of the query here, or holds one, has seen what was approved before."""
    slots = Assignment.objects.of_query(revision.answer.query_id).filter(annotator__isnull=False)
    read = slots.exclude(reason=Assignment.Reason.IMPORT).order_by("task", "annotator").values_list("task", "annotator")
    EarlierReference.objects.bulk_create(
        EarlierReference(task_id=task, annotator_id=annotator, revision=revision) for task, annotator in read
    )
