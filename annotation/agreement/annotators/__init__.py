"""Figures of each annotator, in the order of the annotators. Several functions return one `Figure` per annotator: `Figures`.

shared finds the responses on which an annotator can be compared with others. On them rest severity (and its drift), scale_use
(the spread of the ratings and the counts of levels) and with_others (agreement with the others). times compares times with the
others' and with the content; response_style needs nobody else (halo, straight-lining).
copies finds pairs whose ratings are the same on nearly everything.
"""
