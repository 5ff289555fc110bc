"""Takes names, gender and the sound of home out of a text, exactly as `crates/amends-reader/src/alike.rs` does before the model reads it."""

import re

from checks import ROOT

DATA = ROOT / "crates" / "amends-reader" / "data"


def _alike():
    def lines(name):
        return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    names = " ".join(lines("names.txt")).split()
    out = {name: names[0] for name in names[1:]}
    for line in lines("gender.txt") + lines("dialect.txt"):
        *words, last = line.split()
        out.update({word: last for word in words})
    return out


ALIKE = _alike()
# Letters alone: digits, marks and the underscore stand between words.
WORD = re.compile(r"([^\W\d_]+)(?:(?<=in)(?<!ain)(?<=[^\W\d_]{2}in)(['\u2019])(?![^\W\d_]))?", re.IGNORECASE)


def _one_form(found):
    word, mark = found[1], found[2] or ""
    form = ALIKE.get(word.lower())
    # An apostrophe after "-in" stands for the g that is not spoken, except after a name.
    if mark and (form is None or form.endswith("ing")):
        return form or word + "g"
    return (form or word) + mark


def alike(text):
    """The text with every such word in its one form."""
    return WORD.sub(_one_form, text)
