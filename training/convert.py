"""Turns the writers' plain files into the project's versioned corpus.

    python3 training/convert.py RAW [--held-out PREFIX]

RAW holds one folder per writer with `sentences.tsv` and `letters.txt`, `relabel/<writer>.tsv` with a second
hand's labels (number of the sentence TAB labels), and `b1/*.txt` with clean lines. Can be run again at any time: the
output depends on RAW alone. Whatever is malformed is repaired or dropped, and reported.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from checks import ALL, CORPUS

SCHEMA = 1
KNOWN = set(ALL)
# The partner's sentences that the development set names by number.
PARTNER_SAID = {
    "S1": "Why didn't you come yesterday? It was an important day for us!",
    "S2": "You told your mother before you told me.",
    "S3": "I found the second card and I felt sick.",
}
REPAIRS = {
    "minimising": "minimizing", "harm": "harm-named", "feeling": "feeling-named",
    "blameshift": "blame-shift", "selfpity": "self-pity", "apology-conditional": "conditional-apology",
    "lovebombing": "love-bombing", "gratitude": "specific-gratitude", "repair": "repair-offered",
}


class Report:
    """Counts and prints what had to be repaired."""

    def __init__(self):
        self.lines = []

    def note(self, path, number, what):
        self.lines.append(f"{path.parent.name}/{path.name}:{number}: {what}")


def parse_labels(raw, report, path, number):
    """Labels of one line, or None where the field is no label field."""
    out = []
    for part in re.split(r"[,;\s]+", raw.strip().lower()):
        if part in ("", "-", "none", "–", "—"):
            continue
        part = REPAIRS.get(part, part)
        if part not in KNOWN:
            report.note(path, number, f"unknown label {part!r} dropped")
            if not re.fullmatch(r"[a-z-]{4,24}", part):
                return None
            continue
        if part not in out:
            out.append(part)
    return sorted(out, key=ALL.index)


def split_line(line, report, path, number):
    """`labels TAB text`; a missing tab is repaired when the first word is a label field."""
    line = line.replace("⇥", "\t")
    if "\t" not in line:
        match = re.match(r"^(-|[a-z-]+(?:,[a-z-]+)*)\s+(.+)$", line)
        if not match or any(p != "-" and p not in KNOWN for p in match[1].split(",")):
            report.note(path, number, "no tab: dropped")
            return None
        report.note(path, number, "no tab: repaired")
        line = match[1] + "\t" + match[2]
    raw, text = line.split("\t", 1)
    labels = parse_labels(raw, report, path, number)
    text = " ".join(text.split())
    if labels is None or not text:
        report.note(path, number, "no labels or no text: dropped")
        return None
    return labels, text


def sentences(path, writer, second, report):
    focus, rows, seen, ordinal = None, [], set(), 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("##"):
            focus = line[2:].strip()
            if focus not in KNOWN:
                report.note(path, number, f"unknown block {focus!r}")
                focus = None
            continue
        ordinal += 1
        parsed = split_line(line, report, path, number)
        if not parsed:
            continue
        labels, text = parsed
        partner = ""
        if ">>>" in text:
            partner, text = (part.strip() for part in text.split(">>>", 1))
        if not text:
            report.note(path, number, "empty reply: dropped")
            continue
        if (partner, text) in seen:
            report.note(path, number, "repeated line: dropped")
            continue
        seen.add((partner, text))
        row = {
            "id": f"{writer}-{number:04d}", "writer": writer, "focus": focus,
            "labels": labels, "partner_said": partner, "text": text,
        }
        if ordinal in second:
            row["second"] = second[ordinal]
        rows.append(row)
    return rows


def letters(path, writer, report):
    docs, doc, paragraph = [], None, 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("==="):
            fields = dict(re.findall(r"(\w+)=([\w-]+)", line))
            doc = {
                "id": f"{writer}-L{len(docs) + 1:02d}", "writer": writer,
                "genre": fields.get("genre", "letter"), "quality": fields.get("quality", "mixed"),
                "present": [], "partner_said": "", "sentences": [],
            }
            docs.append(doc)
            paragraph = 0
        elif doc is None:
            if line.strip():
                report.note(path, number, "text before the first letter: dropped")
        elif line.startswith("@present"):
            doc["present"] = parse_labels(line[8:], report, path, number) or []
        elif line.startswith("@partner"):
            doc["partner_said"] = " ".join(line[8:].split())
        elif not line.strip():
            paragraph += bool(doc["sentences"])
        else:
            parsed = split_line(line, report, path, number)
            if parsed:
                doc["sentences"].append({"labels": parsed[0], "paragraph": paragraph, "text": parsed[1]})
    return [doc for doc in docs if doc["sentences"]]


def second_hand(path, report):
    out = {}
    if path.exists():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) < 2 or not fields[0].strip().isdigit():
                report.note(path, number, "not `line TAB labels`: dropped")
                continue
            labels = parse_labels(fields[1], report, path, number)
            if labels is not None:
                out[int(fields[0])] = labels
    return out


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [{"schema": SCHEMA}, *rows])
    path.write_text(body, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path)
    parser.add_argument("--held-out", default="h", help="writers whose name begins with this are held out")
    parser.add_argument("--dev", type=Path, help="single-check development sentences to copy")
    args = parser.parse_args()
    report, counts = Report(), Counter()
    for folder in sorted(args.raw.iterdir()):
        writer = folder.name
        if not re.fullmatch(r"[a-z]\d+", writer) or not (folder / "sentences.tsv").exists():
            continue
        part = "heldout" if writer.startswith(args.held_out) else "hands"
        second = second_hand(args.raw / "relabel" / f"{writer}.tsv", report)
        rows = sentences(folder / "sentences.tsv", writer, second, report)
        write_lines(CORPUS / part / f"{writer}.sentences.jsonl", rows)
        docs = letters(folder / "letters.txt", writer, report) if (folder / "letters.txt").exists() else []
        write_lines(CORPUS / part / f"{writer}.letters.jsonl", docs)
        twice = sum("second" in row for row in rows)
        print(f"{writer}: {len(rows)} sentences ({twice} labelled twice), {len(docs)} letters, "
              f"{sum(len(d['sentences']) for d in docs)} letter sentences -> corpus/{part}")
        if part == "hands":
            counts.update(label for row in rows for label in row["labels"])
            counts.update(label for doc in docs for s in doc["sentences"] for label in s["labels"])
    benign = CORPUS / "benign"
    benign.mkdir(parents=True, exist_ok=True)
    for path in sorted((args.raw / "b1").glob("*.txt")):
        lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        (benign / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"benign {path.name}: {len(lines)} lines")
    if args.dev:
        text = Path(args.dev).read_text(encoding="utf-8")
        # The development set names three partner sentences by number; the description of the checks spells them out.
        for number, said in PARTNER_SAID.items():
            text = text.replace(f'"partner_said": "{number}"', f'"partner_said": {json.dumps(said)}')
        (CORPUS / "dev.jsonl").write_text(text, encoding="utf-8")
    print("sentences a check:", ", ".join(f"{c} {counts[c]}" for c in ALL))
    print(f"{len(report.lines)} repairs")
    for line in report.lines:
        print("  " + line)


if __name__ == "__main__":
    main()
