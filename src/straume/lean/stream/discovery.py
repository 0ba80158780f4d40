"""Finding the model of a log: which activities it shows, how much noise is set aside, how well it fits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.stream.alignments import Runs
from straume.lean.stream.directly_follows import Variant
from straume.lean.stream.inductive_miner import mine
from straume.lean.stream.precision import precision
from straume.lean.stream.records import Discovery
from straume.lean.stream.replay import fitness_of_some, replay
from straume.lean.stream.tree import Tree, relabelled
from straume.lean.stream.variants import activity_counts, case_counts, most_frequent, variants_of

METHOD = "inductive-miner-infrequent"
NOISES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
MOST_ACTIVITIES = 30  # more cannot be read on a page
FULL_SHARE = 0.99  # of events: rarer activities are left out
# Of cases: what fewer than one case in twenty takes is no part of how the work usually goes. Drawn, it looked
# like the beginning of the way (receipt_wabo began with five steps of one or two cases in a hundred each).
LEAST_SHARE_OF_CASES = 0.05
ENOUGH_SHARE = 0.8  # of events: for this the number of activities may rise by a third
LEAST_FITNESS = 0.9  # of the models among which precision may choose
EVENTS_TO_MINE = 30_000  # of distinct variants, the most frequent first
VARIANTS_TO_CHOOSE = 150  # replayed when the noise is chosen


@dataclass(frozen=True)
class Found:
    """A discovered tree, the activities in it, and what the cases did in it."""

    tree: Tree
    kept: frozenset[int]
    runs: Runs
    discovery: Discovery


def discover(
    log: EventLog,
    *,
    noise: float | None = None,
    most_activities: int = MOST_ACTIVITIES,
    least_share: float = LEAST_SHARE_OF_CASES,
) -> Found:
    """The process tree of a log by the Inductive Miner – infrequent, with its replay fitness.

    Parameters: noise [0..1) – share below which edges may be set aside (None: `best_way`);
    most_activities – how many the model may show, up to a third more where these cover too little;
    least_share [0..1] of cases – activities that fewer take are left out where the others cover enough.
    Returns: Found. Raises: WrongCall where the log is empty.
    References: docs/methods/discovery.md.
    """
    codes = sorted(range(len(log.activities)), key=lambda code: log.activities[code])
    ranks = {code: rank for rank, code in enumerate(codes)}  # by name: the order of the file decides nothing
    counts = {ranks[code]: count for code, count in activity_counts(log).items()}
    if not counts:
        raise WrongCall("log_without_items")
    cases = {ranks[code]: count for code, count in case_counts(log).items()}
    fewest = least_share * log.cases.num_rows
    rare = frozenset(rank for rank, count in cases.items() if count < fewest)
    kept = keep_activities(counts, most=most_activities, rare=rare)
    variants = _ranked(variants_of(log, keep=[codes[rank] for rank in kept]), ranks)
    used = most_frequent(variants, most_events=EVENTS_TO_MINE)
    reason = "noise_best_f" if noise is None else "noise_given"
    way = best_way(used) if noise is None else Way(noise)
    tree = way.mine(used)
    if tree.alphabet() != kept:  # some fell to the noise
        kept = tree.alphabet()
        variants = _ranked(variants_of(log, keep=[codes[rank] for rank in kept]), ranks)
    missing = sum(count for rank, count in counts.items() if rank not in kept)
    fitness, runs = replay(tree, variants, events_left_out=missing)
    names = [log.activities[code] for code in codes]
    discovery = Discovery(
        method=METHOD,
        noise=way.noise,
        filter_first=way.filter_first,
        reason=reason,
        activities=len(counts),
        activities_kept=len(kept),
        left_out=tuple(
            names[rank] for rank in sorted(counts, key=lambda one: (-counts[one], one)) if rank not in kept
        ),
        events_kept_share=1 - missing / sum(counts.values()),
        variants_used=len(used),
        precision=precision(tree, variants),
        tree=tree.text(names),
        replay=fitness,
    )
    return Found(relabelled(tree, codes), frozenset(codes[rank] for rank in kept), runs, discovery)


def _ranked(variants: Counter[Variant], ranks: dict[int, int]) -> Counter[Variant]:
    return Counter({tuple(ranks[code] for code in variant): cases for variant, cases in variants.items()})


def keep_activities(
    counts: dict[int, int], *, most: int = MOST_ACTIVITIES, rare: frozenset[int] = frozenset()
) -> frozenset[int]:
    """The most frequent activities: those that cover 99 % of the events; of these at most `most`, or up
    to a third more until 80 % are covered. Rare ones come last, and only until 80 % are covered.
    """
    total = sum(counts.values())
    kept: set[int] = set()
    covered = 0
    for code, count in sorted(counts.items(), key=lambda item: (item[0] in rare, -item[1], item[0])):
        enough = covered >= ENOUGH_SHARE * total
        if covered >= FULL_SHARE * total or len(kept) >= most * 4 // 3:
            break
        if enough and (len(kept) >= most or code in rare):
            break
        kept.add(code)
        covered += count
    return frozenset(kept)


@dataclass(frozen=True)
class Way:
    """How noise is set aside: from which share on, and whether before the first cut is looked for."""

    noise: float
    filter_first: bool = False

    def mine(self, variants: Counter[Variant]) -> Tree:
        return mine(variants, noise=self.noise, filter_first=self.filter_first)


WAYS = (*(Way(noise) for noise in NOISES), *(Way(noise, True) for noise in NOISES if noise))


def best_way(variants: Counter[Variant]) -> Way:
    """The way whose tree has the best harmonic mean of fitness and precision; of equals the first of WAYS.

    Only trees that reach a fitness of 0.9 are compared; without noise one always does.
    """
    best, best_score = WAYS[0], 0.0
    for way in WAYS:
        tree = way.mine(variants)
        exact = precision(tree, variants)
        if _harmonic(1.0, exact) <= best_score:
            continue  # not even a perfect fitness would help
        fitness = fitness_of_some(tree, variants, most_variants=VARIANTS_TO_CHOOSE) if way.noise else 1.0
        if fitness >= LEAST_FITNESS and _harmonic(fitness, exact) > best_score:
            best, best_score = way, _harmonic(fitness, exact)
    return best


def _harmonic(fitness: float, exact: float) -> float:
    return round(2 * fitness * exact / (fitness + exact), 6) if fitness + exact else 0.0
