# The page that lists every check. Titles and reasons of the checks come from the language pack.

rules-title = All checks, one by one
rules-lead = Each check looks for one way of putting things. It may be wrong. A wording is never proof of what someone means.
rules-fault-title = Wordings that may hurt more
rules-presence-title = Good parts it looks for
rules-severity-normal = A hint
rules-severity-strong = A hint that comes first
rules-severity-interrupt = Stops the hints and shows help
rules-severity-presence = A good part
rules-genres = Looked for in: { $genres }
rules-all-genres = Looked for in all drafts
rules-steps = Belongs to
rules-question = The question it asks
rules-pattern = The pattern it shows
rules-none = The language pack holds no check yet.
