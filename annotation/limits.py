"""The longest texts and times that people and files may enter. Lengths are in characters."""

LONGEST_FEEDBACK = 20_000
LONGEST_REMARK = 5_000
LONGEST_CONCERN = 2_000  # the words of a skip or a flag
LONGEST_RETURN_NOTE = 2_000  # with which a manager sends an annotation back
LONGEST_DECISION_REASON = 5_000
LONGEST_SEARCH = 200  # what somebody looks for
LONGEST_TIME = 7 * 24 * 3600  # seconds

# What files hold
LONGEST_BLOCK = 100_000  # the text of one block
LONGEST_CONTENT = 1_000_000  # the texts of all blocks of a query, a response or a reference answer: pages show them at once
MOST_BLOCKS = 1_000  # of these
LONGEST_NAME = 200  # ids, systems, criteria, fields, rubrics
LONGEST_USERNAME = 150
LONGEST_COHORT = 100
LONGEST_PATH = 1_000  # of an image
LONGEST_ADDRESS = 2_000  # of a source
