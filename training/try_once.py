"""One experiment: train on some writers, score on others (development only).

    python training/try_once.py --train w01,w02,w03 --valid w04 [--layers 6 --epochs 6 ...]
"""

import argparse

import numpy as np

from checks import CHECKS, ROOT, WORK
from data import clean, dev, hands
from fit import fit, predict
from metrics import choose_thresholds, line, ranking, sigmoid, summary
from net import load_base
from wordpiece import WordPiece


def pieces():
    return (ROOT / "training" / "vocab.en.txt").read_text(encoding="utf-8").splitlines()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--name", required=True)
    p.add_argument("--train", required=True)
    p.add_argument("--valid", required=True)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--no-dev", action="store_true")
    p.add_argument("--no-augment", action="store_true")
    for name, kind, value in (("epochs", int, 6), ("size", int, 32), ("rate", float, 1.2e-4), ("smooth", float, 0.02),
                              ("positive", float, 1.5), ("rdrop", float, 0.0), ("seed", int, 0), ("drop", float, 0.1)):
        p.add_argument("--" + name, type=kind, default=value)
    a = p.parse_args()
    wp = WordPiece(pieces())
    frozen, params = load_base(wp.pieces, a.layers, a.seed)
    train = hands(writers=a.train.split(",")) + clean(False) + ([] if a.no_dev else dev())
    valid = hands(writers=a.valid.split(",")) + clean(True)
    print(f"{len(train)} to learn from, {len(valid)} to judge on", flush=True)

    def after(epoch, params):
        r = ranking(valid, sigmoid(predict(frozen, params, wp, valid)))
        print(f"  mAP faults {r['map_faults']:.3f} parts {r['map_parts']:.3f}, recall at 0.90 {r['recall_at_90']:.3f}", flush=True)

    params = fit(frozen, params, wp, train, a.epochs, a.size, a.rate, smooth=a.smooth, positive=a.positive,
                 rdrop=a.rdrop, seed=a.seed, drop=a.drop, augment=not a.no_augment,
                 log=lambda s: print(s, flush=True), after_epoch=after)
    logits = predict(frozen, params, wp, valid)
    np.save(WORK / f"{a.name}.npy", logits)
    prob = sigmoid(logits)
    r = ranking(valid, prob)
    for c, check in enumerate(CHECKS):
        print(f"  {check:22} AP {r['ap'][c]:.3f}")
    print(line("own thresholds (optimistic)", summary(valid, prob, choose_thresholds(valid, prob))))


if __name__ == "__main__":
    main()
