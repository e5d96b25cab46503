"""Published tables come out to the printed digits. fixtures/agreement/ says where each is printed."""

import json
from pathlib import Path
from sys import modules
from typing import Any

import numpy as np
import pytest

from annotation.agreement import (
    MeasurementLevel,
    ac1,
    ac2,
    agreement_weights,
    alpha,
    components,
    fleiss,
    from_disagreement,
    icc,
    icc_mean,
    icc_single,
    kappa_of_table,
)
from tests.annotation.agreement.arrays import array

TABLES = {
    path.stem: json.loads(path.read_text()) for path in (Path(__file__).parents[3] / "fixtures" / "agreement").glob("*.json")
}
ALPHAS = [(name, level) for name, table in sorted(TABLES.items()) for level in table.get("alpha", ())]
KRIPPENDORFF, SHROUT, COHEN = (TABLES[name] for name in ("krippendorff-2011", "shrout-fleiss-1979", "cohen-1968"))


@pytest.mark.parametrize(("name", "level"), ALPHAS)
@pytest.mark.parametrize("small", [100_000, 0], ids=["krippendorff", "our own"])
def test_alpha(name: str, level: MeasurementLevel, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules["annotation.agreement.coefficients.alpha"], "SMALL", small)
    table = TABLES[name]
    figure = alpha(array(*table["ratings"]), level=level, scale=range(6))
    assert round(figure.value or 0, table["decimals"]) == table["alpha"][level]


@pytest.mark.parametrize("size", [5, 6])
def test_gwet_on_two_scales_as_the_scale_is_part_of_the_data(size: int) -> None:
    ratings, scale = array(*KRIPPENDORFF["ratings"]), range(1, size + 1)
    expected = KRIPPENDORFF["gwet"][str(size)]
    actual = {name: round(ac2(ratings, scale=scale, weights=name).value or 0, 5) for name in expected}
    assert actual == expected
    assert round(ac1(ratings, scale=scale).value or 0, 5) == expected["identity"]


def test_the_six_intraclass_correlations() -> None:
    ratings = array(*SHROUT["ratings"])
    assert {kind: round(figure.value or 0, 3) for kind, figure in icc(ratings).items()} == SHROUT["icc"]


def test_the_components_of_crossed_data_are_the_analysis_of_variance() -> None:
    ratings = array(*SHROUT["ratings"])
    actual = components(ratings)
    assert actual is not None
    # the table's mean squares: 11.24 between targets, 32.49 between judges, 1.02 left
    parts = (actual.response, actual.annotator, actual.residual, actual.ratings)
    assert parts == pytest.approx(((11.24 - 1.02) / 4, (32.49 - 1.02) / 6, 1.02, 4), abs=5e-3)
    six = icc(ratings)
    assert icc_single(ratings).value == pytest.approx(six["2,1"].value, abs=1e-12)
    assert icc_mean(ratings).value == pytest.approx(six["2,k"].value, abs=1e-12)


@pytest.mark.parametrize("name", COHEN["kappa"])
def test_weighted_kappa_of_proportions(name: Any) -> None:
    weights = from_disagreement(COHEN["disagreement"]) if name == "cohen" else agreement_weights(name, range(3))
    assert round(kappa_of_table(np.array(COHEN["table"]), weights) or 0, 3) == COHEN["kappa"][name]


def test_fleiss_of_thirty_patients_by_six_psychiatrists() -> None:
    table = TABLES["fleiss-1971"]
    patients = [[level for level, times in enumerate(row, 1) for _ in range(times)] for row in table["table"]]
    assert round(fleiss(np.array(patients, dtype=float).T, scale=range(1, 6)).value or 0, 5) == table["kappa"]
