"""Figures of each annotator, in the order of the annotators. Several functions return one `Figure` per annotator: `Figures`.

shared finds the responses on which an annotator can be compared with others. On them rest scale_use (the spread of the ratings,
the counts of levels) and with_others (agreement with the others). least_squares fits responses, criteria and annotators at once
and names the groups of annotators that can be compared; on it rest severity, mean_squares (infit, outfit), bias (by kind of
response) and over_time (agreement, spread and pace by period), with parts (the severity that a part of the ratings shows) and
estimates (standard errors). times compares times with the others' and with the content; response_style has halo, raw and given
the response, and straight-lining.
copies finds pairs whose ratings are the same on nearly everything.
"""
