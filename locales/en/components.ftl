# The page that shows all parts of the pages in one place, for people who change how they look.

components-title = Parts of the pages
components-lead = Everything that the pages are made of, in one place. For people who work on the app.
components-sample = It rained in the night, and the street is still wet.

components-colors = Colors
components-paper = behind everything
components-sheet = what one writes on, cards
components-ink = words
components-quiet = words that are less urgent
components-line = between things
components-edge = around fields and buttons
components-accent = what can be chosen, and what the keys are on
components-mark = a hint in a draft
components-mark-wash = the hint that is looked at
components-rule-wash = what was done, what always holds
components-danger-wash = help and danger: never red

components-words = Words
components-buttons = Buttons
components-main-button = The one main act
components-button = Another act
components-button-off = Not now
components-tap = A quick answer
components-fields = Fields
components-line-label = A line of words
components-line-help = Help stands above the field, where it is read first.
components-choice = One of these
components-choice-one = This one
components-choice-other = The other one
components-tick = Yes, this too
components-scale = From 0 to 10
components-details = More of this
components-notices = Notices
components-card = A card
components-rule = A rule
components-lists = Lists
components-there = This is there
components-open = This is still open
