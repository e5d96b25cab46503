"""Whose membership ends while they score: the page says so, and what was written stays there."""

from playwright.sync_api import expect

from tests.browser.keeping.pages import SignIn, choose, says
from tests.browser.steps import open_next, saved
from tests.installation import Installation

MADE = """
import json
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, record
project = create_project(slug="left", rubrics=["mmie-pbl"], title="The left study", overlap=1)
load(project, [record(1)])
add_member(username="ana", project=project, role="annotator")
print(json.dumps("made"))
"""
ENDED = """
import json
from annotation.flow.leave import end_member
from annotation.models import Project
end_member(username="ana", project=Project.objects.get(slug="left"))
print(json.dumps("ended"))
"""


def test_who_leaves_while_scoring_is_told_and_keeps_what_was_written(sign_in: SignIn, made: Installation) -> None:
    made.run(MADE)
    page = sign_in("ana")
    open_next(page, "left")
    choose(page, "4")
    saved(page)
    made.run(ENDED)
    page.get_by_label("Feedback").fill("Written too late.")
    expect(page.locator("#notices")).to_contain_text("You are no longer a member of The left study.")
    says(page, "Saved on this device only")
    expect(page.get_by_label("Feedback")).to_have_value("Written too late.")
    page.reload()
    expect(page.get_by_role("heading", name="No longer a member")).to_be_visible()
    copies = page.evaluate("Object.values(localStorage).join()")
    assert "Written too late." in copies
