"""Two tasks for lmms-eval in which a scorer reads responses by the project's rubric and template.

- sixpoint_scorer.yaml: lmms-eval's model is the scorer, and scores the responses of data.json.
- sixpoint_mmie.yaml: lmms-eval's model answers the queries of data.json, and a served scorer scores the answers.

lmms-eval is started in the folder of data.json. Variables of the environment:

- SIXPOINT_RELEASE: the folder of the release by whose lines the scorer was trained
- SIXPOINT_OUT: the folder that gets result.json, and responses.json where a system answered
- SIXPOINT_SYSTEM: the name of the system that answers
- SIXPOINT_SCORER_URL, SIXPOINT_SCORER_MODEL: the served scorer, as in http://127.0.0.1:8000/v1; SIXPOINT_SCORER_KEY: its key
"""

import base64
import json
import mimetypes
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

sys.path.append(str(Path(__file__).parent))  # lmms-eval loads this file by its path
from sixpoint_prompts import Blocks, Prompt, Record, blocks_of, images_of, plain_text, prompt_of, query_prompt, rubric_of, worded

SCORE = re.compile(r"### Score.*?(-?\d+(?:\.\d+)?)", re.DOTALL)  # the first number after the heading, as MMIE reads it
MOST_TOKENS = 512  # of a scorer's answer
TIMEOUT = 600  # seconds
TRIES, PAUSE = 3, 2  # of a request that the scorer does not answer; seconds between them
VARIABLES = ("SIXPOINT_RELEASE", "SIXPOINT_OUT", "SIXPOINT_SYSTEM", "SIXPOINT_SCORER_URL", "SIXPOINT_SCORER_MODEL")
FAILED = "[LMMS_EVAL_"  # begins what lmms-eval puts in place of an answer that it did not get
REFUSED = {400, 413}  # status codes for a request that is wrong in itself, such as one that is too long

# sixpoint_scorer.yaml names these


def scorer_messages(record: Record) -> list[dict[str, Any]]:
    return messages(prompt_of(record))


def scorer_text(record: Record, lmms_eval_specific_kwargs: object = None) -> str:
    return prompt_of(record).text


def scorer_images(record: Record) -> list[Any]:
    return [opened(path) for path in prompt_of(record).images]


def scorer_result(record: Record, results: Sequence[str]) -> dict[str, Any]:
    """`results` has what the scorer answered."""
    fields = result(record, blocks_of(record["answer"]), record["model"], results[0])
    return metrics(fields | {"sample": record.get("sample") or 0})


# sixpoint_mmie.yaml names these


def queries(records: Any) -> Any:
    """One record of each query: data.json may hold the responses of several systems. `records` is a `datasets.Dataset`.

    Before anything is generated it raises ValueError where a variable is not set or a query has no rubric, URLError where the
    scorer does not answer.
    """
    if unset := [name for name in VARIABLES if not os.environ.get(name)]:
        raise ValueError(f"not set: {', '.join(unset)}")
    sent("/models")
    for record in records:
        rubric_of(record)
    first = {query: place for place, query in reversed(list(enumerate(records["id"])))}
    return records.select(sorted(first.values()))


def query_messages(record: Record) -> list[dict[str, Any]]:
    return messages(query_prompt(record))


def query_text(record: Record, lmms_eval_specific_kwargs: object = None) -> str:
    return query_prompt(record).text


def query_images(record: Record) -> list[Any]:
    return [opened(path) for path in query_prompt(record).images]


def system_result(record: Record, results: Sequence[str]) -> dict[str, Any]:
    """`results` has what the system answered: a text, or JSON with `text` and `images`, which are paths.

    Where lmms-eval got no answer there is no response, and no score.
    """
    system = os.environ["SIXPOINT_SYSTEM"]
    if results[0].startswith(FAILED):
        return metrics(result(record, [], system, ""))
    answer = answered_blocks(results[0])
    return metrics(result(record, answer, system, ask_scorer(worded(record, answer))) | {"blocks": answer})


# Both name these


def no_target(record: Record) -> str:
    return ""


def mean_score(results: Sequence[Record]) -> float:
    """The mean of the scores that can be read, not a number where there are none. Writes the files."""
    out = Path(os.environ["SIXPOINT_OUT"])
    out.mkdir(parents=True, exist_ok=True)
    write(out / "result.json", [{key: value for key, value in fields.items() if key != "blocks"} for fields in results])
    if answered := [fields for fields in results if "blocks" in fields]:
        write(out / "responses.json", responses(answered, out))
    scores = [score for fields in results if (score := score_in(fields["gpt_feedback"])) is not None]
    return fmean(scores) if scores else float("nan")


def share_unreadable(results: Sequence[Record]) -> float:
    return fmean(score_in(fields["gpt_feedback"]) is None for fields in results)


def metrics(fields: dict[str, Any]) -> dict[str, Any]:
    return {"sixpoint_score": fields, "sixpoint_unreadable": fields}


def score_in(feedback: str) -> int | None:
    number = SCORE.search(feedback)
    return round(float(number[1])) if number else None


def result(record: Record, answer: Blocks, system: str, feedback: str) -> dict[str, Any]:
    """A record of MMIE's result file."""
    question = blocks_of(record["question"])
    return {
        "id": record["id"],
        "model": system,
        "question": plain_text(question),
        "answer": plain_text(answer),
        "gt_answer": plain_text(blocks_of(record.get("gt_answer") or [])),
        "images": [str(path) for path in images_of([*question, *answer])],
        "gpt_feedback": feedback,
    }


def answered_blocks(text: str) -> list[dict[str, Any]]:
    """Models of lmms-eval that make images answer with JSON. It does not say where in the text they stand: they come after it."""
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or not isinstance(fields.get("images"), list):
        return [{"text": text, "image": None}]
    return [{"text": fields.get("text") or "", "image": None}, *({"text": None, "image": path} for path in fields["images"])]


# The responses, for `load_items`


def responses(answered: Sequence[Record], out: Path) -> Iterator[dict[str, Any]]:
    """The records of data.json with the system's answers; copies their images into the folder."""
    asked = {record["id"]: record for record in reversed(json.loads(Path("data.json").read_text()))}
    for number, fields in enumerate(answered):
        query = {key: value for key, value in asked[fields["id"]].items() if key not in ("answer", "sample")}
        for name in image_names(query):
            copied(Path(name), out, name)
        answer = [dict(block) for block in fields["blocks"]]
        for place, block in enumerate(answer):
            if block["image"]:
                path = Path(block["image"])
                block["image"] = copied(path, out, f"answers/{number}-{place}{path.suffix}")
        yield query | {"answer": answer, "model": fields["model"]}


def image_names(value: Any) -> Iterator[str]:
    """Wherever in a record they stand."""
    if isinstance(value, dict):
        if isinstance(value.get("image"), str):
            yield value["image"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from image_names(part)


def copied(source: Path, out: Path, name: str) -> str:
    target = out / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return name


def write(path: Path, records: Any) -> None:
    path.write_text(json.dumps(list(records), ensure_ascii=False, indent=1))


# Asking


def messages(prompt: Prompt) -> list[dict[str, Any]]:
    """As lmms-eval's chat models take them."""
    return user_turn(prompt, lambda path: {"type": "image", "url": opened(path)})


def user_turn(prompt: Prompt, image: Callable[[Path], dict[str, Any]]) -> list[dict[str, Any]]:
    content = [{"type": "text", "text": piece} if isinstance(piece, str) else image(piece) for piece in prompt.pieces()]
    return [{"role": "user", "content": content}]


def opened(path: Path) -> Any:
    from PIL import Image  # late: nothing else here needs it

    with Image.open(path) as image:
        return image.convert("RGB")


def ask_scorer(prompt: Prompt) -> str:
    """What the served scorer answers. Nothing where it refuses the prompt or does not answer: check_scorer counts that.

    It raises nothing, for lmms-eval would end and keep none of the answers that the system gave.
    """
    body = {
        "model": os.environ["SIXPOINT_SCORER_MODEL"],
        "messages": user_turn(prompt, lambda path: {"type": "image_url", "image_url": {"url": data_url(path)}}),
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
    }
    for left in reversed(range(TRIES)):
        try:
            return sent("/chat/completions", body)["choices"][0]["message"]["content"] or ""
        except (
            OSError,
            HTTPException,
            ValueError,
            LookupError,
            TypeError,
        ) as error:  # away, or something else
            print(f"the scorer did not answer: {error!r}", file=sys.stderr)  # noqa: T201
            if isinstance(error, HTTPError) and error.code in REFUSED:
                break
        if left:
            time.sleep(PAUSE)
    return ""


def sent(path: str, body: dict[str, Any] | None = None) -> Any:
    """The served scorer's JSON. Raises OSError, of which HTTPError and URLError are kinds, HTTPException and ValueError."""
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("SIXPOINT_SCORER_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    address = os.environ["SIXPOINT_SCORER_URL"].rstrip("/") + path
    request = Request(address, json.dumps(body).encode() if body else None, headers)  # noqa: S310 (the user's own address)
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            return json.load(response)
    except HTTPError as error:
        error.close()
        raise


def data_url(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
