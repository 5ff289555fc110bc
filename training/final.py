"""The last step of training: the last stage's models, rounded, written, and checked against their own file."""

import export
from checks import ROOT
from data import Example, rows
from fit import predict
from metrics import sigmoid
from train import linear, linear_logits, log, mix, transformer

NAME = "amends en 4"
MODELS = ROOT / "models"
GOLDEN = ROOT / "crates" / "amends-model" / "tests" / "it" / "golden.tsv"


def golden_examples():
    """Two dozen sentences of the corpus: alone, after another, and as replies."""
    out = []
    for row in rows(ROOT / "corpus" / "hands" / "w02.sentences.jsonl")[::94]:
        out.append(Example(row["id"], "", "hand", row["text"], "", row["partner_said"]))
    for row in rows(ROOT / "corpus" / "hands" / "w05.sentences.jsonl")[5:700:180]:
        out.append(Example(row["id"], "", "hand", row["text"], "", row["partner_said"]))
    for doc in rows(ROOT / "corpus" / "hands" / "w06.letters.jsonl")[::3]:
        previous = doc["sentences"][0]["text"]
        out.append(Example(doc["id"], "", "letter", doc["sentences"][1]["text"], previous, doc["partner_said"]))
    replies = [r for r in rows(ROOT / "corpus" / "hands" / "w07.sentences.jsonl") if r["partner_said"]]
    for row in replies[::18]:
        out.append(Example(row["id"], "", "hand", row["text"], "", row["partner_said"]))
    return out


def write_model(stage, calibration, thresholds):
    """Writes file and golden sentences; returns the function from examples to the logits of both halves."""
    wp, frozen, params = transformer(stage)
    params, flat = export.quantized(params), linear(stage)
    body = export.model_bytes(NAME, wp.pieces, frozen, params, flat, calibration, thresholds)
    MODELS.mkdir(exist_ok=True)
    (MODELS / "en.amdl").write_bytes(body)
    log(f"models/en.amdl: {len(body) / 1e6:.2f} MB")

    def logits(examples):
        return predict(frozen, params, wp, examples), linear_logits(flat, examples)

    examples = golden_examples()
    prob = sigmoid(mix(*logits(examples), calibration))
    lines = ["\t".join([e.text, e.previous, e.partner, *(f"{p:.4f}" for p in row)]) for e, row in zip(examples, prob)]
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    log(f"{len(lines)} golden sentences")
    return logits
