from pathlib import Path
from typing import Any

import yaml

from annotation.exporters import SeenImage, write
from tests.annotation.exporters.records import content, label


def card(folder: Path, *labels: Any, **more: Any) -> str:
    whole = content(*labels, **more)
    folder.mkdir()
    write(whole, folder)
    return (folder / "README.md").read_text()


def test_the_card_has_a_head_that_names_the_splits_and_that_yaml_reads_whatever_the_title(tmp_path: Path) -> None:
    text = card(tmp_path / "out", label(), label(split="check"), title='A "study":\n- of {braces}')
    assert yaml.safe_load(text.split("---\n")[1]) == {
        "pretty_name": 'A "study":\n- of {braces}',
        "license": "other",
        "annotations_creators": ["expert-generated"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": "train", "path": "data/train-*.parquet"},
                    {"split": "check", "path": "data/check-*.parquet"},
                ],
            }
        ],
    }
    assert (
        '# A "study": - of {braces}\n\n2 model responses, scored by people against a rubric: 1 to train on and 1 to check with.\n'
        in text
    )


def test_the_card_counts_who_judged_and_how_labels_came_about(tmp_path: Path) -> None:
    text = card(tmp_path / "out", label(), label(how="agreed"), label(how="agreed", revised=False))
    assert "3 of 3 annotators scored each response. 1 adjudicator decided disputes." in text
    assert "2 of the labels are agreed on every criterion: a criterion's label is the mean of its ratings." in text
    assert "An adjudicator decided at least one criterion of the other 1, after scoring it" in text
    assert "2 of the labels rest on a revision" in text


def test_the_card_counts_apart_what_was_decided_without_a_dispute(tmp_path: Path) -> None:
    counts = {"released": 14, "agreed": 1, "adjudicated": 13, "revised": 0}
    said = "not in dispute, but mixed in among the disputes"
    assert said not in card(tmp_path / "none", label(), manifest={"counts": counts})
    assert f"Of these, 1 response was {said}" in card(tmp_path / "one", label(), manifest={"counts": counts | {"mixed_in": 1}})
    text = card(tmp_path / "two", label(), manifest={"counts": counts | {"mixed_in": 2}})
    assert (
        "An adjudicator decided at least one criterion of the other 13, after scoring it without seeing the ratings. `rule` in "
        f"manifest.json says which ratings are in dispute.\n\nOf these, 2 responses were {said} so that being asked told an "
        "adjudicator nothing; there too the decision replaces the ratings of the criteria that were asked. `disputed` in "
        "decisions.csv is 0 for them.\n"
    ) in text


def test_the_card_says_what_is_not_known_of_imported_judgements_and_nothing_of_nobody(tmp_path: Path) -> None:
    people = {"annotators": 1200, "adjudicators": 0, "annotators_per_response": {"2": 1, "3": 4}, "imported": 7}
    text = card(tmp_path / "out", label(how="agreed"), manifest={"people": people})
    assert "3 of 1,200 annotators scored each response, but for 1 response with another number of annotators.\n" in text
    assert "That is not known of 7 judgements of the project: they were imported, and given elsewhere." in text
    assert "adjudicator" not in text.split("## How it was made")[1].split("## Agreement")[0]


ROWS: list[dict[str, Any]] = [
    {
        "rubric": "r@1", "criterion": "text", "items": 1200, "ratings": 3600,
        "alpha": {"value": 0.617, "low": 0.57, "high": 0.6649, "reason": None},
        "label": {"reliability": {"value": 0.84, "low": -0.1, "high": 1.0, "reason": None}},
    },
    {
        "rubric": "r@1", "criterion": "overall", "items": 9, "ratings": 18,
        "alpha": {"value": 0.7, "low": None, "no_interval": "too few queries"},
    },
    {"rubric": "r@1", "criterion": "harm", "items": 2, "ratings": 4, "alpha": {"value": None, "reason": "all are the same"}},
]  # fmt: skip


def test_agreement_stands_with_intervals_or_the_reason_why_there_is_none(tmp_path: Path) -> None:
    text = card(tmp_path / "out", label(), manifest={"agreement": [{"by": {}, "criteria": ROWS}]})
    assert "| r@1 | text | 1,200 | 3,600 | .62 (.57 to .66) | .84 (-.10 to 1.00) |" in text
    assert "| r@1 | overall | 9 | 18 | .70 (no interval: too few queries) |  |" in text
    assert "| r@1 | harm | 2 | 4 | undefined: all are the same |  |" in text


def test_what_is_left_out_is_counted_by_reason(tmp_path: Path) -> None:
    left_out = [{"reason": reason} for reason in ("disputed", "not_judged", "disputed", "of a later version")]
    text = card(tmp_path / "out", label(), manifest={"left_out": left_out})
    assert text.endswith(
        "\n- 2: in dispute, and not decided yet\n- 1: not judged by all annotators yet\n- 1: of a later version\n"
    )
    assert "## Left out" not in card(tmp_path / "all", label())


def test_images_that_were_seen_otherwise_are_counted_by_reason(tmp_path: Path) -> None:
    seen = [SeenImage("a.png", f"{name}.jpg", reasons) for name, reasons in (("x", ("turned", "cmyk")), ("y", ("turned",)))]
    text = card(tmp_path / "out", label(), seen=seen)
    assert "2 images would be shown otherwise by a plain reader than annotators saw them" in text
    assert "\n- 2: turned upright, as its EXIF says\n- 1: converted from CMYK to RGB\n" in text
    assert "## Images" not in card(tmp_path / "all", label())


def test_the_files_that_are_there_are_named(tmp_path: Path) -> None:
    text = card(tmp_path / "out", label())
    named = [line.split("`")[1] for line in text.split("| --- | --- |\n")[1].splitlines() if line.startswith("| `")]
    assert sorted(named) == sorted({path.name + "/" * path.is_dir() for path in (tmp_path / "out").iterdir()} - {"README.md"})
