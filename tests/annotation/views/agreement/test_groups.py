"""The grouped report on its page: a table per criterion, of which one is open; what is grey, and the order of the groups."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from annotation.agreement import reasons
from annotation.models import Project, User
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.groups import BY_ALPHA, BY_NAME, group_tables
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import judged
from tests.markup import compact

pytestmark = pytest.mark.django_db
GROUPED = f"{PAGE}?by=system"


def row(system: str, alpha: float | None, pairable: int = 100, criterion: str = "text", kind: str = "rated") -> dict[str, Any]:
    figure = {"value": alpha, "low": None, "high": None, "n": pairable, "reason": None if alpha is not None else "no overlap"}
    figures = {name: {"value": 0.5, "low": 0.4, "high": 0.6, "reason": None} for name in ("ac2", "ordinal_kappa", "icc_single")}
    undefined = {"value": None, "low": None, "high": None, "reason": reasons.FEW_IN_GROUP}
    return {
        "by": {"system": system},
        "criteria": [
            {
                "rubric": "small@1",
                "criterion": criterion,
                "kind": kind,
                "items": pairable,
                "pairable_items": pairable,
                "alpha": {"level": "ordinal"} | figure,
                "icc_mean": undefined,
                **figures,
                "exact": 0.5,
                "adjacent": 0.9,
                "mean_absolute_difference": 0.6,
                "commonest": None,
            }
        ],
    }


GROUPS = [row("a", 0.7), row("b", -0.2), row("c", 0.1, 29), row("d", None), row("e", 0.4)]


def of_text(project: Project, groups: list[dict[str, Any]], order: str = BY_NAME) -> dict[str, Any]:
    rubrics = list(project.rubrics.with_content().filter(slug="small"))
    [part] = group_tables("study", groups, rubrics, order=order, opened="")
    table: dict[str, Any] = part["tables"][0]
    return table


@pytest.mark.parametrize(("order", "expected"), [(BY_NAME, "abcde"), (BY_ALPHA, "beacd")])
def test_groups_are_in_order_of_name_or_of_alpha_the_few_and_the_undefined_last(
    project: Project, order: str, expected: str
) -> None:
    assert "".join(shown["group"] for shown in of_text(project, GROUPS, order)["rows"]) == expected


def test_a_look_at_all_groups_leaves_out_those_of_few_responses(project: Project) -> None:
    table = of_text(project, GROUPS)
    assert (table["places"], table["least"], table["most"]) == ([70.0, 0.0, 40.0], -0.2, 0.7)


def test_a_row_has_the_mean_difference_beside_alpha_and_each_interval_in_a_title(project: Project) -> None:
    href = address("study", rubric="small@1", criterion="text", system="a")
    cells = [(cell["text"], cell["title"], cell["href"]) for cell in of_text(project, GROUPS[:1])["rows"][0]["cells"]]
    plain = [(text, "", href) for text in ("0.60", "0.50", "0.90")]
    without = ("", reasons.FEW_IN_GROUP, href)
    assert cells == [*plain, *[("0.50", "0.40 – 0.60", href)] * 3, without]


def test_no_light_is_on_in_a_group(project: Project) -> None:
    assert [(shown["chart"].light, shown["light"]) for shown in of_text(project, GROUPS[:1])["rows"]] == [("plain", None)]


def test_one_criterion_is_open_the_first_unless_the_address_names_another(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    for query, opened in (("", "Text"), ("&open=small@1/harm", "Harm"), ("&open=other@1/harm", "Text")):
        page = get(client, GROUPED + query)
        assert re.findall(r'aria-current="true">([A-Z][a-z]+)</a></h3>', page.replace("\n        ", "")) == [opened]
        assert page.count("<table") == 1


def test_a_group_of_few_responses_is_grey(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    assert get(client).count('<tr class="few">') == 0
    assert get(client, GROUPED).count('<tr class="few">') == 1


def test_a_group_of_few_responses_has_no_icc_and_says_why(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    assert get(client, GROUPED).count(f'<span class="visually-hidden"> {reasons.FEW_IN_GROUP}</span>') == 2


def test_the_alpha_of_the_only_group_of_enough_responses_is_no_range(client: Client, project: Project, lea: User) -> None:
    judged(project, [[number % 6 + 1, number % 5 + 1, number % 6 + 1] for number in range(30)])
    spans = re.findall(r"<small>(alpha [^<]*)</small>", compact(get(client, GROUPED)))
    assert spans == ["alpha 0.36", "alpha 0.36"]  # of text and of the overall


def test_a_group_opens_its_own_responses(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    page = get(client, GROUPED + "&by=field&by=colour")
    assert escape(address("study", rubric="small@1", criterion="text", system="system-a", field="")) in page
    assert "system-a, –" in page


def test_the_order_is_kept_when_the_columns_are_changed(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    kept = '<input type="hidden" name="sort" value="alpha" form="filters">'
    assert [kept in get(client, GROUPED + order) for order in ("", "&sort=alpha", "&sort=colour")] == [False, True, False]


def test_without_judgements_there_is_no_table(client: Client, project: Project, lea: User) -> None:
    judged(project, [[None]])
    page = get(client, GROUPED)
    assert (page.count("<table"), page.count("No judgements yet.")) == (0, 2)
