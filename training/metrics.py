"""Scores on unseen writers, thresholds for precision first, and calibration."""

import numpy as np

from checks import CHECKS, INDEX, N, N_FAULTS, STRONG


def average_precision(truth, score):
    order = np.argsort(-score, kind="stable")
    hits = truth[order]
    if hits.sum() == 0:
        return np.nan
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1) * hits).sum() / hits.sum())


def recall_at_precision(truth, score, precision):
    """Best recall among the thresholds that reach `precision`, and that threshold."""
    order = np.argsort(-score, kind="stable")
    hits, ranked = truth[order], score[order]
    tp = np.cumsum(hits)
    p = tp / np.arange(1, len(hits) + 1)
    ends = np.append(ranked[1:] != ranked[:-1], True)
    good = np.where((p >= precision) & ends)[0]
    if len(good) == 0 or hits.sum() == 0:
        return 0.0, 1.01
    best = good[-1]
    return float(tp[best] / hits.sum()), float(ranked[best])


def arrays(examples):
    truth = np.stack([e.target for e in examples])
    known = np.stack([e.weight for e in examples]) >= 0.3
    return truth, known & (truth != 0.5)


def confusion(truth, known, fired):
    tp = (fired & (truth == 1) & known).sum(0)
    fp = (fired & (truth == 0) & known).sum(0)
    fn = (~fired & (truth == 1) & known).sum(0)
    return tp, fp, fn


def prf(tp, fp, fn):
    p = tp / max(tp + fp, 1)
    r = tp / max(tp + fn, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def summary(examples, prob, thresholds):
    """The figures issue E asks for, on one set of examples."""
    truth, known = arrays(examples)
    fired = prob >= thresholds[None, :]
    tp, fp, fn = confusion(truth, known, fired)
    f, s = slice(0, N_FAULTS), [INDEX[c] for c in STRONG]
    out = {"faults": prf(tp[f].sum(), fp[f].sum(), fn[f].sum()),
           "strong": prf(tp[s].sum(), fp[s].sum(), fn[s].sum()),
           "parts": prf(tp[N_FAULTS:].sum(), fp[N_FAULTS:].sum(), fn[N_FAULTS:].sum())}
    clean = (truth[:, f] == 0).all(1)
    alarmed = fired[:, f].any(1)
    out["clean_alarmed"] = alarmed[clean].mean() if clean.any() else np.nan
    out["n_clean"] = int(clean.sum())
    docs = {}
    for e, a in zip(examples, alarmed):
        if e.doc and "good" in e.quality:
            docs[e.doc] = docs.get(e.doc, False) or bool(a)
    out["good_letters_alarmed"] = np.mean(list(docs.values())) if docs else np.nan
    out["n_good_letters"] = len(docs)
    return out


def line(name, s):
    def three(x):
        return "P {:.3f} R {:.3f} F1 {:.3f}".format(*x)

    return (f"{name}: faults {three(s['faults'])} | strong {three(s['strong'])} | parts {three(s['parts'])} | "
            f"clean alarmed {s['clean_alarmed']:.3f} of {s['n_clean']} | "
            f"good letters alarmed {s['good_letters_alarmed']:.3f} of {s['n_good_letters']}")


def ranking(examples, prob):
    """Threshold-free: mean average precision, and pooled recall at fault precision 0.90."""
    truth, known = arrays(examples)
    ap = np.array([average_precision(truth[known[:, c], c], prob[known[:, c], c]) for c in range(N)])
    m = known[:, :N_FAULTS].ravel()
    pooled, _ = recall_at_precision(truth[:, :N_FAULTS].ravel()[m], prob[:, :N_FAULTS].ravel()[m], 0.90)
    return {"ap": ap, "map_faults": np.nanmean(ap[:N_FAULTS]), "map_parts": np.nanmean(ap[N_FAULTS:]),
            "recall_at_90": pooled}


def choose_thresholds(examples, prob, precision=0.89, strong=0.95):
    """A threshold a check, from (out-of-fold, calibrated) predictions, precision first.

    All normal faults, and all strong ones, first share the threshold that reaches the precision wanted of them together.
    A check that keeps the precision further down by itself (one false alarm more than counted) goes down, one that
    misses it goes up. Good parts take the threshold with the best F1.
    """
    truth, known = arrays(examples)
    out = np.full(N, 0.5, np.float32)
    groups = ([c for c in range(N_FAULTS) if CHECKS[c] not in STRONG], precision), ([INDEX[c] for c in STRONG], strong)
    for group, want in groups:
        t = np.concatenate([truth[known[:, c], c] for c in group])
        p = np.concatenate([prob[known[:, c], c] for c in group])
        shared = min(recall_at_precision(t, p, want)[1], 0.97)
        for c in group:
            t, p = truth[known[:, c], c], prob[known[:, c], c]
            order = np.argsort(-p, kind="stable")
            tp, n, ranked = np.cumsum(t[order]), np.arange(1, len(order) + 1), p[order]
            alone = np.where(tp / (n + 1) >= want)[0]
            alone = ranked[alone[-1]] if len(alone) else 1.0
            below = (ranked >= shared).sum()
            reached = below == 0 or tp[below - 1] / below >= want - 0.03
            if alone < shared:
                out[c] = (alone + shared) / 2
            elif reached:
                out[c] = shared
            else:
                out[c] = min(alone, (1 + shared) / 2)
        out[group] -= 1e-4
    for c in range(N_FAULTS, N):
        t, p = truth[known[:, c], c], prob[known[:, c], c]
        order = np.argsort(-p, kind="stable")
        f1 = 2 * np.cumsum(t[order]) / (np.arange(1, len(order) + 1) + t.sum())
        out[c] = p[order][np.argmax(f1)] - 1e-4
    return out


def reliability(truth, prob, bins=(0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0001)):
    """Rows of (low, high, count, mean predicted, share true) and the expected calibration error."""
    out, ece = [], 0.0
    for low, high in zip(bins, bins[1:]):
        m = (prob >= low) & (prob < high)
        if m.any():
            out.append((low, min(high, 1.0), int(m.sum()), float(prob[m].mean()), float(truth[m].mean())))
            ece += m.mean() * abs(prob[m].mean() - truth[m].mean())
    return out, float(ece)


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))
