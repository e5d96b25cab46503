import pytest

from annotation.exporters.results import Cell, ResultsTable, Row


def test_each_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="a cell for each column"):
        ResultsTable("Systems", "System", ("Overall", "Art"), (Row("larch-7b", (Cell(68.4),)),))
