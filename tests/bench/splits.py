"""Splits: the processor time to divide labels of MMIE's size, and how near strata and systems come to their shares."""

import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from annotation.exporters.split import Response, Size, contents, divide

RESPONSES = 20_103
CATEGORIES = {"situational-analysis": 5_005, "project-based-learning": 11_482, "multi-step-reasoning": 3_616}
FIELDS = [f"field-{number:02}" for number in range(12)]
STUDIES = {  # systems that answered a query, out of how many; and the share of queries that are linked with another
    "one system a query, of four": (1, 4, 0.0),
    "four systems a query": (4, 4, 0.0),
    "some of twenty systems a query": (7, 20, 0.0),
    "some of twenty, one query in ten linked": (7, 20, 0.1),
}
SIZES: tuple[Size | None, ...] = (None, Fraction(1, 5), 10_000)


def splits() -> None:
    print(f"splits of {RESPONSES:,} responses")
    for name, (each, systems, share) in STUDIES.items():
        responses = study(each, systems)
        pairs = list(links(sorted(responses), share))
        for size in SIZES:
            start = time.process_time()
            divided = divide(responses=responses, together=pairs, sizes={"check": size}, earlier={}, seed=1)
            seconds = time.process_time() - start
            check = contents(responses, divided)["check"]
            of_system = max(abs(row["share"] - row["whole"]) for row in check["systems"])
            print(
                f"  {name}: check {check['responses']:,}, {seconds:.2f} s; a stratum at most {furthest(responses, check):.1f} "
                f"responses from its share, a system {100 * of_system:.2f} %"
            )


def study(each: int, systems: int) -> dict[str, list[Response]]:
    random = Random(each)
    names = [f"system-{number:02}" for number in range(systems)]
    responses: dict[str, list[Response]] = {}
    total = 0
    while total < RESPONSES:
        category = random.choices(list(CATEGORIES), list(CATEGORIES.values()))[0]
        answered = random.sample(names, each if each in (1, systems) else random.randint(1, 2 * each - 1))
        field = random.choice(FIELDS)
        chosen = [Response(category, field, name) for name in answered[: RESPONSES - total]]
        responses[f"{len(responses):05}"] = chosen
        total += len(chosen)
    return responses


def links(queries: list[str], share: float) -> Iterator[tuple[str, str]]:
    random = Random(0)
    for query in queries:
        if random.random() < share:
            yield query, random.choice(queries)


def furthest(responses: dict[str, list[Response]], check: dict[str, Any]) -> float:
    """How many responses the stratum that is furthest from its share is away from it."""
    whole = Counter(one.stratum for some in responses.values() for one in some)
    share = check["responses"] / RESPONSES
    away = [abs(row["responses"] - share * whole[row["category"], row["field"]]) for row in check["strata"]]
    return float(max(away))
