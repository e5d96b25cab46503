"""An id that is not there is held against those that are: a spreadsheet may have changed it."""

import pytest

from annotation.importers.near_misses import NearMisses, unknown_id

IDS = ["0301096", "301500", "PBL-1", "Ünit-2", "12345678901234567890"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("301096", ["0301096"]),
        ("301096.0", ["0301096"]),
        ("3.01E+05", ["0301096"]),  # and not 301500, which becomes 3.02E+05
        ("3,01E+05", ["0301096"]),
        ("3.0E+05", ["0301096", "301500"]),
        ("1.23457E+19", ["12345678901234567890"]),
        ("pbl-1 ", ["PBL-1"]),
        ("u\u0308nit-2", ["Ünit-2"]),
        ("PBL-2", []),
        ("9.99E+05", []),
    ],
)
def test_what_an_id_may_have_been(text: str, near: list[str]) -> None:
    assert NearMisses(IDS).of(text) == near


def test_a_fault_names_a_few_near_misses() -> None:
    assert unknown_id("x", []).error == "`x`: there is no such query in the project"
    error = "`1`: there is no such query in the project, but `01`, `001`, `0001`: a spreadsheet may have changed the id"
    assert unknown_id("1", ["01", "001", "0001", "00001"]).error == error
