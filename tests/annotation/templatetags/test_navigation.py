"""A link says whether its reader is on its page, on a page below it, or elsewhere."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

LINK = Template('{% load navigation %}<a {% link_to "agreement" "study" child="annotators" %}>Agreement</a>')


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/projects/study/agreement/", ' aria-current="page"'),
        ("/projects/study/agreement/annotators/", ' aria-current="true"'),
        ("/projects/other/agreement/", ""),
        ("/projects/study/", ""),
    ],
)
def test_a_link_says_whether_it_leads_to_the_page_that_is_open(path: str, current: str) -> None:
    html = LINK.render(Context({"request": RequestFactory().get(path)}))
    assert html == f'<a href="/projects/study/agreement/"{current}>Agreement</a>'
