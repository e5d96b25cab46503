"""The slots that imported annotations take: the one that the person holds, else one that is open, else a new one.

They are chosen and taken by statements over the staging tables, for all annotations at once: nobody else should have to wait
while a program looks at each.
"""

from annotation.flow.assign import last_position
from annotation.flow.staging import count, execute
from annotation.models import Annotation, Project, Revision, Score

# What a load stores, in the order of what refers to what, and the columns by which its rows are looked up. The slot of a staged
# annotation is empty until one is chosen.
STAGED = {Annotation: ("id", "task_id"), Revision: ("annotation_id",), Score: ()}

# The slot of the same task that the person holds.
CHOOSE_HELD = """
UPDATE staged_annotation_annotation AS imported SET assignment_id = slot.id FROM annotation_assignment AS slot
WHERE slot.project_id = %s AND slot.annotator_id IS NOT NULL AND slot.submitted_at IS NULL
AND imported.task_id = slot.task_id AND imported.annotator_id = slot.annotator_id
"""
# Of each task, the first open slot whose judgement agreement counts for the first annotation without a slot, and so on: as many
# are before the one as before the other. Window functions would say it in fewer words, but SQLite then compares all with all.
CHOOSE_OPEN = """
UPDATE staged_annotation_annotation AS imported SET assignment_id = chosen.slot_id
FROM (
  SELECT id, (
    SELECT slot.id FROM annotation_assignment AS slot
    WHERE slot.task_id = waiting.task_id AND slot.annotator_id IS NULL AND slot.withdrawn_at IS NULL
    AND slot.reason IN ('initial', 'import') AND (
      SELECT count(*) FROM annotation_assignment AS earlier
      WHERE earlier.task_id = slot.task_id AND earlier.annotator_id IS NULL AND earlier.withdrawn_at IS NULL
      AND earlier.reason IN ('initial', 'import') AND earlier.number < slot.number
    ) = (
      SELECT count(*) FROM staged_annotation_annotation AS earlier
      WHERE earlier.task_id = waiting.task_id AND earlier.assignment_id IS NULL AND earlier.id < waiting.id
    )
  ) AS slot_id
  FROM staged_annotation_annotation AS waiting WHERE assignment_id IS NULL
) AS chosen
WHERE imported.id = chosen.id
"""
# Those that are still as they were when they were chosen; it makes others wait who want to claim or submit one of them.
TAKE = """
UPDATE annotation_assignment
SET annotator_id = imported.annotator_id, claimed_at = revision.submitted_at, submitted_at = revision.submitted_at,
lease_expires_at = NULL
FROM staged_annotation_annotation AS imported
JOIN staged_annotation_revision AS revision ON revision.annotation_id = imported.id
WHERE annotation_assignment.id = imported.assignment_id AND annotation_assignment.submitted_at IS NULL
AND annotation_assignment.withdrawn_at IS NULL
AND (annotation_assignment.annotator_id IS NULL OR annotation_assignment.annotator_id = imported.annotator_id)
"""
GIVE_UP_LOST = """
UPDATE staged_annotation_annotation SET assignment_id = NULL
WHERE assignment_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM annotation_assignment AS slot WHERE slot.id = staged_annotation_annotation.assignment_id
  AND slot.annotator_id = staged_annotation_annotation.annotator_id AND slot.submitted_at IS NOT NULL
)
"""
MAKE = """
INSERT INTO annotation_assignment
(task_id, number, reason, project_id, category, language, system, position, annotator_id, claimed_at, submitted_at)
SELECT imported.task_id,
(SELECT coalesce(max(slot.number), 0) FROM annotation_assignment AS slot WHERE slot.task_id = imported.task_id)
+ row_number() OVER (PARTITION BY imported.task_id ORDER BY imported.id),
'import', %s, query.category, query.language, response.system, %s + row_number() OVER (ORDER BY imported.id),
imported.annotator_id, revision.submitted_at, revision.submitted_at
FROM staged_annotation_annotation AS imported
JOIN staged_annotation_revision AS revision ON revision.annotation_id = imported.id
JOIN annotation_task AS task ON task.id = imported.task_id
JOIN annotation_response AS response ON response.id = task.response_id
JOIN annotation_query AS query ON query.id = response.query_id
WHERE imported.assignment_id IS NULL
"""
CHOOSE_MADE = """
UPDATE staged_annotation_annotation AS imported SET assignment_id = slot.id FROM annotation_assignment AS slot
WHERE imported.assignment_id IS NULL AND slot.task_id = imported.task_id AND slot.annotator_id = imported.annotator_id
"""
DELETE_DRAFTS = """
DELETE FROM annotation_draft WHERE EXISTS (
  SELECT 1 FROM staged_annotation_annotation AS imported
  WHERE imported.task_id = annotation_draft.task_id AND imported.annotator_id = annotation_draft.annotator_id
)
"""


def choose_slots(project: Project) -> int:
    """Choose a slot for each annotation that has none, as far as there is one. Returns how many must be made."""
    execute(CHOOSE_HELD, [project.pk])
    execute(CHOOSE_OPEN)
    return count(Annotation, "assignment_id IS NULL")


def take_slots(project: Project) -> int:
    """Take the slots that were chosen, or others where somebody was faster, and make those that are missing. In a transaction,
    with the project locked. Returns how many were made.
    """
    taken = 0
    while True:
        execute(CHOOSE_HELD, [project.pk])
        chosen = count(Annotation, "assignment_id IS NOT NULL")
        taken += execute(TAKE)
        if taken == chosen:
            break
        execute(GIVE_UP_LOST)
        execute(CHOOSE_OPEN)
    made = execute(MAKE, [project.pk, last_position(project)])
    if made:
        execute(CHOOSE_MADE)
    return made


def delete_drafts() -> None:
    """Delete the drafts of those whose annotations are imported."""
    execute(DELETE_DRAFTS)
