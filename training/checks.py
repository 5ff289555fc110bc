"""The check ids, their groups, and the paths every training script shares."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
PACK = ROOT / "packs" / "en"
WORK = ROOT / "training" / "work"

FAULTS = [
    "conditional-apology", "defending", "blame-shift", "minimizing", "agentless",
    "claimed-empathy", "invalidation", "contempt", "unkeepable-promise", "pressure",
    "closure", "bribe", "self-pity", "excuse", "partial-truth", "harmful-detail",
    "control", "love-bombing", "vague",
]
PARTS = [
    "responsibility", "harm-named", "feeling-named", "repair-offered", "change-plan",
    "freedom", "content-reflected", "feeling-reflected", "specific-gratitude",
    "keepable-promise",
]
STRONG = ["blame-shift", "pressure", "bribe", "control"]
# `danger` is labelled in the corpus but never predicted by the model.
CHECKS = FAULTS + PARTS
ALL = FAULTS + ["danger"] + PARTS
INDEX = {check: i for i, check in enumerate(CHECKS)}
N = len(CHECKS)
N_FAULTS = len(FAULTS)
