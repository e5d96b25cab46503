"""Work that takes longer than a request: queue carries it out, cleanup removes what it left behind."""

from annotation.flow.jobs.queue import carry_out

__all__ = ["carry_out"]
