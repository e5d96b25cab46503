"""The history: what happened to each response, and in the project. Reads only; the steps themselves write what it reads.

Read happening (one thing that happened), then where happenings come from: events (the log), annotators (their rows), cases
(adjudicators' rows), content (loads, duplicates, releases); response puts them together, sentences words them, export writes
them out.
"""

from annotation.flow.history.events import project_events
from annotation.flow.history.export import FORMATS, export_events, export_history, exported
from annotation.flow.history.happening import Happening, What
from annotation.flow.history.response import history_of
from annotation.flow.history.sentences import NOBODY, sentence

__all__ = [
    "FORMATS",
    "NOBODY",
    "Happening",
    "What",
    "export_events",
    "export_history",
    "exported",
    "history_of",
    "project_events",
    "sentence",
]
