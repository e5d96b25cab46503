"""One label changes between two releases: its lines change, and what is told of all files. One byte: its file is named."""

import random
from pathlib import Path

import pytest

from annotation.exporters import verify
from annotation.flow import adjudicate
from annotation.flow.release import Options, release
from annotation.models import Adjudication, Project, Rules, Task, User
from tests.annotation.flow.adjudicate.cases import settle
from tests.factories import block, judge, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db
DISPUTED, NUMBER = "PBL-0003", 3
OF_ALL = {"manifest.json", "croissant.json", "README.md"}  # they name the hashes of the others, or count what is in them


@pytest.fixture
def project() -> Project:
    """Six queries, two systems, an image in each response; one dispute is decided."""
    project = make_project()
    Rules.objects.filter(project=project).update(undisputed_share=0)
    records = [
        record(number, model=system, answer=[block(f"Answer {number} of {system}", f"{system}{number}.png")])
        for number in range(1, 7)
        for system in ("a", "b")
    ]
    images = {f"{system}{number}.png": png(size=(20 + number, 30 + ord(system))) for number in range(1, 7) for system in "ab"}
    load(project, records, images)
    people = [make_member(project, name) for name in ("ana", "bo", "chen")]
    for task in Task.objects.select_related("response__query"):
        number = int(task.response.query.external_id[-1])
        disputed = (number, task.response.system) == (NUMBER, "a")
        for place, user in enumerate(people):
            level = (1, 1, 6)[place] if disputed else 1 + (number + place // 2) % 6
            judge(task, user, text=level, images=level, feedback=f"{user.username} on {number} {task.response.system}")
    project = Project.objects.get(pk=project.pk)
    decide(project, "ada", 2)
    return project


def decide(project: Project, name: str, level: int) -> Adjudication:
    by = User.objects.filter(username=name).first() or make_member(project, name, "adjudicator")
    task = Task.objects.get(response__query__external_id=DISPUTED, response__system="a")
    review = adjudicate.claim(project=project, by=by, task=task.pk)
    assert review is not None
    return settle(review.adjudication, by, {"text": level, "images": level})


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed_lines(old: bytes, new: bytes) -> set[bytes]:
    return set(old.splitlines()) ^ set(new.splitlines())


def test_one_changed_label_changes_its_lines_and_what_is_said_of_all_files(project: Project, tmp_path: Path) -> None:
    options = Options(check_size=4, seed=3, new_split=True)
    release(project=project, out=tmp_path / "one", options=options)
    lea = make_member(project, "lea", "manager")
    adjudicate.reopen(case=Adjudication.objects.standing().get().pk, by=lea, reason="Wrong.")
    decide(project, "bea", 5)
    release(project=project, out=tmp_path / "two", options=options)
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    assert one.keys() == two.keys()
    changed = {name for name in one if one[name] != two[name]}
    assert {"manifest.json", "labels.jsonl", "decisions.csv"} <= changed
    text = {name for name in changed - OF_ALL if not name.endswith(".parquet")}
    own = (DISPUTED.encode(), b"Answer 3 of a", f"Question {NUMBER}".encode())
    others = {
        name: [line for line in changed_lines(one[name], two[name]) if not any(word in line for word in own)] for name in text
    }
    assert {name: lines for name, lines in others.items() if lines} == {}
    assert len(changed_lines(one["labels.jsonl"], two["labels.jsonl"])) == 2
    shards = {name for name in changed if name.endswith(".parquet")}
    assert len(shards) == 1
    unchanged = {"ratings_wide.csv", "remarks.csv", *(name for name in one if name.startswith("images/"))}
    assert unchanged & changed == set()


def test_one_flipped_byte_in_any_file_of_a_release_is_named(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=4))
    places = random.Random(14)
    files = {name: data for name, data in content(tmp_path / "out").items() if data}
    for name, data in files.items():
        place = places.randrange(len(data))
        (tmp_path / "out" / name).write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        assert [problem.split(":")[0] for problem in verify(tmp_path / "out")] == [name]
        (tmp_path / "out" / name).write_bytes(data)
    assert len(files) > 20
    assert verify(tmp_path / "out") == []
