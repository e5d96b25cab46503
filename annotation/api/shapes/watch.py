"""OpenAPI: the progress of a project."""

from rest_framework import serializers


class SlotCounts(serializers.Serializer):
    slots = serializers.IntegerField(help_text="judgements that are wanted")
    submitted = serializers.IntegerField()
    held = serializers.IntegerField()
    open = serializers.IntegerField()


class GroupSlots(SlotCounts):
    name = serializers.CharField()


class PersonSlots(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    cohort = serializers.CharField(allow_blank=True, help_text="empty: in none")
    submitted = serializers.IntegerField()
    held = serializers.IntegerField()
    last = serializers.DateTimeField(allow_null=True, help_text="submission")
    skipped = serializers.IntegerField()
    left = serializers.IntegerField(allow_null=True, help_text="at most; null of somebody who is no annotator now")


class CohortSlots(serializers.Serializer):
    name = serializers.CharField(allow_blank=True, help_text="empty: those who are in none")
    people = serializers.IntegerField()
    submitted = serializers.IntegerField()
    held = serializers.IntegerField()


class SlotGroups(serializers.Serializer):
    category = GroupSlots(many=True)
    system = GroupSlots(many=True)
    person = PersonSlots(many=True)
    cohort = CohortSlots(many=True, help_text="empty where there are no cohorts")


class DaySubmitted(serializers.Serializer):
    day = serializers.DateField()
    submitted = serializers.IntegerField()


class Pace(serializers.Serializer):
    active_days = serializers.IntegerField(help_text="of the last seven with a submission")
    since = serializers.DateField(allow_null=True)
    per_active_day = serializers.FloatField(allow_null=True)
    per_day = serializers.FloatField(allow_null=True, help_text="of the calendar, since then")
    reason = serializers.CharField(allow_null=True, help_text="for which there is no pace")


class DoneOn(serializers.Serializer):
    day = serializers.DateField(allow_null=True)
    reason = serializers.CharField(allow_null=True, help_text="nothing_submitted, all_submitted, no_slots or too_far")


class StuckCounts(serializers.Serializer):
    expired = serializers.IntegerField()
    skipped_by_all = serializers.IntegerField()
    flagged = serializers.IntegerField()
    lacking = serializers.IntegerField()
    adjudication = serializers.IntegerField()


class ProgressReport(SlotCounts):
    by = SlotGroups()
    days = DaySubmitted(many=True)
    pace = Pace()
    done_on = DoneOn()
    stuck = StuckCounts()


class StuckResponse(serializers.Serializer):
    task = serializers.IntegerField()
    query = serializers.CharField()
    category = serializers.CharField()
    system = serializers.CharField()
    sample = serializers.IntegerField()
    submitted = serializers.IntegerField()
    wanted = serializers.IntegerField()


class StuckPage(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    responses = StuckResponse(many=True)
