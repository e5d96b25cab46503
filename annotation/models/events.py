"""The project's history: events in their order, written by the flow and never changed."""

from datetime import UTC, date, datetime, time
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.fields import normal_form
from annotation.models.projects import Project, has_role
from annotation.models.tasks import Task

NOBODY = "-"  # in a filter: what a command did, for whom nobody signed in; no username is this alone


class EventQuerySet(models.QuerySet["Event"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager"))

    def newest_first(self) -> Self:
        """Each with who and which response."""
        return self.select_related("by", "task__response__query").order_by("-pk")

    def chosen(
        self,
        *,
        kind: str | None = None,
        by: str | None = None,
        query: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Self:
        """Of one kind, done by the person of that username (NOBODY: by a command), about the responses to the query of that id,
        from the one day to the end of the other (UTC); everything where nothing is chosen."""
        if "\0" in f"{kind}{by}{query}":
            return self.none()  # no text in a database has it
        conditions = Q()
        if kind:
            conditions &= Q(verb=kind)
        if by:
            conditions &= Q(by=None) if by == NOBODY else Q(by__normal_username=normal_form(by))
        if query:
            conditions &= Q(task__response__query__external_id=query)
        if since:
            conditions &= Q(at__gte=datetime.combine(since, time.min, UTC))
        if until:
            conditions &= Q(at__lte=datetime.combine(until, time.max, UTC))
        return self.filter(conditions)


class Event(models.Model):
    class Verb(models.TextChoices):
        PROJECT_CREATED = "project_created", _("project created")
        PROJECT_COPIED = "project_copied", _("project copied")
        SETTINGS_CHANGED = "settings_changed", _("project settings changed")
        OVERLAP_CHANGED = "overlap_changed", _("annotators per response changed")
        CLOSED = "closed", _("project closed")
        OPENED = "opened", _("project opened again")
        ARCHIVED = "archived", _("project archived")
        UNARCHIVED = "unarchived", _("project taken back from the archive")
        MEMBER_ADDED = "member_added", _("member added")
        ROLE_CHANGED = "role_changed", _("role changed")
        MEMBER_ENDED = "member_ended", _("membership ended")
        GIVEN_BACK = "given_back", _("response given back as a membership ended")
        TOKEN_MADE = "token_made", _("token made")
        TOKENS_REVOKED = "tokens_revoked", _("tokens revoked")
        INVITED = "invited", _("invitation made")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("invitation withdrawn")
        INVITATION_ACCEPTED = "invitation_accepted", _("invitation accepted")
        PASSWORD_LINK_MADE = "password_link_made", _("link for a new password made")
        SECOND_FACTOR_CHANGED = "second_factor_changed", _("requirement of a second factor changed")
        LIMITS_CHANGED = "limits_changed", _("limits of a member changed")
        COHORT_CHANGED = "cohort_changed", _("cohort made or changed")
        COHORT_DELETED = "cohort_deleted", _("cohort deleted")
        COHORT_OF_MEMBER = "cohort_of_member", _("cohort of a member changed")
        ANONYMISED = "anonymised", _("member made anonymous")
        ITEMS_LOADED = "items_loaded", _("items loaded")
        SCORES_LOADED = "scores_loaded", _("scores loaded")
        SAMPLE_DRAWN = "sample_drawn", _("sample drawn")
        REFERENCE_WRITTEN = "reference_written", _("reference answer written")
        REFERENCE_APPROVED = "reference_approved", _("reference answer approved")
        KEPT = "kept", _("queries found to be different")
        MERGED = "merged", _("query merged into another")
        DROPPED = "dropped", _("query dropped")
        RESTORED = "restored", _("query taken back in")
        SKIPPED = "skipped", _("response skipped")
        FLAGGED = "flagged", _("response flagged")
        FLAG_REWORDED = "flag_reworded", _("note of a flag changed")
        FLAG_SETTLED = "flag_settled", _("flag settled")
        SENT_BACK = "sent_back", _("annotation sent back")
        REVISED = "revised", _("annotation revised")
        WORKSPACE_CHANGED = "workspace_changed", _("workspace changed")
        LEASE_LAPSED = "lease_lapsed", _("lease ran out")
        RULES_CHANGED = "rules_changed", _("rules for disputes and labels changed")
        TEMPLATE_CHANGED = "template_changed", _("training answers changed")
        FURTHER_ASKED = "further_asked", _("one more annotator asked for")
        RETURN_WITHDRAWN = "return_withdrawn", _("annotation no longer awaited")
        FURTHER_WITHDRAWN = "further_withdrawn", _("further annotator no longer awaited")
        CASE_CLAIMED = "case_claimed", _("case claimed")
        CASE_SCORED_BLIND = "case_scored_blind", _("case scored blind")
        CASE_SKIPPED = "case_skipped", _("case skipped")
        CASE_HANDED_OVER = "case_handed_over", _("case handed over")
        CASE_TAKEN_BACK = "case_taken_back", _("case taken back")
        CASE_LAPSED = "case_lapsed", _("lease of a case ran out")
        ADJUDICATED = "adjudicated", _("dispute decided")
        UNUSABLE = "unusable", _("response marked unusable")
        REOPENED = "reopened", _("decision reopened")
        CONFIRMED = "confirmed", _("decision confirmed after scores changed")
        COMMENTED = "commented", _("comment on a decision")
        DESCRIPTOR_DRAFTED = "descriptor_drafted", _("descriptor drafted")
        RUBRIC_MOVED = "rubric_moved", _("moved to another version of a rubric")
        RELEASED = "released", _("labels released")
        RETRACTED = "retracted", _("release retracted")
        DOWNLOADED = "downloaded", _("release downloaded")
        EXPORTED = "exported", _("data exported")
        SCORER_LOADED = "scorer_loaded", _("scorer's scores imported")
        SCORER_WITHDRAWN = "scorer_withdrawn", _("scorer withdrawn")
        JOB_CANCELLED = "job_cancelled", _("job cancelled")
        JOB_RETRIED = "job_retried", _("job tried again")

    # what adjudicators do, and managers with their decisions: no score and no assignment changes
    OF_CASES = (
        Verb.CASE_CLAIMED,
        Verb.CASE_SCORED_BLIND,
        Verb.CASE_SKIPPED,
        Verb.CASE_HANDED_OVER,
        Verb.CASE_TAKEN_BACK,
        Verb.CASE_LAPSED,
        Verb.ADJUDICATED,
        Verb.UNUSABLE,
        Verb.REOPENED,
        Verb.CONFIRMED,
        Verb.COMMENTED,
    )

    project = models.ForeignKey(Project, models.PROTECT, related_name="events", verbose_name=_("project"))
    verb = models.CharField(_("what"), max_length=30, choices=Verb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("by"))
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("task"))
    data = models.JSONField(_("details"), default=dict)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["project", "pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.project}"
