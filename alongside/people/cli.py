"""`alongside people evaluate|duplicates`: matching tried on a file, and looked for among the people who are here."""

import argparse
import json

from alongside.lib.commands import counted

ABOUT = "Find people written down twice; try that on a file"
EVALUATE = """Shows which rows of a file would be merged or suggested as one person, and how much of that is right.

FILE is a table of comma separated values in UTF-8. Columns: id; group (the truth, where it is known: the same for rows
of one person); then any of given_name, surname, nickname, name, email, phone, date_of_birth, street, postcode, city,
national_id, card. febrl's own names of columns are known too. PAIRS has the columns name_a, name_b and same (1 or 0).
Nothing is stored and no database is needed."""


def main(argv: list[str]) -> int:
    """Run `alongside people …`; returns the exit code."""
    asked = _parser().parse_args(argv)
    return {"evaluate": _evaluate, "duplicates": _duplicates, "reindex": _reindex}[asked.command](asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside people", description=ABOUT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    evaluate = commands.add_parser("evaluate", help="try matching on a file", description=EVALUATE,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    evaluate.add_argument("file", nargs="?", metavar="FILE", help="a table of people")
    evaluate.add_argument("--pairs", metavar="PAIRS", help="a table of name pairs; FILE may then be left out")
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.set_defaults(misused=evaluate.error)
    commands.add_parser("duplicates", help="look for people written down twice, now",
                        description="Looks for people written down twice, as is done every night, and says how many "
                                    "there are to decide about on the page People, Written down twice.")
    commands.add_parser("reindex", help="make anew by what people are recognised",
                        description="Makes anew by what people are recognised, as after a load that went past us.")
    return parser


def _evaluate(asked) -> int:
    from alongside.people import evaluating

    if not asked.file and not asked.pairs:
        asked.misused("give a FILE, or --pairs PAIRS, or both")
    people = evaluating.of_people(asked.file) if asked.file else None
    pairs = evaluating.of_name_pairs(asked.pairs) if asked.pairs else None
    if asked.json:
        names = {"name_pairs": pairs} if pairs else {}
        print(json.dumps({**(people or {}), **names}, ensure_ascii=False, indent=1))
        return 0
    if people:
        _show_people(people, evaluating.in_words)
    if pairs:
        _show_pairs(pairs)
    return 0


def _reindex(asked) -> int:
    from alongside.people.recognition_keys import rebuild

    count = rebuild()
    print(f"{counted(count, 'person is', 'people are')} recognised by what is written now.")
    return 0


def _duplicates(asked) -> int:
    from alongside.people.duplicates.looking import look

    print(f"{look()} to decide about, on the page People, Written down twice.")
    return 0


def _show_people(told: dict, in_words) -> None:
    for pair in told["pairs"]:
        mark = {True: "", False: "  WRONG", None: ""}[pair["right"]]
        who = f"{pair['one']} = {pair['other']}"
        print(f"{pair['level']:<4}  {pair['score']:+6.1f}  {who}  {in_words(pair['why'])}{mark}")
    _show_broken(told["broken"])
    if told["columns_not_used"]:
        print(f"Columns that were not used: {', '.join(told['columns_not_used'])}.")
    truth = f", {counted(told['true_pairs'], 'true pair', 'true pairs')}." if told["truth_known"] else "."
    print(f"\n{counted(told['people'], 'person', 'people')}{truth}")
    for name, words in (("automatic", "Merged by a yes"), ("with_ask", "With “ask the person”")):
        print(f"{words}: {counted(told[name]['pairs'], 'pair', 'pairs')}" + _rates(told[name]))


def _show_pairs(told: dict) -> None:
    for row in told["rows"]:
        mark = "  WRONG" if row["right"] is False else ""
        who = f"{row['name_a']} = {row['name_b']}"
        print(f"{row['level']:<4}  {row['score']:.2f}  {who}  ({', '.join(row['why'])}){mark}")
    _show_broken(told["broken"])
    unknown = "" if told["truth_known"] else "; the file does not say which are the same."
    print(f"\n{counted(told['pairs'], 'name pair', 'name pairs')}{unknown}")
    if told["truth_known"]:
        print(f"Merged{_rates(told)}, F1 {_percent(told['f1'])}, false merges {_percent(told['false_merges'])} of the "
              f"different, recall with “ask the person” {_percent(told['recall_with_ask'])}")


def _rates(told: dict) -> str:
    if told["precision"] is None and told["recall"] is None:
        return ""
    return f": precision {_percent(told['precision'])}, recall {_percent(told['recall'])}"


def _percent(share: float | None) -> str:
    return "unknown" if share is None else f"{share * 100:.2f} %"


def _show_broken(broken: list[dict]) -> None:
    for row in broken:
        print(f"Line {row['line']} is left out: {row['reason']}.")
