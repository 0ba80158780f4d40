"""Random numbers by what they are for: the same seed gives the same case the same luck in every scenario."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from straume.lean.simulate.model import Floats, Keys


@dataclass(frozen=True)
class Draws:
    """Counter-based: a draw depends on seed, purpose, name (of a step, say), case and visit, on nothing else.

    So a scenario that takes one step out leaves the draws of all others as they were.
    """

    seed: int

    def key(self, purpose: str, name: str = "") -> np.uint64:
        text = f"{self.seed}\x00{purpose}\x00{name}".encode()
        return np.uint64(int.from_bytes(blake2b(text, digest_size=8).digest(), "little"))

    def uniforms(self, purpose: str, *, first: int, count: int) -> Floats:
        """Numbers in [0, 1) of the cases from `first` on (SplitMix64)."""
        x: Keys = np.full(count, self.key(purpose), np.uint64)
        x += np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
        return (x >> np.uint64(11)).astype(np.float64) / 9007199254740992.0
