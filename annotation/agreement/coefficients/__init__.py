"""Coefficients of agreement between annotators.

alpha (Krippendorff), gwet (AC1, AC2, Fleiss' kappa), kappa (Cohen), icc (Shrout & Fleiss, where every annotator rated every
response), components (the variance components, and ICC (single) and ICC (average) from them, where they did not).
"""
