import re

import pytest
from django.test import Client

from annotation.flow.agree import agreement_report
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import judged, make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db

LEVELS = [[4, 5, 5], [1, 2, 1], [3, 3, 4], [2, 2, 4], [6, 5, 6], [3, 2, 3], [1, 4, 6], [4, 4, 5]]


def section(client: Client, address: str = PAGE) -> str:
    """The words of the section; nothing where it is not there."""
    found = re.search(r'<section class="card" aria-labelledby="fair">(.*?)</section>', get(client, address), re.DOTALL)
    return words(found[1]) if found else ""


def test_the_page_says_how_far_fair_labels_lie_from_the_means_of_each_criterion(client: Client) -> None:
    project = make_project()
    judged(project, LEVELS)
    client.force_login(make_member(project, "lea", "manager"))
    text, _images, overall = agreement_report(project)["fair"]
    shown = section(client)
    assert (
        f"small@1 Text {text['mean_absolute_difference']:.2f} {text['mean_se']:.2f} 8 Images nothing has been rated "
        f"Overall {overall['mean_absolute_difference']:.2f} {overall['mean_se']:.2f} 8"
    ) in shown
    assert section(client, f"{PAGE}?by=system") == ""


def test_groups_of_annotators_who_share_no_response_are_named(client: Client) -> None:
    project = make_project(overlap=2)
    names = ("ana", "bo", "chen", "dee")
    judged(project, [[4, 5, None, None], [2, 3, None, None], [None, None, 4, 6], [None, None, 1, 2]], names)
    client.force_login(make_member(project, "lea", "manager"))
    assert "Text the annotators fall into groups that share no response ana, bo chen, dee" in section(client)


def test_before_there_are_judgements_the_section_is_not_there(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    assert section(client) == ""
