"""A row has every figure of a criterion, of the overall or of a penalty, each with its value or the reason for none."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.flow.agree import agreement_report
from annotation.models import Project
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db
EXAMPLE = json.loads(Path("fixtures/agreement/krippendorff-2011.json").read_text())
FEW = {"low": None, "high": None, "no_interval": "too few queries for an interval"}


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


def close(value: Any) -> Any:
    return pytest.approx(value, abs=5e-6)


def test_krippendorffs_example_from_the_database_has_the_published_alpha() -> None:
    project = make_project(overlap=4)
    judged(project, list(zip(*EXAMPLE["ratings"], strict=True)), names=("a", "b", "c", "d"))
    row = rows_of(project, resamples=None)["text"]
    counted = {key: row[key] for key in ("items", "pairable_items", "queries", "raters", "ratings")}
    assert counted == {"items": 12, "pairable_items": 11, "queries": 11, "raters": 4, "ratings": 41}
    assert row["alpha"] == {"level": "ordinal", "value": close(0.81539), "n": 11, "reason": None}
    assert row["ac2"]["value"] == close(0.93439)  # on the scale of 6, of which nobody gave the last


def test_a_small_study_is_reported_whole() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 2], [3, 3], [6, body(text=5, penalties=["harm"])], [4, None]], names=("ana", "bo"))
    figure = {"n": 3, "reason": None, **FEW}
    head = {"rubric": "small@1", "items": 4, "pairable_items": 3, "queries": 3, "raters": 2, "ratings": 7}
    weights = {"ac2": "ordinal", "ordinal_kappa": "ordinal", "weighted_kappa": "quadratic"}
    nothing = {"value": None, "n": 0, "reason": "nothing has been rated", "low": None, "high": None, "no_interval": None}
    two_way = {"two_way": FEW}
    [group] = agreement_report(project)["groups"]
    for row in group["criteria"][:3]:
        del row["label"]  # test_label_figures.py has it whole
    text, images, overall, harm = group["criteria"]
    assert group["by"] == {}
    assert text == {
        **head,
        "criterion": "text",
        "kind": "rated",
        "alpha": {"level": "ordinal", "value": close(0.901961), **figure},
        "ac2": {"value": close(0.84), **figure},
        "ordinal_kappa": {"value": close(29 / 35), **figure},
        "weighted_kappa": {"value": close(0.884615), **figure},
        "icc_single": {"value": close(0.900990), **figure, **two_way},
        "icc_mean": {"value": close(0.935733), **figure, **two_way},
        "weights": weights,
        "exact": close(1 / 3),
        "adjacent": 1.0,
        "mean_absolute_difference": close(2 / 3),
        "intervals": {
            "exact": {"value": close(1 / 3), **figure},
            "adjacent": {"value": 1.0, **figure},
            "mean_absolute_difference": {"value": close(2 / 3), **figure},
        },
        "commonest": {"level": 3, "share": close(2 / 7)},
    }
    assert images == {
        "rubric": "small@1",
        "criterion": "images",
        "kind": "rated",
        "items": 0,
        "pairable_items": 0,
        "queries": 0,
        "raters": 0,
        "ratings": 0,
        "alpha": {"level": "ordinal"} | nothing,
        "ac2": nothing,
        "ordinal_kappa": nothing,
        "weights": weights,
        "intervals": dict.fromkeys(("exact", "adjacent", "mean_absolute_difference"), nothing),
        "weighted_kappa": nothing,
        "icc_single": nothing | {"two_way": dict.fromkeys(FEW)},
        "icc_mean": nothing | {"two_way": dict.fromkeys(FEW)},
        "exact": None,
        "adjacent": None,
        "mean_absolute_difference": None,
        "commonest": None,
    }
    assert overall == {
        **head,
        "criterion": "overall",
        "kind": "overall",
        "alpha": {"level": "interval", "value": close(0.719101), **figure},
        "icc_single": {"value": close(0.6875), **figure, **two_way},
        "icc_mean": {"value": close(0.778761), **figure, **two_way},
        "mean_absolute_difference": 1.0,
        "intervals": {"mean_absolute_difference": {"value": 1.0, **figure}},
    }
    assert harm == {
        **head,
        "criterion": "harm",
        "kind": "penalty",
        "alpha": {"level": "nominal", "value": 0.0, **figure},
        "ac1": {"value": close(0.573333), **figure},
        "prevalence": close(1 / 7),
        "intervals": {"prevalence": {"value": close(1 / 7), **figure, "n": 4}},
    }


UNDEFINED: dict[str, tuple[list[list[Any]], dict[str, str]]] = {
    "nobody has judged": ([[None, None], [None, None]], {"text": "nothing has been rated"}),
    "one annotator": (
        [[4, None], [5, None]],
        {"text": "only one annotator has rated", "overall": "only one annotator has rated"},
    ),
    "no overlap": ([[4, None], [None, 5]], {"text": "no response has two ratings", "harm": "no response has two ratings"}),
    "no variation": ([[4, 4], [4, 4]], {"text": "every rating is the same", "harm": "every rating is the same"}),
    "one response": ([[4, 5]], dict.fromkeys(["text", "overall", "harm"], "only one response has two ratings")),
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_an_undefined_alpha_has_a_reason(case: str) -> None:
    ratings, reasons = UNDEFINED[case]
    project = make_project(overlap=2)
    judged(project, ratings, names=("ana", "bo"))
    rows = rows_of(project)
    assert {key: (rows[key]["alpha"]["value"], rows[key]["alpha"]["reason"]) for key in reasons} == {
        key: (None, reason) for key, reason in reasons.items()
    }


def test_every_figure_without_a_value_or_an_interval_has_a_reason() -> None:
    project = make_project(overlap=2)
    judged(project, [[4, 5], [2, None], [3, 3]], names=("ana", "bo"))
    figures = [
        figure for row in rows_of(project).values() for figure in row.values() if isinstance(figure, dict) and "value" in figure
    ]
    assert len(figures) == 2 * 6 + 3 + 2
    for figure in figures:
        assert (figure["value"] is None) == (figure["reason"] is not None)
        assert (figure["low"] is None) == (figure["no_interval"] is not None or figure["reason"] is not None)
