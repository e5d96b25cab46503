from annotation.exporters.training.notes import LOSSES, notes

NONE = dict.fromkeys(("pairs", "pairs_of_different_images", *LOSSES), 0)
PAIRS = "Pairs: {}. The responses of {} show different images: LLaMA-Factory cannot read these."


def test_the_card_names_template_and_pairs_and_no_loss_where_there_is_none() -> None:
    manifest = {"template": "criteria", "score_without_feedback": False}
    assert notes(manifest, NONE | {"pairs": 7, "pairs_of_different_images": 2}) == (
        "Training answers are by the template `criteria`: the level of each criterion, then the overall.\n" + PAIRS.format(7, 2)
    )


def test_the_card_counts_what_the_files_leave_out() -> None:
    manifest = {"template": "mmie", "score_without_feedback": False}
    assert notes(manifest, NONE | {"without_feedback": 1, "mmie_cut": 20}).split("\n") == [
        "Training answers are by the template `mmie`: feedback, then the overall.",
        PAIRS.format(0, 0),
        "",
        "- 1 label that nobody's feedback fits: left out of the training files",
        "- 20 labels of the check split whose response MMIE's script reads in part: it stops at the third image",
    ]
    alone = notes(manifest | {"score_without_feedback": True}, NONE | {"without_feedback": 2})
    assert alone.endswith("\n\n- 2 labels that nobody's feedback fits: answered with the overall alone")
