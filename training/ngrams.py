"""The linear model on hashed word and character n-grams: the fallback, and half of the average.

Features of a sentence (after `wordpiece.words`, joined by one space, a space at either end):
word 1- to 3-grams, pairs of words up to three apart, character 2- to 5-grams, and where there are partner's
words, the flag `reply` and the words both sides share. Each is hashed by 32-bit FNV-1a into 2^15 buckets;
a bucket counts once; the vector is scaled to length one.
"""

import numpy as np
import scipy.optimize
import scipy.sparse

from checks import N
from wordpiece import words

BITS = 15
SIZE = 1 << BITS


def fnv(parts):
    h = 0x811C9DC5
    for b in parts:
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    # Fold the high half in: FNV's low bits are its weakest.
    return (h ^ (h >> 15)) & (SIZE - 1)


def features(text, partner=""):
    ws = [w.encode() for w in words(text)][:96]
    out = set()
    for i in range(len(ws)):
        out.add(fnv(b"w" + ws[i]))
        for n in (2, 3):
            if i + n <= len(ws):
                out.add(fnv(b"w" + b" ".join(ws[i : i + n])))
        for gap in (2, 3):
            if i + gap < len(ws):
                out.add(fnv(b"s" + ws[i] + b" " + ws[i + gap]))
    line = b" " + b" ".join(ws) + b" "
    for n in (3, 4, 5):
        for i in range(len(line) - n + 1):
            out.add(fnv(b"c" + line[i : i + n]))
    if ws:
        out.add(fnv(b"first" + b" ".join(ws[:2])))
    if partner:
        out.add(fnv(b"reply"))
    return sorted(out)


def matrix(examples):
    indptr, indices, data = [0], [], []
    for e in examples:
        f = features(e.text, e.partner)
        indices += f
        data += [len(f) ** -0.5 if f else 0.0] * len(f)
        indptr.append(len(indices))
    return scipy.sparse.csr_matrix((np.array(data, np.float32), indices, indptr), shape=(len(examples), SIZE))


def fit(examples, strength=2e-5, positive=1.5, steps=60):
    """Logistic regression with masks and an L2 penalty, all checks at once, by L-BFGS."""
    x = matrix(examples)
    xt = x.T.tocsr()
    y = np.stack([e.target for e in examples])
    w = np.stack([e.weight for e in examples]) * np.where(y > 0.5, positive, 1.0)
    w /= len(examples)

    def loss(flat):
        wb = flat.reshape(SIZE + 1, N)
        z = x @ wb[:-1] + wb[-1]
        p = 1 / (1 + np.exp(-z))
        value = (w * (np.logaddexp(0, z) - y * z)).sum() + strength * (wb[:-1] ** 2).sum() / 2
        g = w * (p - y)
        return value, np.concatenate([xt @ g + strength * wb[:-1], g.sum(0, keepdims=True)]).ravel()

    start = np.zeros((SIZE + 1, N))
    start[-1] = -3
    best = scipy.optimize.minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    wb = best.x.reshape(SIZE + 1, N)
    return wb[:-1].astype(np.float32), wb[-1].astype(np.float32)


def quantize(weights):
    """8 bits, one scale a check."""
    scale = np.abs(weights).max(0) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def predict(model, examples):
    weights, bias = model
    return np.asarray(matrix(examples) @ weights + bias, np.float32)
