# Pace and consent: the person who receives owns the channel.

pace-title = What may reach you
pace-lead = You decide how much comes in, when, and what. You can change it at any time and give no reason.
pace-alone = There is nobody here but you. When you use this with the other person, you set here what may reach you: how often, at which hours, which kinds.
pace-they-see = What the other person sees of it
pace-set-title = What you set
pace-words-none = Nothing may come in for now.
pace-words = { $count ->
    [one] At most one a day, from { $from } to { $to }: { $kinds }.
   *[other] At most { $count } a day, from { $from } to { $to }: { $kinds }.
}
pace-words-any-hour = { $count ->
    [one] At most one a day, at any hour: { $kinds }.
   *[other] At most { $count } a day, at any hour: { $kinds }.
}
pace-theirs-none = They have not said yet how much they want to get. One letter can go.

pace-open-title = The part for two is open
pace-open-text = The other person can write to you, within what you set here. It stays open for four weeks. Then the eight questions come again.
pace-shut-title = The part for two is closed here
pace-shut-text = Nothing reaches you, and nothing of yours goes out. To open it, answer the eight questions, alone.
pace-door-they-see = When it is closed they see "no answer yet". It looks the same if you never answered.
pace-close-button = Close it for now
pace-closed-now = Closed. The other person sees "no answer yet".
pace-open-link = To the eight questions

pace-amount-title = How much, when, and what
pace-amount-lead = Their app holds back what goes past this. It is never counted for anyone to see.
pace-amount-they-see = This setting, so that their app can keep to it.
pace-amount-how-many = How many a day?
pace-amount-0 = None
pace-amount-1 = One
pace-amount-2 = Two
pace-amount-3 = Three
pace-amount-kinds = Which kinds are welcome?
pace-amount-set = Set. From now on it holds.
pace-amount-wrong = Choose a number, and write both times like 08:00.

pace-topics-title = Subjects that are closed
pace-topics-lead = Tick what you do not want to talk or read about for now. It opens again by itself.
pace-topics-they-see = Which subjects are closed, and until when. They can keep it as a draft.
pace-topics-none = None is closed.
pace-topics-which = Which subjects?
pace-topics-how-long = For how long?
pace-topics-today = For today
pace-topics-three = For three days
pace-topics-week = For a week
pace-topics-month = For four weeks
pace-topics-set = Set.

pace-mute-title = Do not show for a while
pace-mute-lead = These kinds still arrive. You see them when the time is over.
pace-mute-they-see = Nothing. Only you know.
pace-mute-note = Only here. Nobody is told.
pace-mute-which = What do you not want to see?
pace-mute-evening = For eight hours
pace-mute-today = For a day
pace-mute-three = For three days
pace-mute-week = For a week
pace-mute-until = not shown until { $time }
pace-mute-set = Set. Nobody is told.

pace-pause-title = Take a break
pace-pause-lead = When it gets too much, stop. Say when you are back, and keep to it. Twenty minutes is the least that helps.
pace-pause-they-see = Only the time when you are back. Not why.
pace-pause-note = From twenty minutes to one day
pace-pause-how-long = When are you back?
pace-pause-20 = In twenty minutes
pace-pause-40 = In forty minutes
pace-pause-60 = In an hour
pace-pause-180 = In three hours
pace-pause-720 = In twelve hours
pace-pause-1440 = Tomorrow, at this time
pace-pause-button = Take the break
pace-pause-set = The break runs.
pace-pause-over = You are back.
pace-pause-rule = A break is for harsh words. If there is force or threat, do not come back: leave and get help.

pace-depth-note = One line, the facts, only if I ask, or not that

pace-copies-title = Copies of your words
pace-copies-lead = Nobody may keep a copy of your words outside this app, unless you allow it, one by one.
pace-copies-they-see = That this entry may be kept, or not.
pace-copies-note = None, unless you allow it
pace-copies-empty = You have sent nothing with words yet.
pace-copies-allow = Allow a copy
pace-copies-forbid = Do not allow it any more
pace-copies-allowed = They may keep a copy of this one.
pace-copies-forbidden = They may not keep a copy of it any more. A copy that was made is not called back.
