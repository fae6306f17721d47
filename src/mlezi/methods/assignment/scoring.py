"""Scores as whole numbers: for single pairs, for blocks, and packed for the sweep over billions of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import NEVER, Ints, ints
from .problem import Problem
from .terms import Features, Listed, Shared, Table, Term

FOLD = 256  # so many combined kinds of mentee at most are folded into one row of points each


@dataclass(frozen=True)
class Sparse:
    """Values for single pairs, mentee by mentee: `mentors[starts[i]:starts[i+1]]`, sorted."""

    starts: Ints
    mentors: Ints
    values: Ints

    def at(self, i: Ints, j: Ints, n_mentors: int) -> Ints:
        """The value of each pair (i[n], j[n]), 0 where none is listed."""
        keys = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts)) * n_mentors + self.mentors
        wanted = i * n_mentors + j
        place = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        if not len(keys):
            return np.zeros(len(i), dtype=np.int64)
        return np.where(keys[place] == wanted, self.values[place], 0)


def gather(listed: list[Listed], n_mentees: int, n_mentors: int) -> Sparse:
    """Several lists as one; points for the same pair add up."""
    keys = np.concatenate([np.zeros(0, np.int64)] + [part.mentees * n_mentors + part.mentors for part in listed])
    points = np.concatenate([np.zeros(0, np.int64)] + [part.points for part in listed])
    pairs, which = np.unique(keys, return_inverse=True)
    values = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(values, which, points)
    starts = np.searchsorted(pairs, np.arange(n_mentees + 1) * n_mentors)
    return Sparse(ints(starts), ints(pairs % max(1, n_mentors)), values)


class Scorer:
    """The score of every pair of a problem. Forbidden pairs score below zero (`NEVER` from the public doors)."""

    def __init__(self, problem: Problem) -> None:
        self.n_mentees, self.n_mentors = problem.n_mentees, problem.n_mentors
        terms: list[Term] = [c.term(p) for c, p in zip(problem.criteria, problem.points, strict=True)]
        terms += [rule.term() for rule in problem.rules]
        self.tables = fold([term for term in terms if isinstance(term, Table)])
        self.features = [term for term in terms if isinstance(term, Features)]
        # Whole rows of 32-bit numbers for each person: single pairs then read memory in one piece.
        self.by_person = [
            (term.parts.astype(np.int32), np.ascontiguousarray(term.levels.T, dtype=np.int32)) for term in self.features
        ]
        self.shared = [term for term in terms if isinstance(term, Shared)]
        listed = [term for term in terms if isinstance(term, Listed)]
        self.listed = gather(listed, self.n_mentees, self.n_mentors)

    def between(self, rows: Ints) -> Ints:
        """Scores of these mentees with every mentor, shape (len(rows), mentors); `NEVER` where forbidden."""
        answer = np.zeros((len(rows), self.n_mentors), dtype=np.int64)
        dense: list[Table | Features | Shared] = [*self.tables, *self.features, *self.shared]
        for term in dense:
            answer += term.between(rows)
        starts, stops = self.listed.starts[rows], self.listed.starts[rows + 1]
        for place, (start, stop) in enumerate(zip(starts, stops, strict=True)):
            answer[place, self.listed.mentors[start:stop]] += self.listed.values[start:stop]
        return np.where(answer < 0, NEVER, answer)

    def pairs(self, i: Ints, j: Ints, *, block: int = 1 << 18) -> Ints:
        """Scores of the pairs (i[n], j[n]), shape (n,); `NEVER` where forbidden."""
        answer = self.listed.at(i, j, self.n_mentors)
        for start in range(0, len(i), block):
            here = slice(start, start + block)
            answer[here] += self._dense(i[here], j[here])
        return np.where(answer < 0, NEVER, answer)

    def _dense(self, i: Ints, j: Ints) -> Ints:
        answer = np.zeros(len(i), dtype=np.int64)
        for table in self.tables:
            answer += table.points[table.rows[i], table.cols[j]]
        for part, (parts, levels) in zip(self.features, self.by_person, strict=True):
            answer += part.base[i] + np.einsum("nd,nd->n", parts[i], levels[j])
        for bits in self.shared:
            both = np.bitwise_count(bits.rows[i] & bits.cols[j]).astype(np.int64)
            points = bits.base[i] + bits.unit[i] * np.minimum(both, bits.most[i])
            answer += np.where(both < bits.least[i], -(2**40), points)
        return answer


def fold(tables: list[Table]) -> list[Table]:
    """Small tables multiplied out into one over all mentors, so that one addition does the work of many."""
    small = sorted((t for t in tables if len(t.points) <= FOLD), key=lambda t: len(t.points))
    answer = [t for t in tables if len(t.points) > FOLD]
    while small:
        rows, points = small[0].rows, small[0].points[:, small[0].cols]
        rest = []
        for table in small[1:]:
            if len(points) * len(table.points) > FOLD:
                rest.append(table)
                continue
            rows = rows * len(table.points) + table.rows
            points = (points[:, None, :] + table.points[:, table.cols][None, :, :]).reshape(-1, points.shape[1])
        answer.append(Table(rows, np.arange(points.shape[1]), points))
        small = rest
    return answer
