"""How well a second hand agrees with the writers: Cohen's kappa a check and over all, and the disagreements.

    python3 training/agreement.py [--show CHECK]
"""

import argparse

from checks import ALL, CORPUS
from data import rows


def kappa(pairs):
    n = len(pairs)
    agree = sum(a == b for a, b in pairs) / n
    pa, pb = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = pa * pb + (1 - pa) * (1 - pb)
    return (agree - chance) / (1 - chance) if chance < 1 else 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show")
    parser.add_argument("--folder", default="hands")
    args = parser.parse_args()
    lines = [r for path in sorted((CORPUS / args.folder).glob("*.sentences.jsonl")) for r in rows(path) if "second" in r]
    writers = sorted({r["writer"] for r in lines})
    print(f"{len(lines)} sentences labelled twice ({', '.join(writers)})\n")
    print("| check | writer | second | both | kappa |\n|---|---|---|---|---|")
    everything = []
    for check in ALL:
        pairs = [(check in r["labels"], check in r["second"]) for r in lines]
        everything += pairs
        a, b, both = sum(x for x, _ in pairs), sum(y for _, y in pairs), sum(x and y for x, y in pairs)
        print(f"| `{check}` | {a} | {b} | {both} | {kappa(pairs):.2f} |")
    print(f"| all | | | | {kappa(everything):.2f} |")
    for r in lines:
        if args.show and (args.show in r["labels"]) != (args.show in r["second"]):
            print(r["id"], r["labels"], r["second"], r["partner_said"], ">>>", r["text"])


if __name__ == "__main__":
    main()
