import numpy as np

from annotation.agreement.scorer import baselines, measures

NOTHING = np.array([])


def test_the_baselines_do_not_look_at_the_response() -> None:
    labels = np.array([2.0, 2.4, 5.0, 4.6])
    actual = baselines(labels, seed=1)
    assert actual["mean"].tolist() == [3.5] * 4
    assert actual["commonest"].tolist() == [2.0] * 4
    assert sorted(actual["shuffled"].tolist()) == sorted(labels.tolist())
    assert actual["shuffled"].tolist() == baselines(labels, seed=1)["shuffled"].tolist()


def test_of_the_commonest_whole_labels_the_smallest_is_taken() -> None:
    assert baselines(np.array([5.0, 5.0, 3.4, 2.6, 1.0]), seed=1)["commonest"].tolist() == [3.0] * 5


def test_without_labels_the_baselines_have_no_scores() -> None:
    actual = baselines(NOTHING, seed=1)
    assert {name: scores.shape for name, scores in actual.items()} == {"mean": (0,), "commonest": (0,), "shuffled": (0,)}


def test_every_baseline_has_a_high_cosine_and_no_correlation() -> None:
    """Which is why they stand beside a scorer's."""
    labels = np.random.default_rng(1).integers(0, 19, 400) / 3
    figures = {name: measures(scores, labels) for name, scores in baselines(labels, seed=1).items()}
    assert {name: round(figure["cosine"].value or 0, 2) for name, figure in figures.items()} == {
        "mean": 0.86,
        "commonest": 0.86,
        "shuffled": 0.75,
    }
    assert figures["mean"]["pearson"].reason == "no variation: the scores or the labels are all the same"
    assert abs(figures["shuffled"]["pearson"].value or 1) < 0.1
