"""Reads a text with proselint as often as it is told.

`python proselint_peer.py FILE`: prints `ready`, then answers each line with a number on standard input by so many
readings and the number of findings.
"""

import sys
from pathlib import Path

from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

CheckRegistry().register_many(__register__)
text = Path(sys.argv[1]).read_text(encoding="utf-8")
print("ready", flush=True)
for line in sys.stdin:
    found = 0
    for _ in range(int(line.strip() or 1)):
        found = len(LintFile("letters.txt", text).lint())
    print(found, flush=True)
