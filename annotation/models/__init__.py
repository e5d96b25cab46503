"""The tables and their reading methods; the flow alone writes them.

Reading order: projects, people, workspace and preferences; content, images and duplicates; tasks and assignments; annotations,
remarks and flags; adjudication and releases; jobs and events.
"""

from annotation.models.adjudication import Adjudication, Decision
from annotation.models.annotations import Annotation, Confidence, Draft, Revision, Score
from annotation.models.assignments import Assignment, Concern, Lapse, Skip
from annotation.models.content import Blocks, Query, ReferenceAnswer, ReferenceRevision, Response
from annotation.models.duplicates import PossibleDuplicate
from annotation.models.events import Event
from annotation.models.flags import Flag, SentBack
from annotation.models.images import Image
from annotation.models.jobs import Job
from annotation.models.people import Membership, Role, User
from annotation.models.preferences import Preferences
from annotation.models.projects import Project, ProjectRubric
from annotation.models.releases import CriterionLabel, How, Label, Release
from annotation.models.remarks import ErrorMark, Look, Note, Part
from annotation.models.tasks import Task
from annotation.models.workspace import Asked, Blur, ErrorType, Workspace

__all__ = [
    "Adjudication",
    "Annotation",
    "Asked",
    "Assignment",
    "Blocks",
    "Blur",
    "Concern",
    "Confidence",
    "CriterionLabel",
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
    "Response",
    "Revision",
    "Role",
    "Score",
    "SentBack",
    "Skip",
    "Task",
    "User",
    "Workspace",
]
