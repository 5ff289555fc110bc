"""Reads the corpus into examples: text, context, what is known about each check, and who wrote it."""

import json
import random
import re
import tomllib
from dataclasses import dataclass, field, replace

import numpy as np

from alike import alike
from checks import ALL, CHECKS, CORPUS, INDEX, N, N_FAULTS, PACK


@dataclass
class Example:
    id: str
    writer: str
    kind: str  # hand, part, letter, dev, plain, clean
    text: str
    previous: str = ""
    partner: str = ""
    target: np.ndarray = field(default_factory=lambda: np.zeros(N, np.float32))
    weight: np.ndarray = field(default_factory=lambda: np.ones(N, np.float32))
    doc: str = ""
    quality: str = ""
    genre: str = ""

    def __post_init__(self):
        # The reader shows the model no names and no gender: it learns from texts without them, too.
        self.text, self.previous, self.partner = alike(self.text), alike(self.previous), alike(self.partner)


def rows(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line and '"schema"' not in line[:12]]


def target_of(labels):
    target = np.zeros(N, np.float32)
    for label in labels:
        if label in INDEX:
            target[INDEX[label]] = 1
    return target


def hands(folder="hands", writers=None):
    """Sentences and letters of the writers, in order of file name."""
    out = []
    for path in sorted((CORPUS / folder).glob("*.sentences.jsonl")):
        if writers is not None and path.name.split(".")[0] not in writers:
            continue
        for row in rows(path):
            example = Example(row["id"], row["writer"], "hand", row["text"], "", row["partner_said"],
                              target_of(row["labels"]))
            if "second" in row:
                second = target_of(row["second"])
                differs = second != example.target
                example.target[differs] = 0.5
                example.weight[differs] = 0.3
            if "danger" in row["labels"]:
                # Explicit danger interrupts everything: what else it is was not asked of the labeller.
                example.weight[:N_FAULTS] = 0.3
            out.append(example)
    for path in sorted((CORPUS / folder).glob("*.letters.jsonl")):
        if writers is not None and path.name.split(".")[0] not in writers:
            continue
        for doc in rows(path):
            previous = ""
            for i, s in enumerate(doc["sentences"]):
                out.append(Example(f"{doc['id']}-{i:02d}", doc["writer"], "letter", s["text"], previous,
                                   doc["partner_said"], target_of(s["labels"]), doc=doc["id"],
                                   quality=doc["quality"], genre=doc["genre"]))
                previous = s["text"]
    return out


# Where the reader ends a sentence, nearly: it reads each one of a line by itself, with the one before it.
END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?\w)")


def parts(example):
    """The sentences of a line as the reader sees them: one after the other, each with the one before it. A fault of the
    line may be in any of them, so that it is unknown for each; what the line does not hold, none of them holds."""
    texts = [text for text in END.split(example.text) if text.strip()]
    if len(texts) < 2:
        return [example]
    weight = np.where(example.target > 0, 0, example.weight).astype(np.float32)
    out, previous = [], example.previous
    for text in texts:
        out.append(replace(example, kind="part", text=text, previous=previous, target=np.zeros(N, np.float32), weight=weight))
        previous = text
    return out


def dev():
    """Development sentences: only the named check is known."""
    out = []
    for row in rows(CORPUS / "dev.jsonl"):
        if row["check"] in INDEX:
            example = Example(row["id"], "dev", "dev", row["text"], "", row["partner_said"],
                              weight=np.zeros(N, np.float32))
            example.weight[INDEX[row["check"]]] = 1
            example.target[INDEX[row["check"]]] = float(row["expect"])
            out.append(example)
    return out


def plain():
    """The examples that stand beside each rule: what is said plainly, and what looks like it, each alone and after an
    ordinary sentence. Only that check is known."""
    before = [example.text for example in clean(False)]
    out = []
    for path in sorted(PACK.glob("*/*.toml")):
        rule = tomllib.loads(path.read_text(encoding="utf-8"))
        check = rule.get("id")
        if check not in INDEX:
            continue
        lines = [(line, 1) for line in rule["finds"]] + [(line, 0) for line in rule["near_misses"]]
        for i, (line, expect) in enumerate(lines):
            partner, text = (line["partner"], line["text"]) if isinstance(line, dict) else ("", line)
            text = text.replace("[[", "").replace("]]", "")
            example = Example(f"pack-{check}-{i:02d}", "pack", "plain", text, "", partner,
                              weight=np.zeros(N, np.float32))
            example.weight[INDEX[check]] = 1
            example.target[INDEX[check]] = expect
            out += [example, replace(example, id=f"{example.id}-after", previous=before[len(out) * 7 % len(before)])]
    return out


def clean(validation):
    """Ordinary lines without a fault; every fifth is kept for validation."""
    out = []
    for path in sorted((CORPUS / "benign").glob("*.txt")):
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if (i % 5 == 0) != validation:
                continue
            example = Example(f"{path.stem}-{i:04d}", f"b1-{path.stem}", "clean", line)
            # Good parts were not labelled here: letters may hold them, ordinary lines hardly.
            example.weight[N_FAULTS:] = 0 if path.stem == "goodletters" else 0.3
            out.append(example)
    return out


CONTRACTIONS = [(r"\bI'm\b", "I am"), (r"\bI've\b", "I have"), (r"\byou're\b", "you are"), (r"\bdon't\b", "do not"),
                (r"\bdidn't\b", "did not"), (r"\bit's\b", "it is"), (r"\bwasn't\b", "was not"), (r"\bI'll\b", "I will"),
                (r"\bcan't\b", "cannot"), (r"\bwon't\b", "will not"), (r"\bI'd\b", "I would")]
SHORT = [(r"\byou\b", "u"), (r"\byour\b", "ur"), (r"\bare\b", "r"), (r"\bbecause\b", "bc"), (r"\band\b", "n"),
         (r"\bwith\b", "w"), (r"\bthough\b", "tho"), (r"\bgoing to\b", "gonna"), (r"\byou're\b", "ur"),
         (r"\bplease\b", "pls"), (r"\bto be honest\b", "tbh")]
LONG = [(r"\bu\b", "you"), (r"\bur\b", "your"), (r"\bbc\b", "because"), (r"\bcos\b", "because"), (r"\btho\b", "though"),
        (r"\bim\b", "I'm"), (r"\bdont\b", "don't"), (r"\bdidnt\b", "didn't"), (r"\bgonna\b", "going to")]


def vary(text, rng):
    """The same sentence as another person would type it."""
    roll = rng.random()
    if roll < 0.15:
        text = text.replace("'", "").replace("’", "")
    elif roll < 0.30:
        for pattern, to in CONTRACTIONS:
            text = re.sub(pattern, to, text, flags=re.I)
    if rng.random() < 0.10:
        for pattern, to in SHORT:
            if rng.random() < 0.7:
                text = re.sub(pattern, to, text, flags=re.I)
    elif rng.random() < 0.15:
        for pattern, to in LONG:
            text = re.sub(pattern, to, text)
    if rng.random() < 0.15:
        text = text.rstrip(".!")
    if rng.random() < 0.05:
        text = text.replace(",", "")
    if rng.random() < 0.06 and len(text) > 20:
        i = rng.randrange(len(text) - 1)
        if text[i].isalpha() and text[i + 1].isalpha():
            text = text[:i] + text[i + 1] + text[i] + text[i + 2:]
    return text
