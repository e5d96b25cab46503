"""README.md: the dataset card, with the head that the Hugging Face Hub and `datasets` read."""

from collections.abc import Iterator, Sequence

import orjson

from annotation.exporters import statements
from annotation.exporters.data import About, Content
from annotation.exporters.folder import Folder
from annotation.exporters.training.notes import notes

FILES = {
    "labels.jsonl": "a line per response: its labels, how each came about, and the ratings behind it",
    "ratings.csv": "every rating; people have pseudonyms, and what agreement counts is marked",
    "ratings_wide.csv": "the first, independent ratings, a column for each annotator",
    "remarks.csv": "notes and marked errors, by criterion and block",
    "decisions.csv": "what adjudicators decided and why, with their scores before they saw the ratings",
    "data/": "the same as labels.jsonl by split, as Parquet with the images in it: `datasets.load_dataset` opens this folder",
    "internvl/": "conversations for fine-tuning InternVL; run the training in this folder",
    "sharegpt/": "the same for LLaMA-Factory, with its `dataset_info.json`",
    "swift/": "the same for ms-swift: messages, and one number for each criterion",
    "pairs/": "two responses to one query of which people find one clearly better, for preference and reward training",
    "mmie/": "the check split in the format of MMIE's evaluation script",
    "images/": "every image as annotators saw it, named by the SHA-256 of its bytes",
    "originals/": "the files as they were loaded of those images that were seen otherwise",
    "croissant.json": "this dataset described for machines: Croissant, with its responsible-AI fields",
    "manifest.json": "rubrics, seed, split, agreement, the responses left out with reasons, and the SHA-256 of every file",
}


def write(content: Content, folder: Folder) -> None:
    about = content.about
    parts = [head(about, folder), f"# {statements.heading(about)}\n\n{statements.summary(about)}\n", files(folder)]
    parts += [making(about), training(about, folder), agreement(about), uses(), limits(), *images(folder), *left_out(about)]
    folder.write("README.md", "\n".join(parts).encode())


def head(about: About, folder: Folder) -> str:
    """YAML; a text in it stands as JSON writes it, which YAML reads alike. `datasets` reads one kind of file alone: Parquet."""
    splits = [name for name in statements.SPLITS if f"data/{name}-00000.parquet" in folder.files]
    lines = ["---", f"pretty_name: {orjson.dumps(about.title).decode()}", "license: other"]
    lines += ["annotations_creators:", "- expert-generated", "configs:"]
    lines += ["- config_name: default", "  data_files:"]
    for split in splits:
        lines += [f"  - split: {split}", f"    path: data/{split}-*.parquet"]
    return "\n".join([*lines, "---", ""])


def files(folder: Folder) -> str:
    """Those that are there; the last two are written after this one."""
    there = {f"{name.split('/')[0]}/" if "/" in name else name for name in folder.files} | {"croissant.json", "manifest.json"}
    return table(("file", "contents"), [(f"`{name}`", contents) for name, contents in FILES.items() if name in there])


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def making(about: About) -> str:
    rubrics = ", ".join(f"{rubric.title} (`{name}`)" for name, rubric in sorted(about.rubrics.items()))
    lines = ["## How it was made", statements.people(about), *statements.protocol(about), f"Rubrics: {rubrics}."]
    return paragraphs([*lines, "No query and no image is in two splits.", statements.NO_PERSON])


def paragraphs(texts: list[str]) -> str:
    return "\n\n".join(texts) + "\n"


def training(about: About, folder: Folder) -> str:
    return f"## Training files\n\n{notes(about.manifest, folder.counts)}\n"


def agreement(about: About) -> str:
    """A row for each criterion; a label's reliability stands where the report has it."""
    names = ("rubric", "criterion", "responses", "ratings", "Krippendorff's alpha", "reliability of the label")
    rows = [
        (
            row["rubric"], row["criterion"], f"{row['items']:,}", f"{row['ratings']:,}", statements.figure(row["alpha"]),
            statements.figure(row.get("label", {}).get("reliability")),
        )
        for row in statements.agreement(about)
    ]  # fmt: skip
    note = (
        "Of first, independent ratings, with 95 % intervals clustered by query, which hold for these annotators. Alpha is of one "
        "rating: ordinal for a criterion, of intervals for the overall, nominal for a penalty. `manifest.json` has more figures."
    )
    return f"## Agreement\n\n{table(names, rows)}\n{note}\n"


def uses() -> str:
    return "## Intended use\n\n" + bullets(statements.USES)


def limits() -> str:
    return "## Limits\n\n" + bullets(statements.LIMITS)


def bullets(texts: Sequence[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def images(folder: Folder) -> Iterator[str]:
    """Nothing where every image is the file that was loaded."""
    if folder.seen:
        text = (
            f"{statements.count(len(folder.seen), 'image')} would be shown otherwise by a plain reader than annotators saw them, "
            "and are in `images/` as they were seen. `images` in `manifest.json` names each with the hash of its original."
        )
        yield f"## Images\n\n{text}\n\n" + bullets([f"{number:,}: {reason}" for number, reason in statements.seen(folder.seen)])


def left_out(about: About) -> Iterator[str]:
    """Nothing where every response is released."""
    if rows := statements.left_out(about):
        text = "Responses of the project that are not in this release; `manifest.json` names each."
        yield f"## Left out\n\n{text}\n\n" + bullets([f"{number:,}: {reason}" for number, reason in rows])
