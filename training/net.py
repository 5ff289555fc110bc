"""The small transformer: six (or fewer) BERT layers over a sentence and its context, one logit a check."""

import json
import struct

import jax
import jax.numpy as jnp
import numpy as np

from checks import N
from vocabulary import BASE, base_pieces

HEADS, WIDTH = 12, 384
HEAD = WIDTH // HEADS


def read_safetensors(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    kinds = {"F32": np.float32, "I64": np.int64, "F16": np.float16}
    return {
        name: np.frombuffer(raw, kinds[info["dtype"]],
                            count=(info["data_offsets"][1] - info["data_offsets"][0]) // kinds[info["dtype"]]().itemsize,
                            offset=8 + length + info["data_offsets"][0]).reshape(info["shape"])
        for name, info in header.items()
    }


def quantize_rows(matrix):
    """Rounded to 8 bits with one scale a row, as the file stores it."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)[:, 0]


def load_base(pieces, n_layers=6, seed=0):
    """`(frozen, params)`: word embeddings as the file will hold them, and everything that is trained."""
    t = read_safetensors(BASE / "model.safetensors")
    index = {piece: i for i, piece in enumerate(base_pieces())}
    words = t["embeddings.word_embeddings.weight"][[index[p] for p in pieces]]
    q, scale = quantize_rows(words)
    frozen = {"words": jnp.asarray(q.astype(np.float32) * scale[:, None])}
    keep = np.linspace(0, 5, n_layers).round().astype(int) if n_layers < 6 else range(6)

    def linear(name):
        return {"w": jnp.asarray(t[name + ".weight"].T), "b": jnp.asarray(t[name + ".bias"])}

    def norm(name):
        return {"g": jnp.asarray(t[name + ".weight"]), "b": jnp.asarray(t[name + ".bias"])}

    layers = []
    for i in keep:
        p = f"encoder.layer.{i}."
        layers.append({
            "q": linear(p + "attention.self.query"), "k": linear(p + "attention.self.key"),
            "v": linear(p + "attention.self.value"), "o": linear(p + "attention.output.dense"),
            "n1": norm(p + "attention.output.LayerNorm"), "f1": linear(p + "intermediate.dense"),
            "f2": linear(p + "output.dense"), "n2": norm(p + "output.LayerNorm"),
        })
    rng = np.random.default_rng(seed)
    params = {
        "position": jnp.asarray(t["embeddings.position_embeddings.weight"][:96]),
        "kind": jnp.asarray(t["embeddings.token_type_embeddings.weight"]),
        "norm": norm("embeddings.LayerNorm"),
        "layers": layers,
        "head": {"w": jnp.asarray(rng.normal(0, 0.02, (2 * WIDTH, N)), jnp.float32), "b": jnp.full(N, -3.0)},
    }
    return frozen, params


def layer_norm(x, p):
    mean = x.mean(-1, keepdims=True)
    var = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(var + 1e-6) * p["g"] + p["b"]


def dense(x, p):
    return x @ p["w"] + p["b"]


def dropout(x, rate, key):
    if key is None:
        return x
    keep = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0)


def forward(frozen, params, ids, n_sentence, key=None, rate=0.1):
    """Logits and the pooled vector. `ids` padded with 0, `n_sentence` pieces belong to the sentence."""
    batch, length = ids.shape
    at = jnp.arange(length)
    inside = at[None, :] < n_sentence[:, None]
    mask = jnp.where(ids == 0, -1e9, 0.0)[:, None, None, :]
    keys = iter(jax.random.split(key, 2 * len(params["layers"]) + 2)) if key is not None else iter([None] * 99)
    x = frozen["words"][ids] + params["position"][:length][None] + jnp.where(inside[..., None], params["kind"][0], params["kind"][1])
    x = dropout(layer_norm(x, params["norm"]), rate, next(keys))
    for p in params["layers"]:
        def heads(y):
            return y.reshape(batch, length, HEADS, HEAD).transpose(0, 2, 1, 3)

        q, k, v = heads(dense(x, p["q"])), heads(dense(x, p["k"])), heads(dense(x, p["v"]))
        scores = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) * HEAD**-0.5 + mask, axis=-1)
        y = (scores @ v).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
        x = layer_norm(x + dropout(dense(y, p["o"]), rate, next(keys)), p["n1"])
        y = dense(jax.nn.gelu(dense(x, p["f1"]), approximate=True), p["f2"])
        x = layer_norm(x + dropout(y, rate, next(keys)), p["n2"])
    inside = inside[..., None]
    mean = jnp.where(inside, x, 0).sum(1) / n_sentence[:, None]
    top = jnp.where(inside, x, -1e9).max(1)
    pooled = jnp.concatenate([mean, top], -1)
    return dense(dropout(pooled, rate, next(keys)), params["head"]), pooled
