"""Reliability of one rating and of labels, and the interval for annotators of this kind.

Read variance first (the components, computed once for all figures), then sample (what these annotators tell of others), two_way
(the interval), decisions (of rounded labels) and of_labels (every figure of one criterion).
"""
