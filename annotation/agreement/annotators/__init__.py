"""Figures of one annotator.

Effects (severity, spread, agreement with the others), response_style (halo, straight-lining, attention).
"""
