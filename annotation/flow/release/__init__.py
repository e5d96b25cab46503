"""A release. Reading order: options (what is asked for), draft (the labels and their split), content with records and feedback
(what the files hold, one label after another), preview (what a scorer would be trained on), rows (freezes the labels), publish
(writes the files into a folder of somebody's) or make (in a job, into the storage, which storage keeps in order); then retract,
download, compare (which reads what comparison holds against each other).
"""

from annotation.flow.release.compare import WHY, compare
from annotation.flow.release.download import Archive, NotStored, download
from annotation.flow.release.make import make
from annotation.flow.release.options import Options, refuse_options
from annotation.flow.release.preview import preview_examples
from annotation.flow.release.publish import release
from annotation.flow.release.retract import retract
from annotation.flow.release.storage import sweep

__all__ = [
    "WHY",
    "Archive",
    "NotStored",
    "Options",
    "compare",
    "download",
    "make",
    "preview_examples",
    "refuse_options",
    "release",
    "retract",
    "sweep",
]
