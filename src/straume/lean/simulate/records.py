"""What a simulation tells of itself: whether it finds the figures of its log again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

MEDIAN_BOUND, P90_BOUND = 0.10, 0.20  # shares of the seen figure; fixed before any run
FEWEST_CASES = 30  # closed, below which nothing is said of the model
Verdict = Literal["fit", "not_fit", "few_cases"]
Of = Literal["log", "later_half"]


@dataclass(frozen=True)
class Found:
    """A figure of the log and the same of the simulated cases [calendar days]."""

    seen_days: float
    simulated_days: float

    @property
    def off(self) -> float:
        """|simulated − seen| as a share of the seen figure; infinite where a seen nought is missed."""
        difference = abs(self.simulated_days - self.seen_days)
        if not self.seen_days:
            return 0.0 if not difference else float("inf")
        return difference / self.seen_days


@dataclass(frozen=True)
class Reproduction:
    """How near simulated lead times (request to last work, closed cases) come to those of a log.

    Fit for decisions: the median within 10 %, the 90th percentile within 20 %.
    """

    median: Found
    p90: Found
    cases: int  # closed, of the log
    simulated_cases: int  # closed, over all replications
    replications: int
    people: bool  # whether people are modelled for whom work queues
    of: Of = "log"  # the cases that it was fitted from, or later ones that it had not seen
    median_bound: float = MEDIAN_BOUND
    p90_bound: float = P90_BOUND

    @property
    def verdict(self) -> Verdict:
        if self.cases < FEWEST_CASES:
            return "few_cases"
        fits = self.median.off <= self.median_bound and self.p90.off <= self.p90_bound
        return "fit" if fits else "not_fit"

    @property
    def within(self) -> float:
        """The larger of the two distances, as a share."""
        return max(self.median.off, self.p90.off)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, the verdict and the distances among them; `from_dict` gives back an equal record."""
        told = {"verdict": self.verdict, "median_off": self.median.off, "p90_off": self.p90.off}
        return {**asdict(self), **told}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reproduction:
        own = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        return cls(**{**own, "median": Found(**data["median"]), "p90": Found(**data["p90"])})
