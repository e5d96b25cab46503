"""croissant.json: the release described for machines, in Croissant 1.1 with the fields of its responsible-AI extension.

https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html and croissant-rai-spec.html beside it. It lists every file but
images one by one with its hash; the manifest, which has this file's own hash, is left out.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from annotation.exporters import statements
from annotation.exporters.data import About, Content, RatingRecord
from annotation.exporters.folder import Folder

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "key": "cr:key",
    "md5": "cr:md5",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "description": {"@container": "@language"},
    "name": {"@container": "@language"},
    **{
        term: f"cr:{term}"
        for term in (
            "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject",
            "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "parentField", "path",
            "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField",
            "transform",
        )
    },
}  # fmt: skip
FORMATS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonlines",
    ".md": "text/markdown",
    ".parquet": "application/x-parquet",
}
FILE_SET = "image-files"
IMAGE_FORMATS = ["image/png", "image/jpeg", "image/webp", "image/gif"]
# Of labels.jsonl, the type of each field that is a column of its own.
LABELS = {
    "id": "sc:Text", "system": "sc:Text", "sample": "sc:Integer", "category": "sc:Text", "field": "sc:Text",
    "subfield": "sc:Text", "rubric": "sc:Text", "split": "sc:Text", "overall": "sc:Float", "score": "sc:Integer",
    "percent": "sc:Float", "how": "sc:Text", "revised": "sc:Boolean",
}  # fmt: skip
# And of what stands inside a column: its type, the column, and the path in each of its values.
INSIDE = {
    "fair": ("sc:Float", "fair", "value"), "fair_se": ("sc:Float", "fair", "se"),
    **{f"{column}_{part}s": ("sc:Text", column, part)
       for column in ("question", "correct_answer", "response") for part in ("text", "image")},
}  # fmt: skip


def write(content: Content, folder: Folder) -> None:
    about = content.about
    document = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": statements.heading(about),
        "description": statements.summary(about),
        "license": "other",
        "distribution": list(distribution(folder)),
        "recordSet": list(record_sets(folder)),
        **responsible(about, folder),
    }
    folder.write("croissant.json", orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")


def distribution(folder: Folder) -> Iterator[dict[str, Any]]:
    for name, digest in folder.digests().items():
        if (format := FORMATS.get(PurePosixPath(name).suffix)) and not is_image(name):
            file = {"@type": "cr:FileObject", "@id": name, "name": name, "contentUrl": name}
            yield file | {"encodingFormat": format, "sha256": digest}
    if has_images(folder):
        yield {
            "@type": "cr:FileSet",
            "@id": FILE_SET,
            "name": FILE_SET,
            "description": "Every image as annotators saw it, named by the SHA-256 of its bytes.",
            "encodingFormat": IMAGE_FORMATS,
            "includes": "images/*",
        }


def is_image(name: str) -> bool:
    return name.startswith(("images/", "mmie/images/", "originals/"))


def has_images(folder: Folder) -> bool:
    return any(name.startswith("images/") for name in folder.files)


def record_sets(folder: Folder) -> Iterator[dict[str, Any]]:
    fields = [field(f"labels/{name}", kind, column("labels.jsonl", name)) for name, kind in LABELS.items()]
    fields += [
        field(f"labels/{name}", kind, column("labels.jsonl", of) | {"transform": {"jsonPath": path}})
        | ({} if of == "fair" else {"isArray": True, "arrayShape": "-1"})
        for name, (kind, of, path) in INSIDE.items()
    ]
    yield record_set("labels", "A labelled response: its score and how it came about.", fields)
    kinds = {
        name: "sc:Integer" if kind in (int, int | None) else "sc:Text" for name, kind in RatingRecord.__annotations__.items()
    }
    fields = [field(f"ratings/{name}", kind, column("ratings.csv", name)) for name, kind in kinds.items()]
    yield record_set("ratings", "What one person gave one response on one criterion.", fields)
    if has_images(folder):
        fields = [
            field(f"images/{name}", kind, {"fileSet": {"@id": FILE_SET}, "extract": {"fileProperty": wanted}})
            for name, kind, wanted in (("name", "sc:Text", "filename"), ("content", "sc:ImageObject", "content"))
        ]
        yield record_set("images", "An image as annotators saw it.", fields)


def record_set(name: str, description: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "description": description, "field": fields}


def field(name: str, kind: str, source: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "cr:Field", "@id": name, "name": name, "dataType": kind, "source": source}


def column(file: str, name: str) -> dict[str, Any]:
    return {"fileObject": {"@id": file}, "extract": {"column": name}}


def responsible(about: About, folder: Folder) -> dict[str, Any]:
    """The responsible-AI fields; those of which a release has nothing to say are left out."""
    missing = [f"{number:,} {reason}" for number, reason in statements.left_out(about)]
    images = [f"{statements.count(number, 'image')}: {reason}" for number, reason in statements.seen(folder.seen)]
    fields: dict[str, Any] = {
        "dataCollection": "Responses of the systems named in the column `system` to the queries of the project, loaded by its "
        "managers, and scored by people.",
        "dataCollectionType": "Manual Human Curator",
        "dataCollectionMissingData": f"Responses left out: {'; '.join(missing)}." if missing else "No response was left out.",
        "dataPreprocessingProtocol": images,
        "dataAnnotationProtocol": [*statements.protocol(about)],
        "dataAnnotationPlatform": "Sixpoint",
        "dataAnnotationAnalysis": [
            f"{row['rubric']}, {row['criterion']}: Krippendorff's alpha {statements.figure(row['alpha'])}"
            for row in statements.agreement(about)
        ],
        "annotationsPerItem": statements.people(about),
        "annotatorDemographics": f"{statements.people(about)} Nothing else about them is released.",
        "machineAnnotationTools": "None: every rating was given by a person.",
        "dataUseCases": [*statements.USES],
        "dataLimitations": [*statements.LIMITS],
        "personalSensitiveInformation": statements.NO_PERSON,
        "dataReleaseMaintenancePlan": "A release never changes. A later one has a manifest of its own; one that is found to be "
        "wrong is retracted with a reason.",
    }
    return {f"rai:{name}": value for name, value in fields.items() if value}
