"""The training files of 20,103 labels, four responses to a query, six criteria: time of the processor, without images."""

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from annotation.exporters import About, Block, Content, CriterionRecord, CriterionText, FairRecord, LabelRecord, RubricText
from annotation.exporters.folder import Folder
from annotation.exporters.training import mmie, tools
from tests.bench.agreement import PER_QUERY, RESPONSES

CRITERIA = ("text_quality", "image_quality", "coherence", "method_quality", "creativity", "consistency")
FAIR = FairRecord(3.5, 0.2, None)
LABEL = LabelRecord(
    id="", system="", sample=0, category="", field="", subfield="", rubric="r@1", split="train", overall=Fraction(7, 3), score=2,
    percent=Fraction(350, 9), how="agreed", fair=FAIR, penalties={}, revised=False, errors=(), feedback=(),
    criteria={key: CriterionRecord(Fraction(7, 3), (2, 2, 3), "agreed", FAIR) for key in CRITERIA},
    fitting_feedback="The steps are clear, and the last picture shows another dish. " * 2,
    question=(), correct_answer=None, response=(),
)  # fmt: skip


def labels() -> Iterator[LabelRecord]:
    for number in range(RESPONSES):
        query, system = divmod(number, PER_QUERY)
        yield replace(
            LABEL,
            id=f"PBL-{query:05}",
            system=f"system-{system}",
            split="check" if query % 100 == 0 else "train",
            fair=FairRecord(2 + 0.7 * system, 0.2, None),
            question=(Block(f"What of {query}? " * 20, "query.png"),),
            response=(Block(f"It is {number}. " * 40, f"{system}.png"),),
        )


def content() -> Content:
    levels = tuple((level, "what a response of this level has, in a sentence of the usual length") for level in range(1, 7))
    criteria = tuple(CriterionText(key, key, "what the criterion is about, in a few words", levels) for key in CRITERIA)
    rubric = RubricText("r@1", "Rubric", 0, 6, criteria, (), tuple(range(1, 7)))
    manifest = {"template": "mmie", "score_without_feedback": False, "split": {"train": 1, "check": 1}}
    return Content(
        about=About("bench", "Bench", {"r@1": rubric}, manifest),
        agreement=list,
        labels=labels,
        ratings=tuple,
        remarks=tuple,
        decisions=tuple,
        annotators=(),
        read_image=lambda name: b"",
        seen=lambda names: (),
        read_original=None,
    )


def training() -> None:
    print(f"training files of {RESPONSES:,} labels, {PER_QUERY} responses to a query")
    start = time.process_time()
    for _label in labels():
        pass
    drawn = time.process_time() - start
    with tempfile.TemporaryDirectory() as path, Folder(Path(path)) as folder:
        start = time.process_time()
        writers = [tools.Writer(content(), folder), mmie.Writer(content(), folder)]
        for label in labels():
            for writer in writers:
                writer.add(label)
        for writer in writers:
            writer.close()
        took = time.process_time() - start - drawn
        size = sum(file.stat().st_size for file in Path(path).rglob("*") if file.is_file())
    print(f"  {took:.1f} s of the processor for {size / 1e6:,.0f} MB, {folder.counts['pairs']:,} pairs")
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
