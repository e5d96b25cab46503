import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation.models import Sample
from tests.annotation.flow.sample.pools import make_pool

pytestmark = pytest.mark.django_db
ARGUMENTS = ("--project", "study", "--size", "4", "--by", "system,field", "--allocation", "equal")


def output(*arguments: str) -> tuple[str, str]:
    out, lines = StringIO(), StringIO()
    call_command("draw_sample", *arguments, stdout=out, stderr=lines)
    return out.getvalue(), lines.getvalue()


def test_the_command_says_what_was_drawn_of_each_stratum() -> None:
    make_pool()
    lines = [" ".join(line.split()) for line in output(*ARGUMENTS)[1].splitlines()]
    assert lines == [
        "anole, art 1 of 2",
        "anole, physics 1 of 8",
        "gill, art 1 of 2",
        "gill, physics 1 of 8",
        "sample 1: 4 responses are to be scored",
    ]


def test_a_dry_run_stores_nothing_and_says_the_same_as_json() -> None:
    make_pool()
    tried, drawn = (json.loads(output(*ARGUMENTS, "--json", *more)[0]) for more in (["--dry-run"], []))
    assert (tried["sample"], drawn["sample"], Sample.objects.count()) == (None, 1, 1)
    assert {key: tried[key] for key in ("responses", "strata")} == {key: drawn[key] for key in ("responses", "strata")}


def test_a_plan_that_cannot_be_drawn_is_refused() -> None:
    make_pool()
    with pytest.raises(CommandError, match="size: expected 1 or more, not 0"):
        output("--project", "study", "--size", "0")
