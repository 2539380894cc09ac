"""Collect coins with their obverse photographs from a Numishare site such as numismatics.org.

    python scripts/scrape.py --contact me@museum.org --out collections/ans
    python scripts/scrape.py --contact me@museum.org --out collections/hadrian --limit 500 \\
        --query 'portrait_facet:"Hadrian" AND imagesavailable:true AND department_facet:"Roman"'

The result is a collection: images/ and metadata.csv; what it cost and what was left out stands in
harvest/report.json and harvest/skipped.csv. Stop it at any moment; the same command goes on. Run
after it is complete, it asks the site what changed since. Your contact is sent to the site with
every request, so that its keeper can reach you.
"""

import argparse

import command

from coinvision import collect


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    defaults = collect.Order(contact="")
    parser.add_argument("--site", default=defaults.site, help="default %(default)s")
    parser.add_argument("--query", default=defaults.query, help="in Lucene syntax; %(default)s")
    parser.add_argument("--contact", required=True, help="your mail or web address")
    parser.add_argument("--out", required=True, help="folder of the collection")
    parser.add_argument(
        "--limit", type=command.natural_number, help="stop after this many coins (default: all)"
    )
    parser.add_argument(
        "--delay",
        type=float,
        default=defaults.delay,
        help="seconds between requests, at least 1 but on this machine (default %(default)s)",
    )
    parser.add_argument(
        "--size",
        type=command.natural_number,
        default=defaults.size,
        help="width of the photographs in pixels (default %(default)s)",
    )


def main(arguments: argparse.Namespace) -> None:
    """Collect, and say what came and what it cost."""
    order = collect.Order(
        contact=arguments.contact,
        site=arguments.site,
        query=arguments.query,
        limit=arguments.limit,
        delay=arguments.delay,
        size=arguments.size,
    )
    report = collect.collect(order, folder=arguments.out, progress=command.progress("photographs"))
    for sentence in report.sentences():
        print(sentence)
    print(f"the collection: {arguments.out}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
