"""What the dataset card and croissant.json say of a release in words: how it was made, what it is for, what its limits are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.exporters.data import About, SeenImage

LEFT_OUT = {
    "not_judged": "not judged by all annotators yet",
    "disputed": "in dispute, and not decided yet",
    "sent_back": "sent back to an annotator, and not revised yet",
    "flagged": "flagged as having a broken image or an unclear query",
    "unusable": "marked unusable by an adjudicator",
    "not_applicable": "no criterion is applicable",
    "system_held_out": "by a system that is kept out of the train split",
    "query_dropped": "of a query that was dropped as a duplicate",
}
REASONS = {
    "turned": "turned upright, as its EXIF says",
    "transparent": "laid on white, the ground behind it on the page",
    "cmyk": "converted from CMYK to RGB",
    "sixteen_bit": "reduced from 16 bits to 8",
    "animated": "the first frame of an animation: annotators saw it move, and judged more than the image shows",
    "colour_profile": "converted to sRGB from its colour profile",
}
USES = (
    "Training an automatic scorer of model responses with interleaved text and images: the train split has what annotators saw, "
    "the rubric, and the score they gave.",
    "Checking such a scorer against people: the check split, which no training may see.",
    "Studying how far people agree on such responses: ratings.csv has every rating, and marks the first, independent ones.",
)
LIMITS = (
    "The labels are judgements of these annotators under these rubrics. Scores under another rubric, another version of one, or "
    "in percent by another rule are not comparable.",
    "Intervals are clustered by query and hold for these annotators: they say nothing of how others would judge.",
    "Agreement counts first, independent ratings alone; a label is made of several, and may rest on an adjudicator's decision.",
    "The responses are those of the systems named in the column `system`, as they were then. A scorer that is trained on them "
    "may judge other systems worse.",
    "It is not meant for judging the people who annotated.",
)
NO_PERSON = (
    "People have pseudonyms that are stable within the project; the key to them is not released. No name or address is in it."
)


def heading(about: About) -> str:
    return " ".join(about.title.split())


def summary(about: About) -> str:
    split = about.manifest["split"]
    sizes = [f"{split[name]:,} {purpose}" for name, purpose in SPLITS.items() if split.get(name)]
    return f"{about.manifest['counts']['released']:,} model responses, scored by people against a rubric: {listed(sizes)}."


SPLITS = {"train": "to train on", "check": "to check with", "test": "to test with"}


def listed(parts: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def people(about: About) -> str:
    of = about.manifest["people"]
    numbers = {int(number): responses for number, responses in of["annotators_per_response"].items()}
    commonest = max(numbers, key=lambda number: (numbers[number], number), default=0)
    others = sum(responses for number, responses in numbers.items() if number != commonest)
    text = f"{commonest} of {count(of['annotators'], 'annotator')} scored each response"
    text += f", but for {count(others, 'response')} with another number of annotators." if others else "."
    if of["adjudicators"]:
        text += f" {count(of['adjudicators'], 'adjudicator')} decided disputes."
    return text


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def protocol(about: About) -> Iterator[str]:
    """How ratings were given, and how labels came of them."""
    counts = about.manifest["counts"]
    yield (
        "Annotators scored alone, by written descriptors of each level of each criterion, and saw neither which system had "
        "answered nor what others gave. Each had the responses in an order of their own, drawn by a seed."
    )
    if imported := about.manifest["people"]["imported"]:
        yield f"That is not known of {count(imported, 'judgement')} of the project: they were imported, and given elsewhere."
    yield f"{counts['agreed']:,} of the labels are agreed on every criterion: a criterion's label is the mean of its ratings."
    if counts["adjudicated"]:
        yield (
            f"An adjudicator decided at least one criterion of the other {counts['adjudicated']:,}, after scoring it without "
            "seeing the ratings. `rule` in manifest.json says which ratings are in dispute."
        )
    if mixed_in := counts.get("mixed_in"):
        yield (
            f"Of these, {count(mixed_in, 'response')} {'was' if mixed_in == 1 else 'were'} not in dispute, but mixed in among "
            "the disputes so that being asked told an adjudicator nothing; there too the decision replaces the ratings of the "
            "criteria that were asked. `disputed` in decisions.csv is 0 for them."
        )
    yield f"{counts['revised']:,} of the labels rest on a revision: an annotator changed a rating after the first judgement."
    yield "Beside each label stands its fair value: what the average annotator would give, with the standard error."


def agreement(about: About) -> Iterator[Mapping[str, Any]]:
    """The rows of the agreement report on the whole project, one for each rubric's criteria, overall and penalties."""
    for group in about.manifest["agreement"]:
        yield from group["criteria"]


def figure(value: Mapping[str, Any] | None) -> str:
    """Such as .62 (.57 to .66), or why there is no figure or no interval."""
    if value is None:
        return ""
    if value["value"] is None:
        return f"undefined: {value['reason']}"
    if value.get("low") is None:
        return f"{decimals(value['value'])} (no interval: {value['no_interval']})"
    return f"{decimals(value['value'])} ({decimals(value['low'])} to {decimals(value['high'])})"


def decimals(number: float) -> str:
    """Two of them, and no 0 before the point."""
    return f"{number:.2f}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:.2f}"


def left_out(about: About) -> list[tuple[int, str]]:
    """How many responses are not in the release, by reason."""
    numbers = Counter(row["reason"] for row in about.manifest["left_out"])
    return [(numbers[reason], LEFT_OUT.get(reason, reason)) for reason in sorted(numbers)]


def seen(images: Sequence[SeenImage]) -> list[tuple[int, str]]:
    """How many images are released as annotators saw them and not as they came, by reason."""
    numbers = Counter(reason for image in images for reason in image.reasons)
    return [(numbers[reason], text) for reason, text in REASONS.items() if numbers[reason]]
