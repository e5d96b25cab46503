"""A release of 20,103 responses x 3 annotators x 6 criteria: its parts and the whole, each in a process of its own, and the page
that previews it."""

from tests.bench.report import judged_study
from tests.bench.study import in_shell

PARTS = {
    "labels.jsonl alone, no manifest": ("labels",),
    "tables alone": (),
    "all files but images and Parquet": ("labels", "training", "mmie", "tables"),
    "all files": ("labels", "training", "mmie", "images", "parquet", "tables"),
}
TIMED = """
import resource, tempfile, time
from pathlib import Path
from annotation.exporters import labels, registry
from annotation.exporters.folder import Folder
from annotation.garbage import uncollected
from annotation.flow.release import Options
from annotation.flow.release.content import content_of
from annotation.flow.release.draft import read_draft
from annotation.models import Project

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def write_labels(content, path):
    with Folder(path) as folder, uncollected():
        writer = labels.Writer(content, folder)
        for label in content.labels():
            writer.add(label)
        writer.close()

parts = {parts!r}
for name in set(registry.WRITERS) - set(parts):
    del registry.WRITERS[name]
write = write_labels if parts == ("labels",) else registry.write
if "images" not in parts:
    from annotation.exporters.training import mmie
    mmie.Writer.add_images = lambda self, label: None
with tempfile.TemporaryDirectory() as folder:
    start, busy, before = time.perf_counter(), time.process_time(), peak()
    draft = read_draft(Project.objects.get(), Options())
    read = time.process_time() - busy
    write(content_of(draft), Path(folder))
    took, busy = time.perf_counter() - start, time.process_time() - busy
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
print(
    f"  {name:<34} {{took:6.2f}} s, of the processors {{busy:6.2f}} s ({{read:.2f}} of it to read the labels), "
    f"{{size / 1e6:6.1f}} MB of files, at most {{peak():.0f}} MB of memory, {{before:.0f}} before"
)
"""
PREVIEWED = """
import time
from django.core.cache import cache
from django.test import Client
from annotation.models import User
lea = Client(headers={"host": "127.0.0.1"})
lea.force_login(User.objects.get(username="lea"))
cache.clear()
for when in ("first opened", "opened again"):
    start, busy = time.perf_counter(), time.process_time()
    assert b"Training examples" in lea.get("/projects/bench/releases/new/").content
    took, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"  {'preview page, ' + when:<34} {took:6.2f} s, of the processors {busy:6.2f} s")
"""


def releases() -> None:
    print("release, 20,103 responses x 3 annotators x 6 criteria, four responses to a query")
    with judged_study() as installed:
        for name, parts in PARTS.items():
            in_shell(installed, TIMED.format(name=name, parts=parts))
        in_shell(installed, PREVIEWED)
