"""Coefficients of agreement between annotators: alpha, gwet (AC1, AC2), kappa, icc with components (its variance components)."""
