"""The tokenizer, written so that `crates/amends-model` can do exactly the same without Unicode tables.

Text is lower-cased, curly quotes and dashes become plain, accents of Latin letters are dropped, every
character that is neither letter nor digit stands alone, and words fall apart greedily into known pieces.
"""

import unicodedata

PAD, UNK, CLS, SEP, PREVIOUS, PARTNER = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]", "[unused2]"
SPECIALS = [PAD, UNK, CLS, SEP, PREVIOUS, PARTNER]
PAD_ID, UNK_ID, CLS_ID, SEP_ID, PREVIOUS_ID, PARTNER_ID = range(6)

MAX_SENTENCE = 48  # pieces, special ones included
MAX_CONTEXT = 24
MAX_WORD = 64  # characters

PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
         "–": "-", "—": "-", "‑": "-", "…": "."}
for code in range(0xC0, 0x250):
    lower = chr(code).lower()
    letter = unicodedata.normalize("NFD", lower)
    if len(lower) == 1 and len(letter) > 1 and letter[0].isascii():
        PLAIN[lower] = letter[0]


def is_silent(c):
    """Combining marks, joiners, direction marks and variation selectors: they carry nothing for us."""
    return ("\u0300" <= c <= "\u036f" or "\u200b" <= c <= "\u200f" or "\u202a" <= c <= "\u202e"
            or "\u2060" <= c <= "\u206f" or "\ufe00" <= c <= "\ufe0f" or c in "\u00ad\ufeff"
            or "\U0001f3fb" <= c <= "\U0001f3ff")


def words(text):
    """Words and single marks of a text."""
    out, word = [], []
    for char in text:
        for c in char.lower():
            c = PLAIN.get(c, c)
            if is_silent(c):
                continue
            if c.isalnum():
                word.append(c)
                continue
            if word:
                out.append("".join(word))
                word = []
            if not c.isspace() and c >= " " and c != "\u007f":
                out.append(c)
    if word:
        out.append("".join(word))
    return out


class WordPiece:
    def __init__(self, pieces):
        self.pieces = pieces
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        assert pieces[:6] == SPECIALS
        self.cache = {}

    def word(self, word):
        if word in self.cache:
            return self.cache[word]
        out, start = [], 0
        if len(word) > MAX_WORD:
            return [UNK_ID]
        while start < len(word):
            end = len(word)
            while end > start:
                piece = ("##" if start else "") + word[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                out = [UNK_ID]
                break
            out.append(self.ids[piece])
            start = end
        self.cache[word] = out
        return out

    def encode(self, text):
        out = []
        for word in words(text):
            for piece in self.word(word):
                if not (piece == UNK_ID and out and out[-1] == UNK_ID):
                    out.append(piece)
        return out

    def model_input(self, sentence, previous="", partner=""):
        """Piece ids and how many of them belong to the sentence itself.

        Sentence first: `[CLS] sentence [SEP]`, then `[unused1] previous [SEP]` (its last pieces) and
        `[unused2] partner [SEP]` (its last pieces).
        """
        pieces = [CLS_ID, *self.encode(sentence)[: MAX_SENTENCE - 2], SEP_ID]
        n_sentence = len(pieces)
        for mark, text in ((PREVIOUS_ID, previous), (PARTNER_ID, partner)):
            body = self.encode(text)[-(MAX_CONTEXT - 2):] if text else []
            if body:
                pieces += [mark, *body, SEP_ID]
        return pieces, n_sentence
