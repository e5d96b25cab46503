"""The thresholds that pages and papers hold figures against."""

RELIABLE, TENTATIVE = 0.8, 0.667  # of alpha, read on the lower end of its interval. Source: Krippendorff 2004
FEW_RESPONSES = 30  # a figure of fewer responses, or of an annotator with fewer judgements, says little
MOSTLY_ONE_LEVEL = 0.7  # of the ratings: AC2 is then high, though annotators may not tell the responses apart
