"""remarks.csv: the notes and error marks of every revision, by criterion and block."""

from annotation.exporters.data import Content, RemarkRecord
from annotation.exporters.folder import Folder
from annotation.exporters.tables.parts import write_table


def write(content: Content, folder: Folder) -> None:
    write_table(folder, "remarks.csv", content.remarks(), RemarkRecord)
