"""The commands about scorers: the report as a text, and what they refuse."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotation.flow.release import Options, release
from annotation.models import Project, Scorer
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[4, 4, 4], [2, 2, 2], [3, 3, 3], [6, 6, 6]])
    return project


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    file = tmp_path / "scores.csv"
    lines = ("id,model,score", "PBL-0001,system-a,4", "PBL-0002,system-a,4", "PBL-0003,system-a,x", "PBL-0009,system-a,1")
    file.write_text("\n".join(lines))
    return file


def printed(name: str, *arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, "--project", "study", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_text_has_the_baselines_and_the_worst_error_beside_each_measure(project: Project, scores: Path) -> None:
    out, err = printed("check_scorer", str(scores), "--scorer", "judge")
    assert out == ""
    assert err == (
        "judge: 2 of 4 labels scored (the labels as they are now)\n"
        "Too few labels to say: judge "
        "gives every response the same score, and so ranks none; "
        "may give too many points, too few or neither (bias +1.0, of too few queries for an interval); "
        "is further from the labels than always saying their mean (MSE 2.00 against 1.00); "
        "leaves 2 labelled responses without a score; "
        "was checked on 2 labels, which is few; "
        "would need about 90 labels, of different queries, before that can be said\n"
        "unreadable 1, missing 1, extra 1, clipped 0, several numbers 0, cut 0, dropped 0\n"
        "kept as run 1\n"
        "                             scorer       mean  commonest   shuffled   counting      worst   95 % of the scorer\n"
        "cosine                        0.949      0.949      0.949      1.000      0.800      0.526\n"
        "mse                           2.000      1.000      2.000      0.000      4.000     12.250\n"
        "mae                           1.000      1.000      1.000      0.000      2.000      2.750\n"
        "pearson                           –          –          –      1.000     -1.000     -0.507\n"
        "bias                          1.000      0.000     -1.000      0.000      0.000     -1.750\n"
        "spearman                          –          –          –      1.000     -1.000     -0.447\n"
        "weighted kappa                0.000      0.000      0.000      1.000     -1.000     -0.324\n"
        "exact                         0.500      0.000      0.500      1.000      0.000      0.250\n"
        "adjacent                      0.500      1.000      0.500      1.000      0.000      0.250\n"
        "standardised difference       0.707      0.000     -0.707      0.000      0.000     -1.025\n"
        "–: undefined: no variation: the scores or the labels are all the same\n"
        "no interval: too few queries for an interval (queries scored: 2)\n"
        "mean, commonest, shuffled: guesses that read nothing; counting: a guess from length, images and blocks\n"
        "worst: with the farthest score from each label that has none\n"
        "PRMSE 0.000\n"
        "r with the mean of the other annotators:\n"
        "  one annotator 1.000\n"
        "  the scorer    undefined (no annotator has such a figure)\n"
        "alternative annotator test: undefined: no annotator shares 30 responses with another\n"
    )


def test_the_options_choose_labels_and_scale(project: Project, scores: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        release(project=project, out=tmp_path / name, options=Options(check_size=1))
    report = json.loads(printed("check_scorer", str(scores), "--release", "1", "--split", "all", "--scale", "0:12", "--json")[0])
    assert {key: report[key] for key in ("release", "split", "labels", "scorer", "runs")} == {
        "release": 1,
        "split": "all",
        "labels": 4,
        "scorer": "scores",
        "runs": [],
    }
    assert report["overall"]["mae"]["value"] == 1  # 2 and 2 on the rubric's scale, of 4 and 2
    printed("check_scorer", str(scores), "--scorer", "judge", "--split", "all", "--trained-on", "2")
    trained_on = Scorer.objects.get().trained_on
    assert trained_on
    assert trained_on.version == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--release", "7"], "release: study has no release 7"),
        (["--scale", "10"], 'scale: expected the lowest and the highest value, as in 0:10, not "10"'),
        (["--trained-on", "1"], "release: study has no release 1"),
    ],
)
def test_what_is_refused_keeps_nothing(project: Project, scores: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError) as caught:
        printed("check_scorer", str(scores), "--scorer", "judge", *arguments)
    assert (str(caught.value), Scorer.objects.count()) == (message, 0)


def test_withdraw_scorer_says_what_it_did_and_does_it_once(project: Project, scores: Path) -> None:
    printed("check_scorer", str(scores), "--scorer", "judge")
    out, err = printed("withdraw_scorer", "judge", "--reason", "Wrong model.", "--json")
    withdrawn_at = Scorer.objects.get().withdrawn_at
    assert withdrawn_at
    document = {"project": "study", "scorer": "judge", "withdrawn_at": withdrawn_at.isoformat(), "reason": "Wrong model."}
    assert (json.loads(out), err) == (document, "study: judge is withdrawn: Wrong model.\n")
    with pytest.raises(CommandError, match="judge is withdrawn already"):
        printed("withdraw_scorer", "judge", "--reason", "Again.")
    with pytest.raises(CommandError, match="scorer: study has no scorer other"):
        printed("withdraw_scorer", "other", "--reason", "Again.")
