"""A copy is made once, and few large ones at a time, over threads and processes."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotation.flow.images import renditions
from annotation.flow.images.renditions import rendition
from annotation.flow.images.turns import LARGE_AT_ONCE, NotYet, is_large, turn
from annotation.models import Image
from tests.factories import block, load, make_member, make_project, record
from tests.pictures import picture, saved

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""
SMALL, WIDE = {"width": 1000, "height": 600, "size": 9}, {"width": 7000, "height": 7000, "size": 9}


def an_image(number: int, **facts: Any) -> Image:
    return Image(sha256=f"{number:02x}" * 32, format="PNG", **facts)


@pytest.fixture(autouse=True)
def own_locks(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return Path(settings.DATA_DIR / "locks")


@pytest.fixture
def stored() -> Image:
    load(make_project(), [record(1, answer=[block(None, "a.png")])], {"a.png": saved(picture((1000, 600)), "PNG")})
    return Image.objects.get()


@pytest.mark.django_db
def test_eight_who_look_at_once_have_the_copy_made_once(stored: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int | None] = []

    def slowly(content: bytes, *, width: int | None, format: str) -> bytes:
        made.append(width)
        time.sleep(0.2)
        return content

    monkeypatch.setattr(renditions, "render", slowly)
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _viewer: rendition(stored, 480, "WEBP", wait=20), range(8)))
    assert (len(names), made) == (1, [480])


def test_of_large_pictures_two_have_their_turns_at_once_and_small_ones_wait_for_none(own_locks: Path) -> None:
    under_way: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        with turn(an_image(number, **WIDE), wait=None):
            under_way.append(number)
            most.append(len(under_way))
            with turn(an_image(100 + number, **SMALL), wait=0):
                time.sleep(0.05)
            under_way.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert (len(most), max(most)) == (6, LARGE_AT_ONCE)


@pytest.mark.parametrize(
    ("facts", "large"),
    [
        (SMALL, False),
        ({**SMALL, "width": 2000, "height": 2000}, False),
        ({**SMALL, "width": 2000, "height": 2001}, True),
        ({**SMALL, "size": 4_000_001}, True),
    ],
)
def test_a_picture_of_many_pixels_or_bytes_is_large_and_so_is_a_gif(facts: dict[str, int], large: bool) -> None:
    assert is_large(an_image(1, **facts)) == large
    assert is_large(Image(sha256="0" * 64, format="GIF", **SMALL))


@pytest.mark.django_db
def test_a_picture_that_another_process_has_is_answered_503_until_it_is_killed(
    client: Client, stored: Image, own_locks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.views.images.SECONDS", 0.1)
    client.force_login(make_member(stored.project, "ana"))
    own_locks.mkdir(parents=True, exist_ok=True)
    lock = own_locks / f"picture-{stored.sha256[:2]}"
    with subprocess.Popen([sys.executable, "-c", HOLD, lock], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(NotYet):
            rendition(stored, 480, "WEBP", wait=0)
        answer = client.get(f"/media/{stored.key}/480.webp")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert "max-age" not in answer.headers.get("Cache-Control", "")
        assert answer.content.decode() == "The picture is being made. Please try again in a moment."
        holder.kill()
    assert client.get(f"/media/{stored.key}/480.webp").status_code == 200
    assert client.get(f"/media/{stored.key}/480.webp").status_code == 200
