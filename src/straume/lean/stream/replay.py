"""Replay fitness: how much of a log a process tree explains, by optimal alignments of every variant."""

from __future__ import annotations

from collections import Counter

from straume.lean.stream.alignments import Aligner, Runs
from straume.lean.stream.directly_follows import Variant
from straume.lean.stream.records import ReplayFitness
from straume.lean.stream.tree import Tree

MOST_VARIANTS = 20_000
LONGEST_EVENTS = 600


def replay(
    tree: Tree,
    variants: Counter[Variant],
    *,
    events_left_out: int = 0,
    most_variants: int = MOST_VARIANTS,
    longest_events: int = LONGEST_EVENTS,
) -> tuple[ReplayFitness, Runs]:
    """Fitness of `tree` on a log, and what its cases did in the tree.

    Parameters: variants – of the activities that the tree knows, with cases; events_left_out – those of other
    activities, each a deviation of the whole log; most_variants – how many are aligned: beyond it the more
    frequent half and an even choice of the others that stands for all of them; longest_events – longer cases
    are not aligned. In both cases `exact` is false.
    Returns: fitness = 1 − Σ cost / Σ (events + shortest way through the tree), over cases; the runs.
    References: Adriansyah, van Dongen, van der Aalst (2011), doi:10.1109/EDOC.2011.12.
    """
    return _replayed(
        Aligner(tree), variants, _chosen(variants, most_variants, longest_events), events_left_out
    )


def fitness_of_some(tree: Tree, variants: Counter[Variant], *, most_variants: int) -> float:
    """Fitness on `most_variants` of the variants, for choosing between trees: the runs are not followed."""
    aligner = Aligner(tree)
    chosen = _chosen(variants, most_variants, LONGEST_EVENTS)
    cost = sum(aligner.cost(variant) * weight for variant, (_, weight) in chosen.items())
    worst = sum((len(variant) + aligner.shortest) * weight for variant, (_, weight) in chosen.items())
    return _fitness(cost, worst)


def _replayed(
    aligner: Aligner,
    variants: Counter[Variant],
    chosen: dict[Variant, tuple[int, int]],
    events_left_out: int,
) -> tuple[ReplayFitness, Runs]:
    runs = Runs()
    cost = worst = perfect = checked = 0
    for variant, (cases, weight) in chosen.items():
        deviations = aligner.cost(variant)
        aligner.run(variant, weight, runs)
        cost += deviations * weight
        worst += (len(variant) + aligner.shortest) * weight
        perfect += weight * (deviations == 0)
        checked += cases
    weights = sum(weight for _, weight in chosen.values())
    left_out = events_left_out * weights / max(variants.total(), 1)
    found = ReplayFitness(
        fitness=_fitness(cost + left_out, worst + left_out),
        fitness_kept=_fitness(cost, worst),
        perfect_share=perfect / weights if weights else 1.0,
        exact=len(chosen) == len(variants),
        cases=variants.total(),
        cases_checked=checked,
        variants=len(variants),
        variants_checked=len(chosen),
        deviations=cost,
    )
    return found, runs


def _fitness(cost: float, worst: float) -> float:
    return 1.0 if worst == 0 else 1 - cost / worst


def _chosen(
    variants: Counter[Variant], most_variants: int, longest_events: int
) -> dict[Variant, tuple[int, int]]:
    """Variants to align: cases and the weight with which they stand for those that are not aligned."""
    short = [variant for variant in variants if len(variant) <= longest_events]
    ordered = sorted(short, key=lambda variant: (-variants[variant], len(variant), variant))
    if len(ordered) <= most_variants:
        return {variant: (variants[variant], variants[variant]) for variant in ordered}
    first, others = ordered[: most_variants // 2], ordered[most_variants // 2 :]
    every = len(others) / (most_variants - len(first))
    sample = [others[int((index + 0.5) * every)] for index in range(most_variants - len(first))]
    scale = sum(variants[variant] for variant in others) / sum(variants[variant] for variant in sample)
    weights = {variant: (variants[variant], variants[variant]) for variant in first}
    weights |= {variant: (variants[variant], round(variants[variant] * scale)) for variant in sample}
    return weights
