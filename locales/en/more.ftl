# More: everything that is not needed each day.

more-title = More
more-words = Your words
more-two = The two of you
more-device = You and this device
more-about = About Amends
more-keep = Backups, copies and this vault
more-door = The door of your vault

# Search, drafts, undo, trash
search-title = Search in your words
search-lead = Only what you wrote. The words you look for are not kept.
search-label = Words to look for
search-button = Search
search-nothing-found = Nothing of yours holds all these words.
search-some = Found, the newest first
drafts-title = Not finished yet
drafts-lead = What you began is kept, locked, on this device only. It is never sent by itself.
drafts-none = There is nothing unfinished.
drafts-other = A text
drafts-saved = Kept: { $when }
drafts-discard = Throw it away
drafts-discard-title = Throw this text away?
drafts-discard-text = It is then gone from this device. This cannot be taken back.
drafts-discarded = It is gone.
drafts-keep = No, keep it
undo-title = Take the last thing back
undo-button = Take that back
undo-lead = The last thing you did since you opened your vault, that can be taken back.
undo-nothing-here = There is nothing to take back. Since you opened your vault you wrote nothing, or it cannot be taken back.
undo-shared = It went to the other person. Their app is asked to remove it too. What they read, they have read.
undo-is-done = Taken back.
trash-title = What you deleted
trash-lead = What you delete can be brought back until you lock your vault. Then its words are taken off this device.
trash-sent = What you sent stays here, locked, for one week more, so that nobody can send past what the other person set. Nobody can read it.
trash-theirs = You can delete your own words only. What was sent may still be on the other person's device.
trash-none = Nothing is deleted now.
trash-restore = Bring it back
trash-restored = It is back.

hand-title = Give the device to the other person
you-title = You, and how you call them

# You
you-name = How do you call the other person here?
you-name-help = Only you see this name. It stays locked in your vault. A short form or a nickname is fine.
you-saved = Kept, only for you.
you-shared-title = What is shared
you-shared-text = Nothing is shared by itself. Each time, you decide.
you-shared-private = What you write is for you only, until you send it.
you-shared-copies = Copies of your words are not allowed, until you allow one.
you-shared-charts = Your weekly look at yourself is never shown, unless you share one chart for a time you choose.
you-shared-safety = Your answers to the eight questions are not kept at all.
you-lock = Passphrase, and when the vault locks by itself

# Handing over the device
hand-lead = For a round of listening, the weekly talk, or choosing what to do together, on one device.
hand-locks = Your vault locks first. The other person cannot see it.
hand-own = They open their own vault with their own passphrase. Look away while they type.
hand-back = When they hand it back, their vault locks, and you open yours.
hand-for-listening = Then the page for listening is shown.
hand-for-talk = Then the page for the talk is shown.
hand-for-matching = Then the page for choosing is shown.
hand-button = Lock mine and hand it over
hand-nobody = There is one vault on this device. The other person can make their own at another door.
hand-done = Locked. Hand over the device now.
hand-not-safe = If anyone presses you to hand over the device or your passphrase, this is not the way.
