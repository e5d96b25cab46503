"""The demo's release, and the keys of what commands and the API answer about the demo."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from tests.databases import ROOT

FIXTURES = ROOT / "fixtures"
PSEUDONYM_KEY = "the demo's in this test, for a project's own is random"
ANNOTATORS = ("ana", "bo", "chen", "dara", "emil", "fay")
GROUPINGS = "category,field,subfield,system,round,week"
DATED = ("ratings.csv", "decisions.csv")  # tables that say on which day something was done
DAY = re.compile(rb"\b\d{4}-\d\d-\d\d\b")
SCORES = "id,model,annotator,criterion,score\nghost,model,ana,text_quality,7\n"
TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def of_the_demo(folder: Path) -> dict[str, Any]:
    """By the stored file's name. Needs a migrated, empty database, and writes into `folder`."""
    with translation.override("en"):
        documents = {"load_demo": command("load_demo")}
        apps.get_model("annotation", "Project").objects.update(pseudonym_key=PSEUDONYM_KEY)
        documents |= by_commands(folder)
        documents |= by_api()
    del documents["release"]["files"]  # a key for each file: they are stored with their hashes
    return {
        "release": release(folder / "release"),
        "export": export(folder / "items"),
        "documents": {name: keys(document) for name, document in documents.items()},
    }


def by_commands(folder: Path) -> dict[str, Any]:
    """What each command prints with --json; a file of items and one of scores are refused."""
    scores = folder / "scores.csv"
    scores.write_text(SCORES)
    in_demo, out = ("--project", "demo"), folder / "release"
    return {
        "agreement": command("agreement", *in_demo, "--resamples", "100", "--by", GROUPINGS),
        "agreement --paper": command("agreement", *in_demo, "--resamples", "100", "--paper", "text"),
        "release": command("release", *in_demo, "--out", str(out), "--check-size", "8", "--seed", "6"),
        "verify_release": command("verify_release", str(out)),
        "check_scorer": command("check_scorer", str(FIXTURES / "demo" / "scorer.json"), *in_demo),
        "results": command("results", *in_demo, "--by", "category,field,subfield,criterion"),
        "results --format": command("results", *in_demo, "--format", "csv"),
        "export_items": command("export_items", *in_demo, "--out", str(folder / "items")),
        "load_items": command("load_items", str(FIXTURES / "demo" / "items.json"), *in_demo),
        "load_items, refused": command("load_items", str(FIXTURES / "demo" / "scorer.json"), *in_demo),
        "load_scores, refused": command("load_scores", str(scores), *in_demo),
        "load_rubric": command("load_rubric", str(FIXTURES / "rubrics" / "mmie-pbl.yaml")),
        "create_project": command("create_project", "second", "--rubric", "mmie-pbl"),
        "add_member": command("add_member", "ana", "--project", "second", "--role", "annotator", "--token"),
        "workspace": command("workspace", *in_demo),
        "clean": command("clean", "--dry-run"),
    }


def command(name: str, *arguments: str) -> Any:
    output = StringIO()
    try:
        call_command(name, *arguments, "--json", stdout=output, stderr=StringIO())
    except CommandError as error:
        if not output.getvalue():
            raise AssertionError(f"{name}: {error}") from error
    return json.loads(output.getvalue())


def by_api() -> dict[str, Any]:
    """What the API answers a manager, annotators at work and an adjudicator, by their requests."""
    lea, fay, ada = signed_in("lea"), signed_in("fay"), signed_in("ada")
    project = "projects/demo"
    claims = [call(signed_in(name), "POST", f"{project}/claim/") for name in ANNOTATORS]  # not every query has references
    claim = call(fay, "POST", f"{project}/claim/")["status 200"]
    criteria = [criterion["key"] for criterion in claim["rubric"]["criteria"] if criterion["kind"] == "rated"]
    body = {"scores": dict.fromkeys(criteria, 3), "feedback": "x", "active_seconds": 9}
    slot = f"assignments/{claim['assignment']['id']}"
    case = call(ada, "POST", f"{project}/adjudicate/")
    adjudication = case["status 200"]["adjudication"]
    answers = {"answers": dict.fromkeys(adjudication["criteria"], 3)}
    return {
        "GET projects": call(lea, "GET", "projects/"),
        "GET rubrics": call(lea, "GET", "rubrics/"),
        "GET agreement": call(lea, "GET", f"{project}/agreement/?resamples=100&by=category"),
        "GET agreement/paper": call(lea, "GET", f"{project}/agreement/paper/?resamples=100"),
        "GET duplicates": call(lea, "GET", f"{project}/duplicates/"),
        "POST claim": claims,
        "PUT draft": call(fay, "PUT", f"{slot}/draft/", body),
        "POST claim, with a draft": call(fay, "POST", f"{project}/claim/")["status 200"]["assignment"],
        "POST submit, refused": call(fay, "POST", f"{slot}/submit/", {"scores": {}}),
        "POST submit": call(fay, "POST", f"{slot}/submit/", body),
        "POST adjudicate": case,
        "POST unseen": call(ada, "POST", f"adjudications/{adjudication['id']}/unseen/", answers),
    }


def signed_in(name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username=name))
    return client


def call(client: Client, method: str, path: str, body: Any = None) -> Any:
    """What is answered, under its status."""
    answer = client.generic(method, f"/api/v1/{path}", json.dumps(body or {}), "application/json")
    return {f"status {answer.status_code}": answer.json()}


def release(folder: Path) -> dict[str, Any]:
    """Every file's SHA-256, and the manifest, without the card, whose words may change, and without the days on which the demo
    was scored, and what depends on them."""
    files = digests(folder)
    files |= {name: hashlib.sha256(DAY.sub(b"day", (folder / name).read_bytes())).hexdigest() for name in DATED}
    written = {name: without(folder, name, files) for name in ("croissant.json", "manifest.json")}
    manifest = json.loads(written["manifest.json"])
    card, seal = manifest["files"].pop("README.md"), manifest.pop("sha256")
    written["manifest.json"] = written["manifest.json"].replace(card, "").replace(seal, "")
    files |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in written.items()}
    manifest["files"]["croissant.json"] = files["croissant.json"]
    del files["README.md"]
    return {"files": files, "manifest": manifest}


def without(folder: Path, name: str, files: dict[str, str]) -> str:
    """The file with the hashes of the tables as they are without days; the manifest without that of croissant.json, too."""
    text = (folder / name).read_text(encoding="utf-8")
    for dated in DATED:
        text = text.replace(hashlib.sha256((folder / dated).read_bytes()).hexdigest(), files[dated])
    return text.replace(files["croissant.json"], "")


def export(folder: Path) -> dict[str, str]:
    """Every file's SHA-256, the records' with sorted keys: PostgreSQL keeps no order of keys in metadata and profiles."""
    lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    written = "\n".join(json.dumps(json.loads(line), sort_keys=True) for line in lines)
    return digests(folder) | {"items.jsonl": hashlib.sha256(written.encode()).hexdigest()}


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def keys(document: Any) -> dict[str, str]:
    """The types at each place of a document, as in {"groups[].by": "object"}; absent: some of its objects lack the key."""
    types: defaultdict[str, list[str]] = defaultdict(list)
    objects: dict[str, str] = {}  # of each key's place, where the objects that may have it stand
    for place, holder, value in places(document):
        types[place].append(TYPES[type(value)])
        if holder is not None:
            objects[place] = holder
    for place, holder in objects.items():
        if len(types[place]) < types[holder].count("object"):
            types[place].append("absent")
    return {place: " or ".join(sorted(set(names))) for place, names in types.items()}


def places(value: Any, place: str = "", holder: str | None = None) -> Iterator[tuple[str, str | None, Any]]:
    """Every place with its value and, where it is a key's, the place of the object that has the key."""
    yield place, holder, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, f"{place}.{key}".lstrip("."), place)
    elif isinstance(value, list):
        for part in value:
            yield from places(part, f"{place}[]")
