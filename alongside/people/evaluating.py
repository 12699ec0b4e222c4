"""How well matching does on any file: what it would merge or suggest, and how much of that is right."""

from collections import Counter
from pathlib import Path

from alongside.lib.matching import finding, full_names, reading
from alongside.lib.matching.judging import ASK, DIFFERENT, SAME

FIELD_WORDS = {"given_name": "given name", "surname": "surname", "date_of_birth": "date of birth", "email": "mail",
               "national_id": "national id", "phone": "phone", "street": "street", "area": "place",
               "locality": "locality", "card": "card"}
LEVEL_WORDS = {"exact": "same {}", "near": "{} nearly the same", "alike": "{} alike", "other": "other {}",
               "nickname": "{} a short form", "initial": "{} an initial", "swapped": "{} swapped"}


def of_people(path: str | Path) -> dict:
    """Every two in a file of people that would be merged or suggested, and precision and recall where it tells."""
    read = reading.people(path)
    found = finding.find(read.people)
    right = [read.groups[each.one] == read.groups[each.other] != "" for each in found]
    true = sum(count * (count - 1) // 2 for group, count in Counter(read.groups).items() if group)
    levels = [each.judgement.level for each in found]
    return {
        "people": len(read.ids),
        "truth_known": read.knows_truth,
        "true_pairs": true if read.knows_truth else None,
        "automatic": _figures([hit for hit, level in zip(right, levels, strict=True) if level == SAME], true, read),
        "with_ask": _figures(right, true, read),
        "pairs": [
            {"one": read.ids[each.one], "other": read.ids[each.other], "level": each.judgement.level,
             "score": round(each.judgement.score, 1), "right": hit if read.knows_truth else None,
             "why": finding.why(each.judgement)}
            for each, hit in zip(found, right, strict=True)
        ],
        "broken": [{"line": row.line, "reason": row.reason} for row in read.broken],
        "columns_not_used": read.unknown,
    }


def of_name_pairs(path: str | Path) -> dict:
    """What is thought of every two names in a file of pairs, and how much of it is right where the file tells."""
    read = reading.name_pairs(path)
    common = full_names.common_words([name for row in read.rows for name in row[:2]])
    rows = [(*row, full_names.alike(row[0], row[1], common)) for row in read.rows]
    judged = [(truth, likeness.level) for _a, _b, truth, likeness in rows if truth is not None]
    true, false = (sum(truth is wanted for truth, _level in judged) for wanted in (True, False))
    merged = [truth for truth, level in judged if level == SAME]
    asked = [truth for truth, level in judged if level in (SAME, ASK)]
    precision, recall = _share(sum(merged), len(merged)), _share(sum(merged), true)
    return {
        "pairs": len(rows), "truth_known": bool(judged), "same": true, "different": false,
        "precision": precision, "recall": recall, "f1": _f1(precision, recall),
        "false_merges": _share(len(merged) - sum(merged), false),
        "recall_with_ask": _share(sum(asked), true),
        "rows": [{"name_a": a, "name_b": b, "level": likeness.level, "score": round(likeness.score, 2),
                  "why": list(likeness.why), "right": truth}
                 for a, b, truth, likeness in rows if likeness.level != DIFFERENT],
        "broken": [{"line": row.line, "reason": row.reason} for row in read.broken],
    }


def in_words(why: list[dict]) -> str:
    """What was seen, for a terminal: "same phone; given name nearly the same"."""
    return "; ".join(LEVEL_WORDS[each["level"]].format(FIELD_WORDS[each["field"]]) for each in why)


def _figures(right: list[bool], true: int, read: reading.People) -> dict:
    if not read.knows_truth:
        return {"pairs": len(right), "right": None, "precision": None, "recall": None}
    return {"pairs": len(right), "right": sum(right), "precision": _share(sum(right), len(right)),
            "recall": _share(sum(right), true)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 5) if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None or not precision + recall:
        return None
    return round(2 * precision * recall / (precision + recall), 5)
