"""Need = importance × gap, with its uncertainty, and ranks that say how sure they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.ask.weights import Floats
from straume.lean.errors import WrongCall
from straume.lean.protect import SMALLEST_GROUP

REPLICATES = 1000


@dataclass(frozen=True)
class NeedEstimate:
    """One topic. All in the unit of the answers, `need` in its square; ranks count from 1, the greatest need.

    low, high: 95 % interval of the need; rank_low, rank_high: 95 % of the draws rank it there;
    among_first: in which share of the draws it is among the first `first` [0..1]; n: those who answered both.
    """

    topic: int  # number of the column
    importance: float
    present: float
    need: float
    low: float
    high: float
    rank_low: int
    rank_high: int
    among_first: float
    n: int

    @property
    def gap(self) -> float:
        return self.importance - self.present


def needs(
    *,
    importance: Floats,
    present: Floats,
    weights: Floats,
    strata: npt.NDArray[np.int64],
    fractions: Floats,
    seed: int,
    first: int = 3,
    replicates: int = REPLICATES,
    least: int = SMALLEST_GROUP,
) -> tuple[NeedEstimate, ...]:
    """Need of each topic = ī · (ī − p̄), the weighted means of those who answered both for the topic.

    Uncertainty: rescaled bootstrap of the respondents within strata, n_h − 1 drawn with replacement, each
    weight times 1 − λ_h + λ_h · n_h ÷ (n_h − 1) · draws, λ_h = √(1 − f_h), so that the variance of a mean is
    (1 − f_h) s_h² ÷ n_h; a stratum of one stays as it is. The same draws serve all topics, so that ranks
    respect that the same people answered. Interval: 2.5 and 97.5 % of the replicates.

    Parameters: importance, present – answers on one scale, NaN where there is none, shape (n, topics);
    weights, strata, fractions – shape (n,); seed – of the draws; first – how many count as the first ones.
    Returns: topics with at least `least` pairs of answers, the greatest need first; the others are left out.
    Raises: WrongCall – shapes differ.
    References: Borich, G. D. (1980), A needs assessment model for conducting follow-up studies. J. Teacher
    Educ. 31(3), 39–42, doi:10.1177/002248718003100310; Rao, J. N. K., Wu, C. F. J. (1988), Resampling
    inference with complex survey data. J. Am. Stat. Assoc. 83, 231–241, doi:10.1080/01621459.1988.10478591;
    Rao, Wu, Yue (1992), Surv. Methodol. 18, 209–217; Goldstein, H., Spiegelhalter, D. J. (1996), J. R. Stat.
    Soc. A 159, 385–409, doi:10.2307/2983325 (why ranks need intervals).
    """
    if importance.shape != present.shape or len(importance) != len(weights):
        raise WrongCall("ask_shapes_differ", first=len(importance), second=len(weights))
    both = ~(np.isnan(importance) | np.isnan(present))
    n = both.sum(axis=0)
    kept = np.flatnonzero(n >= least)
    if not len(kept):
        return ()
    pairs = both[:, kept]
    i = np.where(pairs, importance[:, kept], 0.0)
    p = np.where(pairs, present[:, kept], 0.0)
    drawn = replicate_weights(
        weights=weights, strata=strata, fractions=fractions, replicates=replicates, seed=seed
    )
    important, today = _means(weights[None, :], pairs, i, p)
    need = (important * (important - today))[0]
    replicated_i, replicated_p = _means(drawn, pairs, i, p)
    again = replicated_i * (replicated_i - replicated_p)
    ranks = (-again).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") + 1
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    rank_low = np.quantile(ranks, 0.025, axis=0, method="lower")
    rank_high = np.quantile(ranks, 0.975, axis=0, method="higher")
    found = [
        NeedEstimate(
            topic=int(topic),
            importance=float(important[0, at]),
            present=float(today[0, at]),
            need=float(need[at]),
            low=float(low[at]),
            high=float(high[at]),
            rank_low=int(rank_low[at]),
            rank_high=int(rank_high[at]),
            among_first=float((ranks[:, at] <= first).mean()),
            n=int(n[topic]),
        )
        for at, topic in enumerate(kept)
    ]
    return tuple(sorted(found, key=lambda one: (-one.need, one.topic)))


def replicate_weights(
    *, weights: Floats, strata: npt.NDArray[np.int64], fractions: Floats, replicates: int, seed: int
) -> Floats:
    """Weights of each bootstrap replicate, shape (replicates, n); within a stratum their sum stays."""
    generator = np.random.default_rng(seed)
    drawn = np.ones((replicates, len(weights)))
    for stratum in np.unique(strata):
        inside = np.flatnonzero(strata == stratum)
        size = len(inside)
        if size < 2:
            continue
        times = generator.multinomial(size - 1, np.full(size, 1 / size), size=replicates)
        scale = float(np.sqrt(1 - fractions[inside].mean()))
        drawn[:, inside] = 1 - scale + scale * size / (size - 1) * times
    answer: Floats = drawn * weights[None, :]
    return answer


def _means(
    weights: Floats, pairs: npt.NDArray[np.bool_], importance: Floats, present: Floats
) -> tuple[Floats, Floats]:
    """Weighted means of each topic under each row of weights, shape (rows, topics).

    A draw may hold no answer to a topic that few answered; there the topic's mean over all stands.
    """
    total = weights @ pairs.astype(float)
    known = total > 1e-9
    scale = np.where(known, total, 1.0)
    return tuple(  # type: ignore[return-value]
        np.where(known, (weights @ one) / scale, one.sum(axis=0) / pairs.sum(axis=0))
        for one in (importance, present)
    )
