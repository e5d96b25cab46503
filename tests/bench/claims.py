"""Claims and submissions at the size of MMIE, one at a time.

Over HTTP, one client on one connection: by an annotator who begins, by one who has done half, and by one who was a manager and
was shown the scores of all that is scored by then, the first half of the queue.
"""

from tests.bench.study import Client, in_shell, show, study

CYCLES = 200
HALF_DONE = """
from datetime import timedelta
from django.utils import timezone
from annotation.models import Assignment, User
user, now = User.objects.get(username="veteran"), timezone.now()
half = Assignment.objects.filter(project__slug="bench", number=1, annotator=None).order_by("position")
rows = list(half.values_list("pk", flat=True)[: half.count() // 2])
for start in range(0, len(rows), 900):
    Assignment.objects.filter(pk__in=rows[start : start + 900]).update(
        annotator=user, claimed_at=now - timedelta(minutes=1), submitted_at=now, lease_expires_at=None)
"""
SHOWN_HALF = """
from annotation.flow.shown import show_project
from annotation.models import Project, User
show_project(to=User.objects.get(username="returned"), project=Project.objects.get(slug="bench"))
"""


def claims_and_submissions() -> None:
    with study() as made:
        tokens = made.tokens("bench", dict.fromkeys(("novice", "veteran", "returned"), "annotator"))
        in_shell(made, HALF_DONE)
        in_shell(made, SHOWN_HALF)
        for who, token in zip(("who begins", "who has done half", "who was shown half"), tokens, strict=True):
            client = Client(made.url, token)
            claims, submits = zip(*(client.cycle() for _cycle in range(CYCLES)), strict=True)
            show(f"claim, {who}", list(claims))
            show(f"submit, {who}", list(submits))
