"""The last step of training: a model from all writers, rounded, written, and checked against its own file."""

import numpy as np

import export
import ngrams
from checks import N, ROOT, WORK
from data import Example, clean, dev, hands, rows
from fit import predict
from metrics import sigmoid
from train import SETTINGS, learn, log, mix

NAME = "amends en 1"
MODELS = ROOT / "models"
GOLDEN = ROOT / "crates" / "amends-model" / "tests" / "it" / "golden.tsv"


def learn_linear(examples):
    weights, bias = ngrams.fit(examples)
    q, scale = ngrams.quantize(weights)
    return q, scale, bias


def golden_examples():
    """Twenty-four sentences of the corpus: alone, after another, and as replies."""
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


def write_golden(logits):
    examples = golden_examples()
    prob = logits(examples)
    lines = [
        "\t".join([e.text, e.previous, e.partner, *(f"{p:.4f}" for p in row)]) for e, row in zip(examples, prob)
    ]
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    log(f"{len(lines)} golden sentences")


def write_model(calibration, thresholds, run="final"):
    """Trains (or takes from `training/work`) the last run, and writes file and golden sentences."""
    train = hands() + clean(False) + clean(True) + dev()
    wp, frozen, params = learn(run, train, {**SETTINGS, "epochs": 2, "rate": 8e-5}, seed=7, start="fold0")
    params = export.quantized(params)
    linear = learn_linear(train)
    body = export.model_bytes(NAME, wp.pieces, frozen, params, linear, calibration, thresholds)
    MODELS.mkdir(exist_ok=True)
    (MODELS / "en.amdl").write_bytes(body)
    log(f"models/en.amdl: {len(body) / 1e6:.2f} MB")
    flat_model = (linear[0].astype(np.float32) * linear[1], linear[2])

    def probabilities(examples):
        return sigmoid(mix(predict(frozen, params, wp, examples), ngrams.predict(flat_model, examples), calibration))

    write_golden(probabilities)
    return probabilities


def held_out(probabilities, thresholds):
    """The last table: writers nobody trained or tuned on."""
    from metrics import line, summary

    for writer in ("h1", "h2"):
        examples = hands("heldout", [writer])
        log(line(writer, summary(examples, probabilities(examples), thresholds)))
