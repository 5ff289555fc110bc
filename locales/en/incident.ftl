# What happened: naming it, saying it, how far it is, how it ends.

incident-list-title = What happened
incident-list-lead = Each thing has a name, and each has its own roles. You can be the one who did it in one thing, and the one who was hurt in another.
incident-list-none = Nothing is named yet.
incident-closed-title = Closed
incident-for-me = For you only
incident-for-both = For both of you
incident-for-whom = Who is it for?
incident-new-lead = Only you see this. It helps to show what fits and to leave out the rest.
incident-later = Later
incident-role-help = This is about this one thing. You can change it on any day.
incident-title-help = A few plain words. It is best if they tell nothing to somebody who looks over your shoulder.
incident-title-missing = Give it a name, so that you find it again.
incident-name-button = Keep it
incident-named = It has a name now.
incident-said = Kept.
incident-take-back = Take it back, or delete it

incident-over = It is over.
incident-not-over = It is not over yet. This was said openly.
incident-health-none = Health: no risk that is known of.
incident-health-unsure = Health: not sure.
incident-health-known = Health: { $what }
incident-money-none = Money: no risk that is known of.
incident-money-unsure = Money: not sure.
incident-money-known = Money: { $what }
incident-needs-title = What it takes
incident-tell = To tell it
incident-plan = To change it
incident-risk = Please note
incident-ask-first = Ask somebody who knows this first: a lawyer, a doctor, or an advice service.
incident-open-title = Open now
incident-open-none = Nothing is open yet. Safety comes first, and the word on whether it is over.
incident-open-all = All tools are open, for you alone.
incident-say-title = What you can say about it

incident-closed-together = You closed this: together.
incident-closed-apart = You closed this: apart.
incident-decide-title = Where are you: together, apart, not yet?
incident-decide-note = Any day, and every three months. "Not yet" is an answer.

# Stages
stage-page-title = How far it may go
stage-alone = This is for you only, so you move it yourself.
stage-they-see = You move it. The other person sees only which steps are open, not why.
stage-both-move = Both of you move it. The earlier one holds.
stage-usually-before = This usually comes before the next part:
stage-is-there = is there
stage-not-there = not there yet
stage-no-rule = It is a help, not a rule. You can go on without it, or wait with it.
stage-go-stop-and-tell = Go on: stop and tell
stage-go-hear = Go on: to hearing
stage-go-own-and-explain = Go on: to owning and explaining
stage-go-change = Go on: to change
stage-go-reconnect = I am ready for light things
stage-not-ready = Not ready for light things any more
stage-back = Go back
stage-back-text = Going back is normal: after something new, on a hard day, for no reason at all. It is no failure.
stage-back-button = Go back to it
stage-moved = Moved. You can move it again on any day.
stage-waive-text = You do not have to hear it. You can go on without it, and ask for it later.
stage-waive-button = I do without being told
stage-waived = Said.

# The eight questions about it
intake-lead = For you only. They stay on your device and choose which advice you see. Leave out what you like.
intake-says-title = What follows from your answers
intake-says-competence = You did not manage something. Few promises with dates help, and help with what made it hard.
intake-says-integrity = It was a choice. Then the choice has to be named, before any reason.
intake-says-pattern = It was more than once. Tell the pattern, not one scene of it.
intake-says-ongoing = It is still going on. Ending it, or saying openly that it is not over, comes first.
intake-says-discovered = It was found out. Expect that more questions come, more than once. Each new part that you hold back opens it anew.
intake-says-untold = It is not told yet. Ask first if telling is safe for both of you. A counselor in the room can help.
intake-says-several = More than one person was hurt. Each of them counts. Do not tell one through the other.
intake-says-reversible = Part of it can be made good. Say how, and by when.
intake-says-legal = There may be a law to think of. Ask a lawyer before you write it down. What you write here has no legal protection.
intake-says-relapse = It may come back. Make a plan for the moment before, and for telling it within a day.

# Whether it is over
over-lead = Say it plainly. "Not yet" is better than a word that does not hold.
over-lead-both = Say it plainly. The other person sees what you say here. "Not yet" is better than a word that does not hold.
over-health-help = A test that is due, pregnancy, medicine. Leave it empty if there is none.
over-money-help = Debts, things signed, accounts. Leave it empty if there is none.
over-help = Ending it can be hard, or not safe. Talk to somebody first if it is.
over-missing = Choose one: it is over, or it is not over yet.

# Deciding
decide-lead = Together, apart, or not yet. All three are fine to end up with.
decide-text = "Together" and "apart" close this one thing. You can open it again by choosing "not yet".
decide-tell = Tell the other person, too
decide-tell-help = They see the choice and your words. Without the tick it stays with you.
decide-kept = Kept, for you only.
decide-told = Kept, and told.
after-change-mind = You can change this on any day.
after-together-title = Together
after-together-lead = It is not forgotten, and it does not have to be in front each day.
after-together-one = Keep what works: small promises with a day, and a talk each week.
after-together-two = Hard days can come back, on dates and in places. That is normal.
after-together-three = If something new comes up, name it as a new thing.
after-apart-title = Apart
after-apart-lead = Ending well is a good end, too. Take your time, and take people with you.
after-apart-one = You can write a letter that closes. You do not have to send it.
after-apart-two = Ask for advice before you sign, move out or move money. With children, a family service helps both homes.
after-apart-three = If leaving could be dangerous, talk to a help line before you say it.
after-not-yet-title = Not yet
after-not-yet-lead = You do not have to know it now.
after-not-yet-one = Nothing here pushes you. The question comes again in three months.
after-not-yet-two = A counselor can help to decide, also when you do not know if you want to stay.
after-not-yet-three = Someone of your own to talk to is worth a lot.

# Opening it for both
incident-share-title = Open this for both of you
share-lead = The name and the kind go to the other person. What you wrote before stays with you.
share-title-label = Its name
share-title-help = They will read this name.
share-button = Open it for both
share-done = It is open for both of you now.
