"""What a release is asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import TemplateName

LARGEST = 1_000_000
NUMBER = re.compile(r"[0-9]{1,7}")
SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%|([0-9]?\.[0-9]{1,8})")  # 20 % or 0.2

Size = int | str  # a number of responses, or a share of the labelled ones


@dataclass(frozen=True)
class Options:
    """`check_size` and `test_size` are sizes, None for the default: what an earlier release has in the split, else a fifth of the
    labelled responses but at most 200 for check, and nothing for test. `hold_out` names systems that are kept out of train.

    A release keeps the splits of earlier ones, unless it has a `new_split`. With `check_from_later` check and test are drawn
    from the queries that were in no earlier release; those that were train.

    `originals` adds the files of images that are released as annotators saw them, not as they came. `template` is the project's
    where it is None.
    """

    check_size: Size | None = None
    test_size: Size | None = None
    seed: int = 0
    hold_out: Sequence[str] = ()
    new_split: bool = False
    check_from_later: bool = False
    originals: bool = False
    template: str | None = None

    def as_values(self) -> dict[str, Any]:
        """As JSON has them: a job and a manifest hold them so, each size in one way. Raises Refused for what is no size."""
        sizes = {"check_size": size_text(self.check), "test_size": size_text(self.test)}
        return asdict(self) | sizes | {"hold_out": sorted(set(self.hold_out))}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Raises TypeError for options that there are not."""
        return cls(**values)

    @property
    def check(self) -> int | Fraction | None:
        """Raises Refused, as `test` does."""
        return size_of("check-size", self.check_size)

    @property
    def test(self) -> int | Fraction | None:
        return size_of("test-size", self.test_size)


def size_of(name: str, size: Size | None) -> int | Fraction | None:
    """As checked_size. Raises Refused with the option's name."""
    try:
        return checked_size(size)
    except Refused as error:
        raise Refused(f"{name}: {error}") from error


def checked_size(size: Size | None) -> int | Fraction | None:
    """A number, or a share from 0 to 1. Raises Refused."""
    if size is None:
        return None
    text = str(size).strip()
    if NUMBER.fullmatch(text) and int(text) <= LARGEST:
        return int(text)
    if match := SHARE.fullmatch(text):
        share = Fraction(match[1]) / 100 if match[1] else Fraction(match[2])
        if share <= 1:
            return share
    raise Refused(_("expected 0 to 1,000,000 responses, or a share of them as 20%% or 0.2, not %(size)s") % {"size": size})


def size_text(size: int | Fraction | None) -> Size | None:
    """The one way of writing a size: a share in percent."""
    if isinstance(size, Fraction):
        percent = size * 100
        return f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}%"
    return size


def refuse_options(options: Options) -> None:
    size_of("check-size", options.check_size)
    size_of("test-size", options.test_size)
    if not -(2**63) <= options.seed < 2**63:
        raise Refused(_("seed: expected a whole number of at most 64 bits, not %(seed)s") % {"seed": options.seed})
    if options.template not in (None, *TemplateName.values):
        raise Refused(
            _("template: expected one of %(known)s, not %(template)s")
            % {"known": ", ".join(TemplateName.values), "template": options.template}
        )


def refuse_taken(out: Path) -> None:
    """Raises Refused where the folder has something in it already."""
    try:
        taken = out.exists() and (not out.is_dir() or any(out.iterdir()))
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    if taken:
        raise Refused(_("out: %(folder)s is there already: expected a folder that is empty or not there") % {"folder": out})
