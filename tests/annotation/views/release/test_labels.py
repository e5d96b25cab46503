"""Labels and left-out responses as lists: each filter leaves what fits it."""

import re

import pytest
from django.test import Client

from annotation.models import Label
from tests.annotation.views.release.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]
LABELS, LEFT_OUT = "/projects/study/releases/1/labels/", "/projects/study/releases/1/left-out/"


def listed(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)]


def test_labels_stand_in_the_order_of_their_keys_as_they_were_frozen(lea: Client) -> None:
    first, second = Label.objects.order_by("task__response__query__external_id")
    rows = listed(lea, LABELS)
    assert [row.split()[0] for row in rows] == ["PBL-0001", "PBL-0002"]
    fair = f"{first.fair:.2f} ± {first.fair_se:.2f}"
    values = "Text 4.3 Images – Harm no"
    assert rows[0] == f"PBL-0001 system-a {first.split} 4 4.33 {fair} {values} agreed – project-based-learning"
    assert rows[1].startswith(f"PBL-0002 system-a {second.split} 2 2.00 ")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("score=4", ["PBL-0001"]),
        ("score=2&how=agreed&system=system-a&category=project-based-learning", ["PBL-0002"]),
        ("how=adjudicated", ["PBL-0001", "PBL-0002"]),  # nothing offers it: it restricts nothing
        ("field=-", ["PBL-0001", "PBL-0002"]),
        ("score=' OR 1=1", ["PBL-0001", "PBL-0002"]),
        ("page=99", ["PBL-0001", "PBL-0002"]),
    ],
)
def test_each_filter_leaves_what_fits_it(lea: Client, query: str, expected: list[str]) -> None:
    assert [row.split()[0] for row in listed(lea, f"{LABELS}?{query}")] == expected


def test_the_splits_share_the_labels(lea: Client) -> None:
    parts = {split: [row.split()[0] for row in listed(lea, f"{LABELS}?split={split}")] for split in ("train", "check")}
    assert sorted([*parts["train"], *parts["check"]]) == ["PBL-0001", "PBL-0002"]
    assert [len(part) for part in parts.values()] == [1, 1]


def test_a_filter_without_its_page_gives_the_list_alone(lea: Client) -> None:
    answer = lea.get(f"{LABELS}?score=4", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section id="list"')
    assert "HX-Request" in answer["Vary"]


def test_what_was_left_out_has_its_reason_and_is_filtered_by_it(lea: Client) -> None:
    assert listed(lea, LEFT_OUT) == [
        "PBL-0003 system-a awaiting adjudication small@1",
        "PBL-0004 system-a incomplete small@1",
    ]
    assert listed(lea, f"{LEFT_OUT}?reason=not_judged") == ["PBL-0004 system-a incomplete small@1"]
