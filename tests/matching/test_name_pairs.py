"""Names of one person and of people with alike names, made up and judged."""

from alongside.lib.matching.full_names import alike
from alongside.lib.matching.judging import SAME
from bench.people_twice import name_pairs


def test_next_to_no_false_merges_and_few_missed():
    judged = [(truth, alike(a, b).level == SAME) for a, b, truth in name_pairs(4_000, seed=7)]
    merged = [truth for truth, same in judged if same]
    precision, recall = sum(merged) / len(merged), sum(merged) / sum(truth for truth, _same in judged)
    assert 2 * precision * recall / (precision + recall) >= 0.8
    assert (len(merged) - sum(merged)) / sum(not truth for truth, _same in judged) <= 0.01
