"""`alongside retention`: lets go what is kept no longer, or says what would go. `alongside wipe`: wipes its traces."""

import argparse

from alongside.lib.commands import counted

ABOUT = "Let go what is kept no longer, by the days that were decided in the settings"
WIPE = "Write the tables of the database anew, so that nothing is left in its files of people who were forgotten"


def main(argv: list[str]) -> int:
    """Run it; the same happens every night."""
    parser = argparse.ArgumentParser(prog="alongside retention", description=ABOUT)
    parser.add_argument("--dry-run", action="store_true", help="only count what would go")
    options = parser.parse_args(argv)
    from alongside.portal import keeping

    lines = keeping.lines()
    counts = {line.name: line.count() for line in lines} if options.dry_run else keeping.apply()
    for line in lines:
        kept = f"kept for {counted(line.days, 'day', 'days')}" if line.days else "kept until somebody decides"
        count = counts.get(line.name, 0)
        print(f"{count:>10,}  {line.name:<28} {kept}")
    went = f"{counted(sum(counts.values()), 'record', 'records')} went."
    print("Nothing was removed: this was a dry run." if options.dry_run else went)
    return 0


def wipe(argv: list[str]) -> int:
    """Run it; the same happens in the night after somebody was forgotten. Exit code 1 when a table could not be had."""
    closed = "Each table is closed while it is written, for some minutes a gigabyte, and needs as much room again."
    parser = argparse.ArgumentParser(prog="alongside wipe", description=WIPE, epilog=closed)
    parser.add_argument("--all", action="store_true",
                        help="also tables that are too large for a night, and also when nobody was forgotten since")
    options = parser.parse_args(argv)
    from alongside.portal import wiping

    if not options.all and not wiping.is_due():
        print("Nobody was forgotten since the files were wiped last.")
        return 0
    done = wiping.wipe(large_ones=options.all)
    print(f"{counted(len(done.written), 'table was', 'tables were')} written anew.")
    for table, why in (*done.too_large.items(), *done.failed.items()):
        print(f"Left as it is: {table} ({why})")
    return 1 if done.failed else 0
