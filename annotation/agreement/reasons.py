"""The reasons why a figure, or its interval, is undefined. They are stored and exported in English; pages translate them."""

NO_RATINGS = "nothing has been rated"
ONE_ANNOTATOR = "only one annotator has rated"
NO_OVERLAP = "no response has two ratings"
ONE_RESPONSE = "only one response has two ratings"
LITTLE_OVERLAP = "too few responses have two ratings"
NO_VARIATION = "every rating is the same"
SAME_THROUGHOUT = "one annotator has given the same rating throughout"
NO_DIFFERENCE = "the responses do not differ"
NOT_CROSSED = "not every annotator has rated every response"
FEW_IN_GROUP = "fewer than 30 responses of the group have two ratings"
NOT_LINKED = "the annotators fall into groups that share no response"

# Of one annotator's figures.
FEW_CRITERIA = "no judgement has ratings on enough criteria"
FEW_JUDGEMENTS = "too few judgements have ratings on the same two criteria"
NO_TWO_VARY = "no two criteria have ratings that vary"
NO_RESIDUALS = "the annotators differ by their severity alone"
NO_TIMES = "no time is known"
FEW_TIMES = "too few times are known"
TIMES_ALIKE = "the times or the amounts of content are all the same"

# Of figures over time.
FEW_PERIODS = "fewer than three periods have a figure with its error"

# Of decisions and levels.
FEW_SHARED = "fewer than 10 responses are shared"
NO_DECISIONS = "no response has both"
LEVEL_UNUSED = "one of the two levels is never given"
FEW_OF_LEVELS = "too few ratings of the two levels to tell"
FEW_RATED = "fewer than 30 responses are rated"

# Why there is no interval around a value.
FEW_QUERIES = "too few queries for an interval"
FEW_ANNOTATORS = "too few annotators for an interval"
FEW_DIFFER = "too few queries differ for an interval"
LITTLE_AGREEMENT = "too little agreement for an exact interval"

# Of a scorer's scores and labels.
NO_SCORES = "no response has both a score and a label"
ONE_SCORE = "only one response has both a score and a label"
CONSTANT = "no variation: the scores or the labels are all the same"
SAME_IN_GROUPS = "the scores or the labels are the same within every group"
FEW_GROUPS = "fewer than three groups have both scores and labels"
ALL_ZERO = "the scores or the labels are all zero"

# Of a scorer beside people.
NO_FIRST_RATING = "no response with a score has a first rating"
NO_TWO_FIRST = "no response with a score has two first ratings"
NO_TRUE_VARIANCE = "the responses do not differ beyond the error of their ratings"
NO_SHARED_WITH_OTHERS = "no response was rated by this annotator and another"
NO_ANNOTATOR_DEFINED = "no annotator has such a figure"
FEW_FOR_TEST = "no annotator shares 30 responses with another"

# Of a scorer's errors by kind of response, and of its runs.
ONE_GROUP = "the responses are all of one kind"
ONE_VALUE = "the responses are all the same in this"
ALL_APART = "each kind has one response"
ERRORS_ALIKE = "the errors are all the same"
ONE_RUN = "no response has scores of two runs"
LEVEL_EMPTY = "no response is at this level"

# Of means of systems.
NO_VALUES = "no response has a value"
GROUP_WITHOUT_VALUE = "one of the groups has no value"
NO_SHARED_QUERIES = "no query was answered by both"
NO_MARKS = "no error is marked"

# Why labels and scores are not put together.
TRAINED_ON_LABELS = "the scorer may have seen these labels in training"
CHANCES_UNKNOWN = "the labelled responses are not a sample of known chances"
FEW_LABELS = "fewer than 10 queries have both a label and a score"
FEW_SCORES = "fewer than 10 responses have a score"
NO_UNLABELLED = "every response with a score has a label"
SCORES_ALIKE = "the scores or the labels do not vary"
TOO_LITTLE_CORRELATION = "the scores tell too little of the labels to make the interval narrower"
