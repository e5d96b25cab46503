"""Where a scorer errs is told by kind of response and by what is counted, with a correction for all looks together."""

import numpy as np
import pytest

from annotation.flow.check.report.subgroups import subgroups
from tests.annotation.flow.check.report.drawn import NUMBERS, drawn, scored


def test_a_system_that_is_favoured_stands_out_and_a_field_does_not() -> None:
    scores, labels = drawn(200, noise=0.3)
    scores[1::2] += 0.8
    report = subgroups(scored(scores, labels))
    first, second = report["system"]["kinds"]
    assert (first["value"], first["n"], second["value"], second["n"]) == ("a", 100, "b", 100)
    errors = scores - labels
    assert second["bias"]["value"] == pytest.approx(errors[1::2].mean())
    assert second["bias_difference"]["value"] == pytest.approx(errors[1::2].mean() - errors[::2].mean())
    assert second["bias_difference"]["beyond_chance"]
    assert second["standardised"]["value"] > 0.1
    assert not any(kind["bias_difference"]["beyond_chance"] for kind in report["field"]["kinds"])
    assert report["system"]["explained"]["error"]["value"] > 0.5


def test_errors_that_grow_with_images_have_a_slope_beyond_chance() -> None:
    scores, labels = drawn(200, noise=0.05)
    images = np.arange(200) % 5
    scores += images * np.random.default_rng(0).choice([-0.3, 0.3], 200)
    numbers = {name: images.astype(float) if name == "images" else np.zeros(200) for name in NUMBERS}
    report = subgroups(scored(scores, labels, numbers=numbers))
    slope = report["images"]["slope"]["mae"]
    assert (slope["beyond_chance"], slope["value"]) == (True, pytest.approx(0.3, abs=0.02))
    assert [(kind["from"], kind["to"]) for kind in report["images"]["kinds"]] == [(n, n) for n in range(5)]
    assert report["length"]["slope"]["mae"]["reason"] == "the responses are all the same in this"


def test_a_share_is_beyond_chance_where_its_interval_lies_above_nothing() -> None:
    """Of 12 responses in groups of 2 and 3 it cannot be told, however large it is."""
    scores, labels = drawn(12, seed=3)
    for queries in (np.arange(12) // 4, np.arange(12) // 2):
        shares = [part["explained"]["error"] for part in subgroups(scored(scores, labels, queries=queries)).values()]
        assert {share["beyond_chance"] for share in shares} == {False}
    scores, labels = drawn(120)
    scores[::2] += 1
    share = subgroups(scored(scores, labels))["system"]["explained"]["error"]
    assert (share["beyond_chance"], share["low"] > 0) == (True, True)
