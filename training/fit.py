"""One training run of the transformer, and prediction with it."""

import os
import random
import time

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np
import optax

from checks import N
from data import vary
from net import forward

BUCKETS = (14, 18, 22, 28, 36, 46, 96)
# Ordinary lines are learned quickly: each is seen in this share of the epochs.
CLEAN_SHARE = 0.6


def bucket(length):
    return next(b for b in BUCKETS if length <= b)


def pad(inputs, length, batch):
    ids = np.zeros((batch, length), np.int32)
    n = np.ones(batch, np.int32)
    for i, (pieces, n_sentence) in enumerate(inputs):
        ids[i, : len(pieces)] = pieces
        n[i] = n_sentence
    return jnp.asarray(ids), jnp.asarray(n)


def batches(inputs, size, rng=None):
    """Indices of examples of like length together; shuffled when `rng` is given."""
    order = list(range(len(inputs)))
    if rng:
        rng.shuffle(order)
        # Sort within large pools: like lengths meet, order stays random.
        pools = [order[i : i + size * 24] for i in range(0, len(order), size * 24)]
    else:
        pools = [order]
    out = []
    for pool in pools:
        pool.sort(key=lambda i: len(inputs[i][0]))
        out += [pool[i : i + size] for i in range(0, len(pool), size)]
    if rng:
        rng.shuffle(out)
    return out


_predict = jax.jit(lambda frozen, params, ids, n: forward(frozen, params, ids, n)[0])


def predict(frozen, params, wp, examples, size=64):
    inputs = [wp.model_input(e.text, e.previous, e.partner) for e in examples]
    out = np.zeros((len(examples), N), np.float32)
    for group in batches(inputs, size):
        length = bucket(max(len(inputs[i][0]) for i in group))
        ids, n = pad([inputs[i] for i in group], length, size)
        out[group] = np.asarray(_predict(frozen, params, ids, n))[: len(group)]
    return out


def optimizer(steps, rate, head_rate, decay):
    def schedule(peak):
        return optax.warmup_cosine_decay_schedule(0.0, peak, max(1, steps // 10), steps, peak * 0.02)

    def label(params):
        return {k: "head" if k == "head" else "body" for k in params}

    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(
        {"head": optax.adamw(schedule(head_rate), weight_decay=decay),
         "body": optax.adamw(schedule(rate), b2=0.98, weight_decay=decay)}, label))


def fit(frozen, params, wp, examples, epochs=6, size=32, rate=1.2e-4, head_rate=1.5e-3, decay=0.01, drop=0.1,
        smooth=0.02, positive=1.5, rdrop=0.0, soft=None, soft_share=0.5, context_drop=0.3, seed=0, log=print,
        after_epoch=None, augment=True):
    """Returns trained parameters. `soft` = teacher probabilities to learn beside the labels."""
    rng, key = random.Random(seed), jax.random.PRNGKey(seed)
    n_clean = sum(e.kind == "clean" for e in examples)
    per_epoch = round((len(examples) - (1 - CLEAN_SHARE) * n_clean) / size) + 1
    opt = optimizer(per_epoch * epochs, rate, head_rate, decay)
    state = opt.init(params)
    target = np.stack([e.target for e in examples]) * (1 - 2 * smooth) + smooth
    weight = np.stack([e.weight for e in examples])
    weight = weight * np.where(np.stack([e.target for e in examples]) > 0.5, positive, 1.0)
    if soft is not None:
        target = (1 - soft_share) * target + soft_share * soft
        weight = np.where(weight == 0, soft_share, weight)

    def loss_of(params, frozen, ids, n, y, w, key):
        k1, k2 = jax.random.split(key)
        logits, _ = forward(frozen, params, ids, n, k1, drop)
        bce = optax.sigmoid_binary_cross_entropy(logits, y)
        loss = (bce * w).sum() / w.sum() * N
        if rdrop:
            other, _ = forward(frozen, params, ids, n, k2, drop)
            bce2 = optax.sigmoid_binary_cross_entropy(other, y)
            p, q = jax.nn.sigmoid(logits), jax.nn.sigmoid(other)
            differ = ((p - q) * (logits - other) * (w > 0)).mean() * N
            loss = 0.5 * (loss + (bce2 * w).sum() / w.sum() * N) + rdrop * differ
        return loss

    @jax.jit
    def step(params, state, frozen, ids, n, y, w, key):
        loss, grads = jax.value_and_grad(loss_of)(params, frozen, ids, n, y, w, key)
        updates, state = opt.update(grads, state, params)
        return optax.apply_updates(params, updates), state, loss

    for epoch in range(epochs):
        start, losses = time.time(), []
        chosen = [i for i, e in enumerate(examples) if e.kind != "clean" or rng.random() < CLEAN_SHARE]
        inputs = []
        for e in (examples[i] for i in chosen):
            text, previous, partner = e.text, e.previous, e.partner
            if augment:
                text = vary(text, rng)
                if rng.random() < context_drop:
                    previous = ""
                if rng.random() < 0.15 and not e.target[-4:-2].any():
                    partner = ""
            inputs.append(wp.model_input(text, previous, partner))
        for group in batches(inputs, size, rng):
            length = bucket(max(len(inputs[i][0]) for i in group))
            y, w = np.zeros((size, N), np.float32), np.zeros((size, N), np.float32)
            rows = [chosen[i] for i in group]
            y[: len(group)], w[: len(group)] = target[rows], weight[rows]
            ids, n = pad([inputs[i] for i in group], length, size)
            key, sub = jax.random.split(key)
            params, state, loss = step(params, state, frozen, ids, n, y, w, sub)
            losses.append(float(loss))
        log(f"epoch {epoch + 1}/{epochs}: loss {np.mean(losses):.4f}, {time.time() - start:.0f} s")
        if after_epoch:
            after_epoch(epoch, params)
    return params
