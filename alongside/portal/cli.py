"""`alongside retention`: lets go what is kept no longer, or says what would go."""

import argparse

ABOUT = "Let go what is kept no longer, by the days that were decided in the settings"


def main(argv: list[str]) -> int:
    """Run it; the same happens every night."""
    parser = argparse.ArgumentParser(prog="alongside retention", description=ABOUT)
    parser.add_argument("--dry-run", action="store_true", help="only count what would go")
    options = parser.parse_args(argv)
    from alongside.portal import keeping

    lines = keeping.lines()
    counts = {line.name: line.count() for line in lines} if options.dry_run else keeping.apply()
    for line in lines:
        kept = f"kept for {line.days} days" if line.days else "kept until somebody decides"
        count = counts.get(line.name, 0)
        print(f"{count:>10,}  {line.name:<28} {kept}")
    print("Nothing was removed: this was a dry run." if options.dry_run else f"{sum(counts.values()):,} records went.")
    return 0
