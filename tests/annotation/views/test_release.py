"""The page of the releases: its counts are those of the manifest, in the reader's words."""

import re
from pathlib import Path

import pytest
from django.test import Client

from annotation.flow.release import release
from tests.factories import judged, make_member, make_project

NAMES = ["labelled", "not_judged", "disputed", "unusable", "not_applicable", "released", "revised", "ratings"]
WORDS = {
    "en": [
        "labelled",
        "incomplete",
        "awaiting adjudication",
        "marked unusable",
        "without an applicable criterion",
        "released",
        "resting on a revision",
        "ratings",
    ],
    "zh-hans": ["已有标签", "未完成", "待仲裁", "已标为不可用", "没有适用的维度", "已发布", "基于修订", "评分"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", WORDS)
def test_a_release_says_its_counts_in_the_readers_language(language: str, client: Client, tmp_path: Path) -> None:
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, 3], [1, 1, 6], [2, 2, None]])
    made = release(project=project, out=tmp_path / "out", check_size=0)
    client.force_login(make_member(project, "lea", "manager"))
    page = client.get("/projects/study/releases/", headers={"accept-language": language}).content.decode()
    [_now, lists] = re.findall(r'<dl class="figures">(.*?)</dl>', page, re.DOTALL)
    counts = made.manifest["counts"]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", lists) == [
        (word, str(counts[name])) for word, name in zip(WORDS[language], NAMES, strict=True)
    ]
