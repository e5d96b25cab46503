"""What a load tells of itself: how much it added of each kind, or what it refused."""

from dataclasses import asdict, dataclass, field
from typing import Any

from annotation.errors import Rejection


@dataclass
class LoadReport:
    """The counts are a load's own fields; `rejected` is empty where something was stored."""

    rejected: list[Rejection] = field(default_factory=list, kw_only=True)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def counts(self) -> dict[str, int]:
        return {key: value for key, value in self.as_dict().items() if key != "rejected"}
