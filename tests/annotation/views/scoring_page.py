"""What the tests of the scoring page do with its answers."""

import re
from typing import Any

from annotation.flow import score
from annotation.models import Assignment, Project, User

SCRIPT = {"HX-Request": "true"}
FORM = {"score-text": "4", "score-images": "na"}


def held(project: Project, user: User) -> Assignment:
    """The response that the person claims."""
    slot = score.claim(project=project, by=user)
    assert slot
    return slot


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def start_of(answer: Any) -> str:
    """Whether it is a whole page or the main part of one."""
    match = re.match(r"\s*<(!doctype html|title)", answer.content.decode())
    return match[1] if match else ""


def scores(page: Any) -> dict[str, Any]:
    """What the form is filled with."""
    return {row["key"]: row["score"] for row in page.context["criteria"] if row["score"] is not None}
