"""The tables and their reading methods; the flow alone writes them.

Reading order: projects, people, workspace and rules; content, images and duplicates; tasks and assignments; annotations and
remarks; adjudication and flags; releases; jobs and events.
"""

from annotation.models.adjudication import Adjudication, BlindScore, CaseReview, Decision, Reopening
from annotation.models.annotations import Annotation, Confidence, Draft, Revision, Score
from annotation.models.assignments import Assignment, Concern, Lapse, Skip
from annotation.models.content import Blocks, Query, ReferenceAnswer, ReferenceRevision, Response
from annotation.models.duplicates import PossibleDuplicate
from annotation.models.events import Event
from annotation.models.flags import CaseComment, Flag, SentBack
from annotation.models.images import Image
from annotation.models.jobs import Job
from annotation.models.people import Membership, Preferences, Role, User
from annotation.models.projects import Project, ProjectRubric
from annotation.models.releases import CriterionLabel, How, Label, Release
from annotation.models.remarks import ErrorMark, Look, Note, Part
from annotation.models.rules import Deciders, LabelsFrom, Rules
from annotation.models.tasks import Task
from annotation.models.workspace import Asked, Blur, ErrorType, Workspace

__all__ = [
    "Adjudication",
    "Annotation",
    "Asked",
    "Assignment",
    "BlindScore",
    "Blocks",
    "Blur",
    "CaseComment",
    "CaseReview",
    "Concern",
    "Confidence",
    "CriterionLabel",
    "Deciders",
    "Decision",
    "Draft",
    "ErrorMark",
    "ErrorType",
    "Event",
    "Flag",
    "How",
    "Image",
    "Job",
    "Label",
    "LabelsFrom",
    "Lapse",
    "Look",
    "Membership",
    "Note",
    "Part",
    "PossibleDuplicate",
    "Preferences",
    "Project",
    "ProjectRubric",
    "Query",
    "ReferenceAnswer",
    "ReferenceRevision",
    "Release",
    "Reopening",
    "Response",
    "Revision",
    "Role",
    "Rules",
    "Score",
    "SentBack",
    "Skip",
    "Task",
    "User",
    "Workspace",
]
