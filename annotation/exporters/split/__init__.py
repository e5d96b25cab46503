"""The division of responses into train, check and test, by whole groups of queries. The seed decides.

Read groups first (what stays together, and what would leak), then division, which puts the steps together: draw chooses whole
groups by size and strata, with the arithmetic of sums, and lets balance exchange some of them for the sake of the systems.
contents counts what each split holds.
"""

from annotation.exporters.split.contents import contents
from annotation.exporters.split.division import CHECK, SPLITS, TEST, TRAIN, Size, TooLarge, divide, target
from annotation.exporters.split.groups import Leak, Response, sharing

__all__ = [
    "CHECK",
    "SPLITS",
    "TEST",
    "TRAIN",
    "Leak",
    "Response",
    "Size",
    "TooLarge",
    "contents",
    "divide",
    "sharing",
    "target",
]
