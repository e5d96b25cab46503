"""Rows of a report and the context of a paper, as the tests of the paper need them."""

from typing import Any

from annotation.exporters.paper import PaperContext
from annotation.exporters.paper.methods import methods

PBL, SA = "mmie-pbl@1", "mmie-sa@2"


def context(**more: Any) -> PaperContext:
    fields: dict[str, Any] = {
        "title": "Pilot & more", "rubrics": {PBL: "Project-based learning", SA: "Situation analysis"},
        "criteria": {
            (PBL, "text"): "Text quality", (PBL, "coherence"): "[图文] 一致 | 100%", (PBL, "method"): "Method",
            (PBL, "harm"): "Harm", (SA, "text"): "Language",
        },
        "scale": {PBL: (1, 6), SA: (0, 4)}, "responses": 1100, "queries": 275, "annotators": 3, "judgements": 3300,
        "loaded": False, "resamples": 1000, "seed": 7, "version": "0.1.0",
    }  # fmt: skip
    return PaperContext(**fields | more)


def figure(value: float | None, low: float | None = None, high: float | None = None, **more: Any) -> dict[str, Any]:
    return {"value": value, "low": low, "high": high, "reason": None, "no_interval": None, "n": 1056} | more


def row(criterion: str, alpha: dict[str, Any], kind: str = "rated", **more: Any) -> dict[str, Any]:
    level = {"rated": "ordinal", "overall": "interval", "penalty": "nominal"}[kind]
    fields = {"rubric": PBL, "criterion": criterion, "kind": kind, "items": 264, "pairable_items": 264, "queries": 264}
    commonest = {"commonest": {"level": 4, "share": 0.4}} if kind == "rated" else {}
    return fields | {"raters": 3, "ratings": 792, "alpha": alpha | {"level": level}} | commonest | more


def paragraph_from(start: str, rows: list[dict[str, Any]], **fields: Any) -> str:
    """The paragraph from there on."""
    paragraph = methods(rows, context(**fields), "text")
    return paragraph[paragraph.index(start) :]
