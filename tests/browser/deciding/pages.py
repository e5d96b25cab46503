"""What the tests of this folder do with their pages."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.installation import Installation

SignIn = Callable[..., Page]

ANNOTATORS = ["ana", "bo", "chen", "dara"]
ADJUDICATORS = ["ada", "fay"]

# By slug, the responses of a project: what three annotators say of each, as text quality and whether the penalty applies.
DISPUTE, PENALTY_TOO, AGREED = [(2, 0), (5, 0), (4, 0)], [(2, 1), (5, 0), (4, 0)], [(4, 0), (4, 0), (5, 0)]
PROJECTS = {
    "keys": [PENALTY_TOO, DISPUTE, DISPUTE],
    "reasons": [PENALTY_TOO, PENALTY_TOO],
    "network": [PENALTY_TOO] * 5,
    "fields": [PENALTY_TOO],
    "tabs": [DISPUTE] * 3,
    "ways": [DISPUTE] * 5,
    "back": [DISPUTE],
    "further": [DISPUTE],
    "again": [DISPUTE],
    "taken": [DISPUTE],
    "looks": [DISPUTE],
    "plain": [PENALTY_TOO],
    "ended": [DISPUTE] * 6,
    "missing": [PENALTY_TOO],
    "scriptless": [DISPUTE],
    "mixed": [AGREED, DISPUTE],
}

# Each response has three blocks. The annotators write notes, mark an error on block 2, and say how sure they are.
SETUP = """
from annotation.flow import score
from annotation.flow.setup.projects import add_member, create_project
from annotation.flow.setup.workspace import change_workspace
from annotation.models import Rules, Task, User
from tests.factories import block, claim_task, load, record
rated = ["text_quality", "image_quality", "text_image_coherence", "method_quality", "creativity", "stylistic_consistency"]
answer = [block("First."), block("Second."), block("Third.")]
for slug, responses in PROJECTS.items():
    project = create_project(slug=slug, rubrics=["mmie-pbl"], title=slug, seed=1, overlap=3)
    change_workspace(project=project, by=None, changes={"confidence": "asked"})
    Rules.objects.filter(project=project).update(undisputed_share=1 if slug == "mixed" else 0)
    load(project, [record(number, answer=answer) for number in range(1, len(responses) + 1)])
    for name, role in PEOPLE:
        add_member(username=name, project=project, role=role)
    tasks = Task.objects.filter(project=project).order_by("response__query__external_id")
    for task, said in zip(tasks, responses):
        for place, (name, (level, penalty)) in enumerate(zip(["ana", "bo", "chen"], said)):
            user = User.objects.get(username=name)
            body = {
                "scores": {key: 4 for key in rated} | {"text_quality": level},
                "penalties": ["emotional_impact"] if penalty else [],
                "feedback": f"Feedback {place + 1}.",
                "confidence": {"text_quality": place + 1},
                "notes": {"text_quality": f"Note {place + 1}."},
            }
            if not place:
                body["errors"] = [{"type": "complex-reasoning", "block": 2}]
                body["block_notes"] = [{"part": "response", "block": 3, "text": "Not what was asked."}]
            score.submit(assignment=claim_task(task, user).pk, by=user, body=body)
"""

LABEL = """
import json, os
from annotation.flow.labels import labels
from annotation.models import Project, Task
tasks = Task.objects.filter(project__slug=os.environ["SLUG"]).order_by("response__query__external_id")
[label] = labels(Project.objects.get(slug=os.environ["SLUG"]), [tasks[int(os.environ["NUMBER"]) - 1].pk])
shown = {key: [one.applies if one.value is None else float(one.value), str(one.how)] for key, one in label.criteria.items()}
print(json.dumps({key: shown.get(key) for key in ("text_quality", "emotional_impact", "creativity")}))
"""

CASES = """
import json, os
from annotation.models import Adjudication
cases = Adjudication.objects.filter(task__project__slug=os.environ["SLUG"]).order_by("pk")
print(json.dumps([
    [case.round, case.outcome, {one.criterion.key: [one.answer, one.cause, one.reason] for one in case.decisions.all()},
     case.adopted.feedback if case.adopted else case.feedback] for case in cases
]))
"""

BLIND = """
import json, os
from annotation.models import BlindScore
scores = BlindScore.objects.filter(review__project__slug=os.environ["SLUG"]).order_by("pk").select_related("criterion", "level")
print(json.dumps([[score.criterion.key, score.answer] for score in scores]))
"""

# Of "ended", a case for each way in which one ends or waits; all of them are ada's.
ENDED = """
import json
from annotation.flow import adjudicate
from annotation.models import CaseReview, Project, User
project, ada = Project.objects.get(slug="ended"), User.objects.get(username="ada")
def decide(**of_case):
    decisions = {"text_quality": {"score": 4, "cause": "slip", "reason": "A slip."}}
    adjudicate.decide(**of_case, decisions=decisions, feedback="Shorter.")
    adjudicate.comment(**of_case, text="The second block decided it.")
def decide_and_reopen(**of_case):
    decide(**of_case)
    adjudicate.reopen(**of_case, reason="Wrong level.")
WAYS = {
    "decided": decide,
    "unusable": lambda **of_case: adjudicate.mark_unusable(**of_case, reason="Cut off."),
    "sent back": lambda **of_case: adjudicate.send_back(**of_case, annotator="A", note="Look at block 2."),
    "waiting for one more": lambda **of_case: adjudicate.ask_further(**of_case),
    "handed over": lambda **of_case: adjudicate.hand_over(**of_case, to="fay", note="Yours?"),
    "reopened": decide_and_reopen,
}
if not CaseReview.objects.filter(project=project).exists():
    for end in WAYS.values():
        case = adjudicate.claim(project=project, by=ada).adjudication_id
        adjudicate.score_blind(case=case, by=ada, answers={"text_quality": 3})
        end(case=case, by=ada)
cases = CaseReview.objects.filter(project=project, adjudicator=ada).order_by("pk").values_list("adjudication", flat=True)
print(json.dumps(dict(zip(WAYS, cases))))
"""

DRAFTS = """
import json, os
from annotation.models import Draft
drafts = Draft.objects.filter(task__project__slug=os.environ["SLUG"], annotator__username=os.environ["WHO"])
print(json.dumps(list(drafts.values_list("content", flat=True))))
"""


def open_case(page: Page, slug: str) -> str:
    """To the person's next case, whose page hears keys then; answers its address."""
    page.goto(f"/projects/{slug}/adjudication/")
    page.locator("main .do").click()
    page.wait_for_url("**/adjudications/*/")
    ready(page)
    return page.url


def ready(page: Page) -> None:
    expect(page.locator(".criterion:focus-within")).to_have_count(1)


def reveal(page: Page, keys: str) -> None:
    """Score blind by keys, and see what the annotators said."""
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("s")
    expect(page.locator("form.deciding")).to_have_count(1)
    ready(page)


def moved_on(page: Page, before: str) -> None:
    page.wait_for_url(lambda url: url != before)


def cases(made: Installation, slug: str) -> Any:
    return made.run(CASES, SLUG=slug)


def drafts(made: Installation, slug: str, who: str) -> Any:
    return made.run(DRAFTS, SLUG=slug, WHO=who)
