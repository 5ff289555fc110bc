"""Writes the weights file of `docs/formats/model.md`, and reads it back into the shapes training uses."""

import struct

import jax.numpy as jnp
import numpy as np
from blake3 import blake3

from checks import CHECKS
from net import HEADS, WIDTH, quantize_rows
from ngrams import BITS
from wordpiece import MAX_CONTEXT, MAX_SENTENCE

LAYER = ("q", "k", "v", "o", "n1", "f1", "f2", "n2")


def u32(n):
    return struct.pack("<I", n)


def text(s):
    raw = s.encode()
    return bytes([len(raw)]) + raw


def floats(a):
    return np.asarray(a, "<f4").tobytes()


def dense_bytes(p):
    q, scale = quantize_rows(np.asarray(p["w"]).T)
    return q.tobytes() + floats(scale) + floats(p["b"])


def norm_bytes(p):
    return floats(p["g"]) + floats(p["b"])


def quantized(params):
    """The same parameters as the file will give them back: every dense weight rounded to 8 bits."""
    def dense(p):
        q, scale = quantize_rows(np.asarray(p["w"]).T)
        return {"w": jnp.asarray((q.astype(np.float32) * scale[:, None]).T), "b": p["b"]}

    layers = [{k: p[k] if k in ("n1", "n2") else dense(p[k]) for k in LAYER} for p in params["layers"]]
    return {**params, "layers": layers}


def model_bytes(name, pieces, frozen, params, linear, calibration, thresholds):
    """`linear` = (int8 weights by bucket, scales, bias); `calibration` = rows of (of transformer, of linear, shift)."""
    out = [text(name), u32(len(CHECKS))]
    for check, mix, threshold in zip(CHECKS, calibration, thresholds):
        out += [text(check), floats([*mix, threshold])]
    weights, scales, bias = linear
    out += [u32(BITS), weights.tobytes(), floats(scales), floats(bias)]
    if params is None:
        out.append(u32(0))
    else:
        inner = params["layers"][0]["f1"]["w"].shape[1]
        positions = MAX_SENTENCE + 2 * MAX_CONTEXT
        out += [u32(n) for n in (len(params["layers"]), WIDTH, HEADS, inner, positions, MAX_SENTENCE, MAX_CONTEXT, len(pieces))]
        out += [text(p) for p in pieces]
        q, scale = quantize_rows(np.asarray(frozen["words"]))
        out += [q.tobytes(), floats(scale), floats(params["position"][:positions]), floats(params["kind"]), norm_bytes(params["norm"])]
        for p in params["layers"]:
            out += [norm_bytes(p[k]) if k in ("n1", "n2") else dense_bytes(p[k]) for k in LAYER]
        out += [floats(np.asarray(params["head"]["w"]).T), floats(params["head"]["b"])]
    body = b"".join(out)
    return b"AMDL" + bytes([1, 0, 0, 0]) + blake3(body).digest() + body
