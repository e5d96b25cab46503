"""Loads and runs a task for lmms-eval as lmms-eval does, and serves a scorer on this machine."""

import importlib.util
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import datasets
import yaml

FOLDER = Path(__file__).parents[3] / "examples" / "lmms_eval"


def module(name: str) -> ModuleType:
    """A new copy of an example's module, loaded by its path."""
    sys.modules.pop("sixpoint_prompts", None)  # it keeps what it has read of a release
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def task(name: str) -> dict[str, Any]:
    """The settings of a task, with the functions that they name."""

    class Loader(yaml.SafeLoader):
        pass

    modules: dict[str, ModuleType] = {}

    def function(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
        file, called = loader.construct_scalar(node).split(".")
        modules.setdefault(file, module(file))
        return getattr(modules[file], called)

    Loader.add_constructor("!function", function)
    settings: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text(), Loader)
    return settings


def run(settings: dict[str, Any], cache: Path, answer: Callable[[list[dict[str, Any]]], str]) -> dict[str, float]:
    """The figures of a task; `answer` is lmms-eval's model. The current folder is that of data.json."""
    files = {split: str(Path(name).resolve()) for split, name in settings["dataset_kwargs"]["data_files"].items()}
    records = datasets.load_dataset(settings["dataset_path"], data_files=files, cache_dir=str(cache))[settings["test_split"]]
    if "process_docs" in settings:
        records = settings["process_docs"](records)
    results = [settings["process_results"](record, [answer(settings["doc_to_messages"](record))]) for record in records]
    return {
        metric["metric"]: metric["aggregation"]([fields[metric["metric"]] for fields in results])
        for metric in settings["metric_list"]
    }


@contextmanager
def served(answer: Callable[[dict[str, Any]], str | int]) -> Iterator[str]:
    """The address of a scorer. `answer` gets the body of a question, and says a text or a status code."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(200 if self.path == "/v1/models" else 404, {"data": []})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = answer(body | {"path": self.path, "key": self.headers["Authorization"]})
            self.say(said if isinstance(said, int) else 200, {"choices": [{"message": {"content": said}}]})

        def say(self, code: int, content: dict[str, Any]) -> None:
            text = json.dumps(content).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
