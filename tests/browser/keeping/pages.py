"""What the tests of this folder do with their pages."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.installation import Installation

SignIn = Callable[..., Page]


SENT = """
import json, os
from annotation.models import Annotation, Revision
mine = Revision.objects.filter(annotation__annotator__username=os.environ["WHO"])
print(json.dumps([Annotation.objects.filter(annotator__username=os.environ["WHO"]).count(), mine.count()]))
"""


DRAFT = """
import json, os
from annotation.models import Draft
print(json.dumps(list(Draft.objects.filter(annotator__username=os.environ["WHO"]).values_list("content", flat=True))))
"""


LAPSE = """
import json, os
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from annotation.flow.score import claims
from annotation.models import Assignment, User
slot = Assignment.objects.held().select_related("project").get(annotator__username=os.environ["WHO"])
Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(minutes=1))
taken = False
if os.environ["BY"]:
    with transaction.atomic():
        [found] = claims.first_of(Assignment.objects.filter(pk=slot.pk), skip_locked=False)
        taken = claims.take(found, slot.project, User.objects.get(username=os.environ["BY"]))
print(json.dumps(taken))
"""


TRAIN = """
import json
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, record
project = create_project(slug="train", rubrics=["mmie-pbl"], title="Train", overlap=1)
load(project, [record(1)])
add_member(username="ana", project=project, role="annotator")
print(json.dumps("made"))
"""


HOLDER = """
import json, os
from annotation.models import Assignment
print(json.dumps(Assignment.objects.get(pk=os.environ["SLOT"]).annotator.username))
"""


def says(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_have_text(words)


def scores(page: Page) -> dict[str, str]:
    inputs = page.locator("form.judge input[type=radio][name^='score-']:checked").all()
    return {str(one.get_attribute("name")): str(one.get_attribute("value")) for one in inputs}


def score_all(page: Page, level: str) -> None:
    for criterion in page.locator(".criterion").all():
        criterion.locator(f"input[value='{level}']").dispatch_event("click")


def choose(page: Page, level: str) -> None:
    page.locator(".criterion").first.locator(f"input[value='{level}']").dispatch_event("click")


def chosen(page: Page, level: str) -> None:
    expect(page.locator(".criterion").first.locator(f"input[value='{level}']")).to_be_checked()


def drafts(made: Installation, who: str) -> Any:
    return made.run(DRAFT, WHO=who)


def sent(made: Installation, who: str) -> Any:
    """How many annotations, and how many revisions of them."""
    return made.run(SENT, WHO=who)
