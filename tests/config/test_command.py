import json
from io import StringIO
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser
from django.db import OperationalError

from config.command import JsonCommand


class NotEven(Exception):
    pass


class Half(JsonCommand):
    """Halves a number; refuses an odd one."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (NotEven,)
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)

    def run(self, *, number: int, **options: Any) -> Any:
        if number < 0:
            raise OperationalError("gone")
        if number % 2:
            raise NotEven(f"{number} is odd")
        self.say(f"half of {number}")
        return {number: number // 2}

    def refused(self, error: Exception) -> None:
        self.print_json({"refused": str(error)})


def outputs(number: int, *, as_json: bool, error: str = "") -> tuple[str, str]:
    output, messages = StringIO(), StringIO()
    if error:
        with pytest.raises(CommandError) as caught:
            call_command(Half(), str(number), json=as_json, stdout=output, stderr=messages)
        assert str(caught.value) == error
    else:
        call_command(Half(), str(number), json=as_json, stdout=output, stderr=messages)
    return output.getvalue(), messages.getvalue()


def test_messages_go_to_standard_error_and_one_document_to_standard_output() -> None:
    assert outputs(4, as_json=False) == ("", "half of 4\n")
    output, messages = outputs(4, as_json=True)
    assert (json.loads(output), messages) == ({"4": 2}, "half of 4\n")


def test_a_refusal_is_the_commands_error_and_may_be_a_document() -> None:
    assert outputs(3, as_json=False, error="3 is odd") == ("", "")
    assert json.loads(outputs(3, as_json=True, error="3 is odd")[0]) == {"refused": "3 is odd"}


def test_a_database_that_does_not_answer_is_a_message() -> None:
    assert outputs(-1, as_json=False, error="the database does not answer: gone") == ("", "")
