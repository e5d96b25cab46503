"""The tasks, run as lmms-eval runs them; what they write goes back into Sixpoint."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from annotation.flow.check import check_scorer
from annotation.flow.load import export_items, load_items
from annotation.models import Project, ScorerScore
from tests.examples.lmms_eval.conftest import LEVELS, PICTURES
from tests.examples.lmms_eval.running import module, run, served, task
from tests.factories import record

pytestmark = pytest.mark.django_db


def text_of(messages: list[dict[str, Any]]) -> str:
    [message] = messages
    return "<image>".join(part["text"] for part in message["content"] if part["type"] == "text")


def as_people_say(messages: list[dict[str, Any]]) -> str:
    """A scorer that gives each response the level of its system."""
    [level] = [level for system, level in LEVELS.items() if f"## Response\n{system} " in text_of(messages)]
    return f"### Feedback\nFine.\n### Score\n{level}"


def test_lmms_evals_model_scores_the_check_split_and_is_checked(project: Project, released: Path, tmp_path: Path) -> None:
    figures = run(task("sixpoint_scorer"), tmp_path / "cache", as_people_say)
    assert figures == {"sixpoint_score": pytest.approx(11 / 3), "sixpoint_unreadable": 0}
    report = check_scorer(path=tmp_path / "out" / "result.json", project=project)
    counts = [report[name] for name in ("labels", "scored", "unreadable", "missing", "extra", "clipped")]
    assert counts == [12, 12, 0, 0, 0, 0]
    assert (report["overall"]["mae"]["value"], report["overall"]["pearson"]["value"]) == (0, pytest.approx(1))


def test_an_answer_without_a_score_is_counted_by_both(project: Project, released: Path, tmp_path: Path) -> None:
    def answer(messages: list[dict[str, Any]]) -> str:
        return "I cannot say." if "bad " in text_of(messages) else as_people_say(messages)

    figures = run(task("sixpoint_scorer"), tmp_path / "cache", answer)
    assert figures == {"sixpoint_score": 5, "sixpoint_unreadable": pytest.approx(1 / 3)}
    report = check_scorer(path=tmp_path / "out" / "result.json", project=project)
    assert (report["scored"], report["unreadable"]) == (8, 4)


def test_a_systems_answers_are_scored_by_the_served_scorer(
    project: Project, tmp_path: Path, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the project's own items: the texts of a release are made harmless, so its queries are not those of the project."""
    items = tmp_path / "items"
    export_items(project=project, out=items)
    records = [json.loads(line) for line in (items / "items.jsonl").read_text().splitlines()]
    records = [record for record in records if record["id"] == "PBL-0002"]
    (items / "data.json").write_text(json.dumps(records))
    monkeypatch.chdir(items)
    (tmp_path / "blue.png").write_bytes(PICTURES["blue-2.png"])
    monkeypatch.setenv("SIXPOINT_SCORER_KEY", "open")
    asked = []

    def answer(body: dict[str, Any]) -> str:
        asked.append(body)
        return "### Score\n4"

    with served(answer) as address:
        monkeypatch.setenv("SIXPOINT_SCORER_URL", address)
        said = json.dumps({"text": "Here.", "images": [str(tmp_path / "blue.png")]})
        figures = run(task("sixpoint_mmie"), tmp_path / "cache", lambda messages: said)
    assert figures == {"sixpoint_score": 4, "sixpoint_unreadable": 0}  # of one record, though three systems have answered

    [body] = asked
    assert {key: body[key] for key in ("path", "key", "model", "temperature", "max_tokens")} == {
        "path": "/v1/chat/completions",
        "key": "Bearer open",
        "model": "judge-4b",
        "temperature": 0,
        "max_tokens": 512,
    }
    *_rubric, image, response, picture, ask = body["messages"][0]["content"]
    assert response == {"type": "text", "text": "\n\n## Response\nHere.\nImage-1: "}
    assert ask["text"].startswith("\n\nGive one whole number from 0 to 6.")
    sent = [base64.b64decode(part["image_url"]["url"].removeprefix("data:image/png;base64,")) for part in (image, picture)]
    assert sent == [PICTURES["green-2.png"], PICTURES["blue-2.png"]]

    out = tmp_path / "out"
    assert json.loads((out / "result.json").read_text()) == [
        {
            "id": "PBL-0002",
            "model": "larch",
            "question": "Where? <image>",
            "answer": "Here.",
            "gt_answer": "",
            "images": [records[0]["question"][1]["image"], str(tmp_path / "blue.png")],
            "gpt_feedback": "### Score\n4",
        }
    ]
    report = load_items(path=out / "responses.json", project=project)
    assert (report.queries, report.responses, report.rejected) == (0, 1, [])
    kept = check_scorer(path=out / "result.json", project=project, scorer="judge-4b")
    assert (kept["labels"], kept["scored"], kept["missing"], kept["extra"]) == (12, 0, 12, 1)
    assert list(ScorerScore.objects.values_list("task__response__system", "value")) == [("larch", 4)]


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | int]]:
    """A served scorer that says these one after another."""
    answers: list[str | int] = []
    with served(lambda body: answers.pop(0)) as address:
        monkeypatch.setenv("SIXPOINT_SCORER_URL", address + "/")
        yield answers


def test_what_lmms_eval_puts_in_an_answers_place_is_no_response(released: Path, tmp_path: Path, scorer: list[str | int]) -> None:
    failure = "[LMMS_EVAL_REQUEST_FAILED after 5 retries] Connection error."
    run(task("sixpoint_mmie"), tmp_path / "cache", lambda messages: failure)
    results = json.loads((tmp_path / "out" / "result.json").read_text())
    queries = sorted({fields["id"] for fields in json.loads(Path("data.json").read_text())})
    assert [(fields["id"], fields["answer"], fields["gpt_feedback"]) for fields in results] == [(id, "", "") for id in queries]
    assert not (tmp_path / "out" / "responses.json").exists()


@pytest.mark.parametrize(
    ("answers", "feedback", "left"),
    [
        ([400, "### Score\n4"], "", 1),  # such a prompt is not sent again
        ([413, "### Score\n4"], "", 1),
        ([503, 401, "### Score\n4"], "### Score\n4", 0),
        ([503, 503, 503, "### Score\n4"], "", 1),
    ],
)
def test_a_scorer_that_does_not_answer_is_asked_three_times_and_costs_no_response(
    released: Path,
    scorer: list[str | int],
    monkeypatch: pytest.MonkeyPatch,
    answers: list[str | int],
    feedback: str,
    left: int,
) -> None:
    tasks = module("sixpoint_tasks")
    monkeypatch.setattr(tasks, "PAUSE", 0)
    scorer += answers
    assert tasks.ask_scorer(tasks.Prompt("Q", ())) == feedback
    assert len(scorer) == left


def test_what_is_missing_ends_the_run_before_anything_is_generated(
    released: Path, tmp_path: Path, scorer: list[str | int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin() -> None:
        run(task("sixpoint_mmie"), tmp_path / "cache", lambda messages: pytest.fail("a system is asked"))

    Path("data.json").write_text(json.dumps([record(1, id="SA-1")]))
    with pytest.raises(ValueError, match="SA-1: the release has no lines of the category 'situational-analysis'"):
        begin()
    monkeypatch.setenv("SIXPOINT_SCORER_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(URLError):
        begin()
    monkeypatch.setenv("SIXPOINT_SCORER_URL", "")
    monkeypatch.delenv("SIXPOINT_SYSTEM")
    with pytest.raises(ValueError, match=r"^not set: SIXPOINT_SYSTEM, SIXPOINT_SCORER_URL$"):
        begin()


def test_the_answers_of_a_system_can_be_scored_again(
    released: Path, tmp_path: Path, scorer: list[str | int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """responses.json is a data.json for the other task."""
    scorer += [400] * 4
    assert run(task("sixpoint_mmie"), tmp_path / "cache", lambda messages: "There.")["sixpoint_unreadable"] == 1
    monkeypatch.chdir(tmp_path / "out")
    Path("responses.json").rename("data.json")
    figures = run(task("sixpoint_scorer"), tmp_path / "cache", lambda messages: "### Score\n2")
    assert figures == {"sixpoint_score": 2, "sixpoint_unreadable": 0}
    assert {fields["model"] for fields in json.loads(Path("result.json").read_text())} == {"larch"}


@pytest.mark.parametrize(
    ("text", "score"),
    [("### Score\n4.5", 4), ("### Score (0-6): 4", 0), ("Score 4", None), ("", None), ("4 ### Score\nnone", None)],
)
def test_the_score_is_read_as_mmie_reads_it(text: str, score: int | None) -> None:
    assert module("sixpoint_tasks").score_in(text) == score


def test_the_tasks_name_the_same_settings_for_models_that_take_no_messages(released: Path) -> None:
    for name in ("sixpoint_scorer", "sixpoint_mmie"):
        settings = task(name)
        [first, *_rest] = json.loads(Path("data.json").read_text())
        text, images = settings["doc_to_text"](first), settings["doc_to_visual"](first)
        content = settings["doc_to_messages"](first)[0]["content"]
        assert text.split("<image>") == [part["text"] for part in content if part["type"] == "text"] + [""] * (
            text[-7:] == "<image>"
        )
        assert [image.tobytes() for image in images] == [part["url"].tobytes() for part in content if part["type"] == "image"]
