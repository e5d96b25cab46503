"""Calls and pages while the database is away or a disk is full, of a real server: told within five seconds, and nothing lost."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Answer, Installation, installation
from tests.outage import database_away
from tests.submitting import fill_study
from tests.test_releases import DISKS, small_disk

# A disk's size in kilobytes; none where nothing may be mounted, nor on PostgreSQL, whose disk is not the installation's.
SMALL = [80 * 1024] if DISKS and "DATABASE_URL" not in os.environ else []
DRAFT = {"scores": {}, "penalties": [], "active_seconds": 0}
DRAFTS = """
import json
from annotation.models import Draft
print(json.dumps(list(Draft.objects.values_list("content__feedback", flat=True))))
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as served:
        yield served


def claimed(made: Installation, folder: Path) -> tuple[str, str]:
    """An annotator's token, and the address of the slot that they hold."""
    [token] = fill_study(made, folder, items=1, overlap=1, people=1)
    claim = made.api("POST", "/api/v1/projects/study/claim/", token).json()
    return token, f"/api/v1/assignments/{claim['assignment']['id']}"


def told(answer: Answer) -> tuple[int, str, str, Any]:
    headers = answer.headers
    return answer.status, headers["Content-Type"], headers["Retry-After"], answer.json()


def test_while_the_database_is_away_a_call_is_told_so_and_afterwards_none_fails(made: Installation, tmp_path: Path) -> None:
    token, slot = claimed(made, tmp_path)
    first, second = ({**DRAFT, "feedback": text} for text in ("before", "after"))
    assert made.api("PUT", f"{slot}/draft/", token, first).status == 200
    with database_away(made.environment):
        start = time.monotonic()
        answer = made.api("PUT", f"{slot}/draft/", token, second)
        assert time.monotonic() - start < 5
        assert told(answer) == (503, "application/json", "2", {"detail": "The server is busy. Please try again in a moment."})
        assert [made.api("GET", path, "").status for path in ("/healthz", "/readyz")] == [200, 503]
    answers = [made.api("PUT", f"{slot}/draft/", token, second).status for _time in range(20)]  # by both processes
    assert answers == [200] * 20
    assert made.run(DRAFTS) == ["after"]


@pytest.mark.parametrize("kilobytes", SMALL)
def test_on_a_full_disk_a_call_is_told_so_and_what_was_acknowledged_is_there(tmp_path: Path, kilobytes: int) -> None:
    with small_disk(tmp_path / "data", kilobytes), installation(tmp_path / "data") as made:
        token, slot = claimed(made, tmp_path)
        acknowledged, answer = "", None
        with Path(tmp_path, "data", "filler").open("wb") as filler:
            filler.write(bytes(os.statvfs(tmp_path / "data").f_bavail * os.statvfs(tmp_path / "data").f_frsize - 200_000))
        for number in range(100):
            text = f"{number} " + "x" * 19_000
            answer = made.api("PUT", f"{slot}/draft/", token, {**DRAFT, "feedback": text})
            if answer.status != 200:
                break
            acknowledged = text
        detail = "The disk of the server is full: nothing was saved. Please tell the administrator of this site."
        assert answer
        assert told(answer) == (507, "application/json", "30", {"detail": detail})
        assert made.api("GET", "/readyz", "").body == b"the disk of DATA_DIR is full"
        assert acknowledged
        assert made.run(DRAFTS) == [acknowledged]
        Path(tmp_path, "data", "filler").unlink()
        assert made.api("PUT", f"{slot}/draft/", token, {**DRAFT, "feedback": "room again"}).status == 200
        assert made.run(DRAFTS) == ["room again"]
