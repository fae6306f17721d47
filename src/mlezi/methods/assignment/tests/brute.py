"""The best worth of a small round by trying every assignment, from the definitions alone."""

from functools import cache
from itertools import combinations

import numpy as np

from mlezi.methods.assignment import verify as checks


def best_worth(problem):
    rows = np.arange(problem.n_mentees)
    worth = checks._worth(problem, rows, checks._scores(problem, rows))
    costs = [checks._costs(problem, j) for j in range(problem.n_mentors)]
    cap = problem.asked_cap

    @cache
    def best(i, loads, asked):
        if i == problem.n_mentees:
            return 0
        answer = best(i + 1, loads, asked)
        good = [j for j in range(problem.n_mentors) if worth[i, j] >= 0]
        for size in range(1, int(problem.wants[i]) + 1):
            for chosen in combinations(good, size):
                load, asks, total = list(loads), list(asked), 0
                for j in chosen:
                    if load[j] == problem.places[j]:
                        break
                    total += int(worth[i, j]) - costs[j][load[j]]
                    load[j] += 1
                    if cap is not None and cap.wanted[i] >= 0 and cap.wanted[i] == cap.labels[j]:
                        asks[j] += 1
                        if asks[j] > cap.most[j]:
                            break
                else:
                    answer = max(answer, total + best(i + 1, tuple(load), tuple(asks)))
        return answer

    nobody = (0,) * problem.n_mentors
    return best(0, nobody, nobody)
