"""The shapes that OpenAPI describes. The flow alone checks what is sent, so that page and API refuse the same."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from annotation.api.shapes.annotators import AnnotatorRow, Figure
from annotation.api.shapes.levels import scores_field
from annotation.errors import MOST_FAULTS
from annotation.flow.agree.paper import FORMS
from annotation.importers.formats import TOOLS
from annotation.models import Concern, Event


class Error(serializers.Serializer):
    detail = serializers.CharField()


class FieldErrors(Error):
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.CharField(), required=False, help_text=f"the fault of each field, of the first {MOST_FAULTS}"
    )
    more = serializers.IntegerField(required=False, help_text="how many faults are not in fields")


class Submission(serializers.Serializer):
    scores = scores_field()
    penalties = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="the keys of the penalties that apply"
    )
    feedback = serializers.CharField(required=False, allow_blank=True)
    active_seconds = serializers.IntegerField(min_value=0, required=False)
    overall = serializers.IntegerField(required=False)
    notes = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    block_notes = serializers.ListField(child=serializers.DictField(), required=False, help_text="part, block, text")
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(), required=False, help_text="type, and block or null"
    )
    confidence = serializers.DictField(child=serializers.IntegerField(min_value=1, max_value=3), required=False)
    looks = serializers.ListField(child=serializers.DictField(), required=False, help_text="levels, criterion or null, at")


class SkipReason(serializers.Serializer):
    reason = serializers.CharField(required=False, allow_blank=True, help_text="needed for other")
    kind = serializers.ChoiceField(Concern.choices, required=False, help_text="other by default")


class FlagReason(serializers.Serializer):
    kind = serializers.ChoiceField(Concern.choices)
    note = serializers.CharField(required=False, allow_blank=True)


class Flag(FlagReason):
    id = serializers.IntegerField(help_text="counts your own flags in the project")
    raised_at = serializers.DateTimeField()


class SavedDraft(serializers.Serializer):
    saved_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    overall = serializers.DictField(required=False, allow_null=True, help_text="where the project shows it: value, text, reason")


class DraftConflict(Error):
    version = serializers.IntegerField()
    draft = serializers.DictField()


class SubmittedRevision(serializers.Serializer):
    assignment = serializers.IntegerField()
    annotation = serializers.IntegerField(help_text="the number of its assignment, as each has one")
    revision = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()


class HeldAssignment(serializers.Serializer):
    id = serializers.IntegerField()
    lease_expires_at = serializers.DateTimeField()
    draft = serializers.JSONField(allow_null=True)
    draft_version = serializers.IntegerField(help_text="for If-Match; 0: there is no draft")


class TaskContent(serializers.Serializer):
    query = serializers.DictField()
    references = serializers.DictField()
    correct_answer = serializers.ListField(allow_null=True)
    response = serializers.DictField()
    rubric = serializers.DictField()


class Claim(TaskContent):
    assignment = HeldAssignment()


class Progress(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    role = serializers.CharField(help_text="the main one, where there are several")
    roles = serializers.ListField(child=serializers.CharField(), help_text="all of them, the main one first")


class Alpha(Figure):
    level = serializers.ChoiceField(["nominal", "ordinal", "interval"])


class CriterionRow(serializers.Serializer):
    rubric = serializers.CharField()
    criterion = serializers.CharField()
    kind = serializers.ChoiceField(["rated", "overall", "penalty"])
    items = serializers.IntegerField(help_text="responses with a rating")
    pairable_items = serializers.IntegerField(help_text="responses with two ratings or more")
    queries = serializers.IntegerField(help_text="of these")
    raters = serializers.IntegerField()
    ratings = serializers.IntegerField()
    alpha = Alpha()
    ac2 = Figure(required=False)
    ac1 = Figure(required=False, help_text="of a penalty")
    weighted_kappa = Figure(required=False)
    icc_single = Figure(required=False)
    icc_mean = Figure(required=False)
    exact = serializers.FloatField(allow_null=True, required=False)
    adjacent = serializers.FloatField(allow_null=True, required=False)
    mean_absolute_difference = serializers.FloatField(allow_null=True, required=False)
    commonest = serializers.DictField(allow_null=True, required=False, help_text="level and share of the commonest level")
    prevalence = serializers.FloatField(allow_null=True, required=False, help_text="of a penalty")


class Group(serializers.Serializer):
    by = serializers.DictField(child=serializers.CharField())
    criteria = CriterionRow(many=True)


class PairRow(serializers.Serializer):
    rubric = serializers.CharField()
    criterion = serializers.CharField(allow_null=True, help_text="null is all rated criteria together")
    annotators = serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)
    weighted_kappa = Figure()


class Confusion(serializers.Serializer):
    rubric = serializers.CharField()
    criterion = serializers.CharField(allow_null=True, help_text="null is all rated criteria together")
    levels = serializers.ListField(child=serializers.IntegerField())
    counts = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), help_text="each pair of ratings from both sides"
    )


class Report(serializers.Serializer):
    project = serializers.CharField()
    groups = Group(many=True)
    trends = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="by week alone: alpha's slope per week, with se, low, high and p"
    )
    pairs_of_weeks = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="by week: pairs of judgements, and those given within one week"
    )
    annotators = AnnotatorRow(many=True)
    pairs = PairRow(many=True)
    confusions = Confusion(many=True)


class Paper(serializers.Serializer):
    form = serializers.CharField()
    paper = serializers.CharField()


class Pair(serializers.Serializer):
    id = serializers.IntegerField()
    first = serializers.CharField()
    second = serializers.CharField()
    reasons = serializers.DictField()
    strength = serializers.FloatField()
    found_at = serializers.DateTimeField()
    verdict = serializers.CharField(allow_null=True)
    dropped = serializers.CharField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class Pairs(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    pairs = Pair(many=True)


class Verdict(serializers.Serializer):
    verdict = serializers.ChoiceField(["different", "merged", "dropped"])
    into = serializers.CharField(required=False, help_text="the id of the query that stays, for merged")
    query = serializers.CharField(required=False, help_text="the id of the query that goes, for dropped")


class Happening(serializers.Serializer):
    at = serializers.DateTimeField()
    what = serializers.CharField(help_text="what happened, as a code")
    by = serializers.CharField(allow_null=True, help_text="a username for managers, else a neutral name")
    about = serializers.CharField(allow_null=True, help_text="whose work it concerns")
    text = serializers.CharField(help_text="what happened, as a sentence")
    details = serializers.DictField()


class ResponseHistory(serializers.Serializer):
    task = serializers.IntegerField()
    query = serializers.CharField()
    happenings = Happening(many=True)


class ProjectEvent(Happening):
    id = serializers.IntegerField()
    task = serializers.IntegerField(allow_null=True)
    query = serializers.CharField(allow_null=True)


class ProjectEvents(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    events = ProjectEvent(many=True)


class FileUpload(serializers.Serializer):
    file = serializers.FileField()
    dry_run = serializers.BooleanField(required=False)


class ScoresUpload(FileUpload):
    time_zone = serializers.CharField(required=False, help_text="of times that name none, as in Asia/Shanghai, UTC or +08:00")


class Upload(FileUpload):
    pool = serializers.BooleanField(required=False, help_text="make no slots: samples are drawn from these responses")
    format = serializers.ChoiceField(list(TOOLS), required=False)
    columns = serializers.CharField(required=False, help_text="a line each, as in question=prompt,image:picture")


class Job(serializers.Serializer):
    id = serializers.IntegerField()
    project = serializers.CharField()
    kind = serializers.CharField()
    file = serializers.CharField()
    state = serializers.ChoiceField(["waiting", "running", "done", "refused", "cancelled", "failed", "lost"])
    dry_run = serializers.BooleanField()
    attempt = serializers.IntegerField()
    phase = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    message = serializers.CharField()
    report = serializers.DictField(allow_null=True)


PAGE_HEADERS = [
    OpenApiParameter(
        "If-Match", str, OpenApiParameter.HEADER, description="the version of the draft that you have seen; 0: none"
    ),
    OpenApiParameter("X-Page", str, OpenApiParameter.HEADER, description="your own name for what writes; its drafts are yours"),
]
CONFLICT = {412: OpenApiResponse(DraftConflict, "another page wrote since: nothing was overwritten")}
IDEMPOTENCY_KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)
BY = OpenApiParameter("by", str, description="comma-separated: category, field, subfield, system, round, week")
RESAMPLES = OpenApiParameter(
    "resamples", int, description="resamples for each interval, 100 to 10,000; 1000 by default, 0 for no intervals"
)
FORM = OpenApiParameter("form", str, enum=list(FORMS), description="text by default")
SEED = OpenApiParameter("seed", int, description="seed of the resamples; 0 by default")
SHOW = OpenApiParameter("show", str, enum=["undecided", "decided"], description="which pairs; undecided by default")
EVENT_KIND = OpenApiParameter("kind", str, enum=list(Event.Verb.values), description="only events of this kind")
EVENT_BY = OpenApiParameter("by", str, description="only what this person did, by username; - for what commands did")
EVENT_FILTERS = [
    EVENT_KIND,
    EVENT_BY,
    OpenApiParameter("query", str, description="only of responses to the query of this id"),
    OpenApiParameter("since", OpenApiTypes.DATE, description="only from this day on (UTC)"),
    OpenApiParameter("until", OpenApiTypes.DATE, description="only to the end of this day (UTC)"),
]
EVENT_FORM = OpenApiParameter("form", str, enum=["jsonl", "csv"], description="jsonl by default")
EVENT_FILE = {(200, kind): OpenApiResponse(OpenApiTypes.BINARY, "streamed") for kind in ("application/jsonl", "text/csv")}
PAGE = OpenApiParameter("page", int, description="from 1; a page has 100 rows")

BAD = {400: OpenApiResponse(FieldErrors, "what is missing or out of range")}
LARGE = {413: OpenApiResponse(Error, "larger than this installation takes")}
UNKNOWN = {401: OpenApiResponse(Error, "not signed in"), 403: OpenApiResponse(Error, "no CSRF token")}
HIDDEN = UNKNOWN | {404: OpenApiResponse(Error, "not there, or not yours")}
LOCKED = {429: OpenApiResponse(Error, "too many links that nobody made came from this address")}
DONE = HIDDEN | {409: OpenApiResponse(Error, "decided already")}
GONE = HIDDEN | {409: OpenApiResponse(Error, "no longer yours, or done already; the draft is kept")}
