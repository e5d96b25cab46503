"""The tables and their reading methods; the flow alone writes them.

Reading order: projects, people, limits (what somebody may score; cohorts), entry (the links by which people come in), workspace
and rules; content (with images, reference answers and search) and duplicates; tasks (with the scores that people were shown),
assignments and samples; annotations and remarks; adjudication and flags; releases; scorers; jobs and events.
"""

from annotation.fields import normal_form
from annotation.models.adjudication import Adjudication, BlindScore, CaseReview, Decision, Reopening
from annotation.models.annotations import Annotation, Confidence, Draft, Revision, Score
from annotation.models.assignments import Assignment, Concern, Lapse, Skip
from annotation.models.content import (
    Blocks,
    EarlierReference,
    Image,
    Query,
    ReferenceAnswer,
    ReferenceRevision,
    Response,
    SearchEntry,
)
from annotation.models.duplicates import PossibleDuplicate
from annotation.models.entry import Acceptance, Invitation, PasswordLink, digest_of, new_link_token
from annotation.models.events import Event
from annotation.models.flags import CaseComment, Flag, SentBack
from annotation.models.jobs import Job, Maintenance
from annotation.models.limits import (
    Cohort,
    CohortCategory,
    CohortLanguage,
    CohortMember,
    DailyLimit,
    ScoringCategory,
    ScoringLanguage,
    TiedSystem,
)
from annotation.models.people import Membership, Participation, Preferences, Role, User
from annotation.models.projects import Project, ProjectRubric, TemplateName
from annotation.models.releases import CriterionLabel, Download, How, Label, Release, ReleaseFiles, Retraction
from annotation.models.remarks import ErrorMark, Look, Note, Part
from annotation.models.rules import Deciders, LabelsFrom, Rules
from annotation.models.scorers import Scorer, ScorerRun, ScorerScore
from annotation.models.tasks import Sample, SampledTask, ScoresShown, Task
from annotation.models.workspace import Asked, Blur, ErrorType, Workspace

__all__ = [
    "Acceptance",
    "Adjudication",
    "Annotation",
    "Asked",
    "Assignment",
    "BlindScore",
    "Blocks",
    "Blur",
    "CaseComment",
    "CaseReview",
    "Cohort",
    "CohortCategory",
    "CohortLanguage",
    "CohortMember",
    "Concern",
    "Confidence",
    "CriterionLabel",
    "DailyLimit",
    "Deciders",
    "Decision",
    "Download",
    "Draft",
    "EarlierReference",
    "ErrorMark",
    "ErrorType",
    "Event",
    "Flag",
    "How",
    "Image",
    "Invitation",
    "Job",
    "Label",
    "LabelsFrom",
    "Lapse",
    "Look",
    "Maintenance",
    "Membership",
    "Note",
    "Part",
    "Participation",
    "PasswordLink",
    "PossibleDuplicate",
    "Preferences",
    "Project",
    "ProjectRubric",
    "Query",
    "ReferenceAnswer",
    "ReferenceRevision",
    "Release",
    "ReleaseFiles",
    "Reopening",
    "Response",
    "Retraction",
    "Revision",
    "Role",
    "Rules",
    "Sample",
    "SampledTask",
    "Score",
    "Scorer",
    "ScorerRun",
    "ScorerScore",
    "ScoresShown",
    "ScoringCategory",
    "ScoringLanguage",
    "SearchEntry",
    "SentBack",
    "Skip",
    "Task",
    "TemplateName",
    "TiedSystem",
    "User",
    "Workspace",
    "digest_of",
    "new_link_token",
    "normal_form",
]
