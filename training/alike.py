"""Takes names and gender out of a text, exactly as `crates/amends-reader/src/alike.rs` does before the model reads it."""

import re

from checks import ROOT

DATA = ROOT / "crates" / "amends-reader" / "data"


def _alike():
    def lines(name):
        return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    names = " ".join(lines("names.txt")).split()
    out = {name: names[0] for name in names[1:]}
    for line in lines("gender.txt"):
        *words, last = line.split()
        out.update({word: last for word in words})
    return out


ALIKE = _alike()
# Letters alone: digits, marks and the underscore stand between words.
WORD = re.compile(r"[^\W\d_]+")


def alike(text):
    """The text with every such word in its one form."""
    return WORD.sub(lambda m: ALIKE.get(m[0].lower(), m[0]), text)
