"""From where on a page and a paper say something of a figure."""

RELIABLE, TENTATIVE = 0.8, 0.667  # alpha, on the lower end of its interval. Source: Krippendorff 2004
FEW_RESPONSES = 30  # responses, or one annotator's judgements: fewer say little
MOSTLY_ONE_LEVEL = 0.7  # of the ratings: alpha and kappa then fall though people agree, and AC2 does not
