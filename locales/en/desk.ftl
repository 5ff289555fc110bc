# The draft desk.

desk-title = Draft desk
desk-lead-hurt = For words you want to look at once more before you give them. If you ask for hints, you see at most three. You decide what to do with them.
desk-lead = For words you want to give to a person you hurt. You see at most three hints. You decide what to do with them.
desk-genre-label = What is it?
desk-text-label = Your draft
desk-text-help = Write or paste here. Lines under the words show the places of the hints.
desk-partner-label = What your partner said
desk-partner-help = As close to their own words as you can. It stays on this device.
desk-check = Check the draft
desk-hints-title = Hints
# For who was hurt: their words are read for danger alone until they ask.
desk-unasked = Your words stay as they are. Nothing is said about them unless you ask. If they speak of danger, you see where to find help.
desk-live-note = The margin follows while you write.

genre-confession = Confession
genre-confession-help = Telling what you did
genre-apology = Apology
genre-apology-help = Saying sorry for what you did
genre-letter = Letter
genre-letter-help = Any longer letter
genre-reply = Reply
genre-reply-help = An answer to something they said
genre-gratitude = Thank you
genre-gratitude-help = A note that thanks
genre-promise = Promise
genre-promise-help = Something you will do
genre-plan = Plan
genre-plan-help = What you do when a risky moment comes
genre-message = Message
genre-message-help = A few lines

desk-empty = Nothing to look at yet. Write or paste a few sentences.
desk-other-language = I only read English so far. These words seem to be in another language, so I say nothing about them.
desk-clear = No hint for these words. That is no verdict. You know more than this page.
desk-hint-number = Hint { $number }
desk-hint-place = Marked: "{ $words }"
desk-ask-yourself = Ask yourself
desk-pattern = A pattern with blanks
desk-why-sources = Why we think so:
desk-from-model = A guess by the learned part. It is wrong more often than a rule.
desk-rule-link = About this check
desk-not-here = Not here
desk-not-here-for = for hint { $number }
desk-not-here-done = This place is left alone from now on, on this device.
desk-next = Next hint
desk-previous = Previous hint
desk-keys = On the keyboard: F8 goes to the next hint, Shift and F8 to the one before.
desk-at-hint = Hint { $number } of { $count }: { $title }
desk-to-hints = To the hints
desk-to-text = Back to the text

desk-missing-title = Still missing
desk-missing-lead = Parts that readers of such a text often look for. None of them is a must.
desk-order-title = The reason comes first
desk-order-text = A reason stands before what you did. Readers tend to hear it as an excuse. Say what you did first.
desk-promises-title = Promises in this text
desk-promise-unbounded = No time or end is named.
desk-promise-outside = Part of it is not in your hands.
desk-promise-bounded = It names a time, and it is in your hands.
desk-promise-who-we = It promises for both of you.

desk-status = { $hints ->
    [0] No hints.
    [one] 1 hint.
   *[other] { $hints } hints.
} { $missing ->
    [0] { "" }
    [one] 1 part may be missing.
   *[other] { $missing } parts may be missing.
}
desk-status-safety = These words speak of danger. Help is shown beside the text.

desk-keep = Keep on this device
desk-keep-text = Your draft is gone when you close or reload this page. You can keep it on this device. It is not locked with a password yet, so anyone who uses this device could read it.
desk-kept = This draft is kept on this device as you write. It is not locked with a password yet.
desk-forget = Stop keeping it, and erase the copy
desk-forgotten = The kept copy is erased. Your text is still in the box until you leave.
desk-private = Nothing you write here is sent anywhere.
desk-other-not-told = Your partner sees nothing of this.

danger-title = Please stop here for a moment
danger-lead = Some of these words are about danger. There are no hints on style for that. Nothing is reported or sent, and nobody but you sees this.
danger-threat = It reads as if someone is threatened. If this could happen now, call the emergency number. If you wrote it in anger, put the page away and talk to someone today.
danger-self-harm = It reads as if someone may want to die or be hurt by their own hand. Please talk to a person now. A crisis line listens at any hour in many places. If you may act on it now, call the emergency number.
danger-fear = It reads as if someone is afraid of being hurt. Fear is reason enough to call a help line. They help to think it through, and they do not tell your partner.
danger-used-force = It reads as if force was used. Then a letter or an apology is not the next step. Leave the other person in peace, and talk to a line for people who used force.
danger-wrong = If this is not what you meant, change the words and the hints come back.
danger-wrong-unasked = If this is not what you meant, write on. Nothing else is said about your words.
danger-help-link = All help lines and the safety page

genre-any = Not sure
genre-any-help = Amends guesses from the words
desk-read-as = Read as: { $genre }
