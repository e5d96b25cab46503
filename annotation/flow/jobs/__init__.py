"""Work that takes longer than a request, for a worker to carry out.

queue starts jobs, runs them and ends them; steps has what each kind of job does; cleanup deletes the files that nothing refers
to, expired the rows that have had their time, and daily has one of the workers do both once a day. Rows of the queue name
carry_out as a dotted path: `annotation.flow.jobs.carry_out` stands in those of earlier versions.
"""

from annotation.flow.jobs.queue import carry_out

__all__ = ["carry_out"]
