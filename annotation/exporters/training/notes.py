"""What the dataset card says of the training files: the template, and how much the files leave out."""

from collections.abc import Mapping
from typing import Any

ANSWERS = {
    "mmie": "feedback, then the overall",
    "scores": "the overall alone",
    "criteria": "the level of each criterion, then the overall",
}
LOSSES = {
    "without_feedback": "that nobody's feedback fits: {fate}",
    "scores_not_applicable": "with a criterion that is not applicable: not in the scores of `swift/`",
    "mmie_cut": "of the check split whose response MMIE's script reads in part: it stops at the third image",
    "mmie_dropped": "of the check split that MMIE's script drops: the query has more than four images",
    "mmie_correct_answer_cut": "of the check split whose correct answer MMIE's script reads in part: it takes the first text",
    "mmie_no_category": "of the check split at which MMIE's script fails: the id has neither SA nor PBL nor MSR",
    "mmie_samples": "of the check split that MMIE's results cannot tell apart: they do not say which sample a score is of",
}


def notes(manifest: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    """Markdown. What does not occur is not mentioned."""
    fate = "answered with the overall alone" if manifest["score_without_feedback"] else "left out of the training files"
    pairs, different = (counts.get(name, 0) for name in ("pairs", "pairs_of_different_images"))
    lines = [
        f"Training answers are by the template `{manifest['template']}`: {ANSWERS[manifest['template']]}.",
        f"Pairs: {pairs}. The responses of {different} show different images: LLaMA-Factory cannot read these.",
        "",
        *(f"- {counted(counts[name])} {text.format(fate=fate)}" for name, text in LOSSES.items() if counts.get(name)),
    ]
    return "\n".join(lines).strip()


def counted(number: int) -> str:
    return f"{number} label" if number == 1 else f"{number} labels"
