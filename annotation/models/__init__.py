from annotation.models.adjudication import Adjudication, Decision
from annotation.models.content import Blocks, Image, Project, ProjectRubric, Query, ReferenceAnswer, ReferenceRevision, Response
from annotation.models.duplicates import PossibleDuplicate
from annotation.models.events import Event
from annotation.models.jobs import Job
from annotation.models.people import Membership, Role, User
from annotation.models.releases import CriterionLabel, How, Label, Release
from annotation.models.scores import Annotation, Draft, Revision, Score
from annotation.models.tasks import Assignment, Lapse, Skip, Task

__all__ = [
    "Adjudication",
    "Annotation",
    "Assignment",
    "Blocks",
    "CriterionLabel",
    "Decision",
    "Draft",
    "Event",
    "How",
    "Image",
    "Job",
    "Label",
    "Lapse",
    "Membership",
    "PossibleDuplicate",
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
    "Skip",
    "Task",
    "User",
]
