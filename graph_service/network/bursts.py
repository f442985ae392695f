"""Contacts that come together: one meeting of many makes many ties at once, which deals of single pairs do not do."""

from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.model import DAY
from graph_service.network.windows import Window

WEEK = 7
FEWEST_WEEKS = 6
"""Weeks from which on weeks are held against each other, else days."""
LEVEL = 0.2
"""Up to which probability of being chance differences between weeks are taken for bursts: loosely, as a burst that is
overlooked alarms, and one too many only widens a band."""


def blocks_of(days: Ints, span: Window) -> Ints:
    """The week, or in a short window the day, of each contact, counted from 0: weeks of the same length, days on which
    there is any contact."""
    weeks = span.days // WEEK
    since = days - span.since // DAY
    if weeks >= FEWEST_WEEKS:
        return since * weeks // span.days
    return np.unique(since, return_inverse=True)[1].astype(np.int64)


def only_once(pairs: Ints, blocks: Ints) -> Ints:
    """The first row of each pair that met in one block only."""
    _, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    size = int(blocks.max(initial=0)) + 1
    met = np.unique(place.astype(np.int64) * size + blocks)
    found: Ints = first[np.bincount(met // size) == 1]
    return found


@dataclass(frozen=True)
class Bursts:
    """Per figure by how much the variance of its ties is larger than that of independent ones, and how many blocks tell
    it."""

    variance: Floats
    blocks: int

    def of(self, figures: slice) -> "Bursts":
        """Of some of the figures."""
        return Bursts(self.variance[figures], self.blocks)


def bursts_of(ties: Floats, contacts: Floats) -> Bursts:
    """How far a window's ties come together.

    `ties` (blocks x figures) are those seen in one block only, `contacts` all of each block. With r = ties - their sum
    by the block's share of contacts, the variance of the sum is B/(B - 1) sum r^2, that of independent ties their sum;
    the difference counts where sum r^2/expected says so (Fisher's index of dispersion).
    """
    from scipy.stats import chi2

    told = contacts > 0
    ties, contacts = ties[told], contacts[told]
    count, sums = len(contacts), ties.sum(axis=0)
    if count < 2:
        return Bursts(np.zeros(ties.shape[1]), count)
    expected = np.outer(contacts / contacts.sum(), sums)
    squares = (ties - expected) ** 2
    index = np.divide(squares, expected, out=np.zeros_like(squares), where=expected > 0).sum(axis=0)
    more = squares.sum(axis=0) * count / (count - 1) - sums
    return Bursts(np.where(index > chi2.isf(LEVEL, count - 1), np.maximum(more, 0.0), 0.0), count)


def few_blocks(width: float, count: int) -> float:
    """By how much a variance that few blocks tell is to be taken larger: Student's quantile over the normal one, at the
    same probability, squared."""
    from scipy.stats import norm, t

    if count < 2 or width <= 0:
        return 1.0
    return float((t.isf(norm.sf(width), count - 1) / width) ** 2)
