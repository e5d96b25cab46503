"""decisions.csv: what adjudicators decided, with what they had scored before they saw the annotators' scores."""

from annotation.exporters.data import Content, DecisionRecord
from annotation.exporters.folder import Folder
from annotation.exporters.tables.parts import write_table


def write(content: Content, folder: Folder) -> None:
    write_table(folder, "decisions.csv", content.decisions(), DecisionRecord)
