"""The longest texts and times that people and files may enter. Lengths are in characters."""

LONGEST_FEEDBACK = 20_000
LONGEST_REMARK = 5_000
LONGEST_CONCERN = 2_000  # the words of a skip or a flag
LONGEST_RETURN_NOTE = 2_000  # with which a manager sends an annotation back
LONGEST_DECISION_REASON = 5_000
LONGEST_TIME = 7 * 24 * 3600  # seconds
