# Today, the path of thirteen steps, and the first page without a vault.

home-title = The path
home-lead = Three methods, thirteen steps: admit, apologize, prove. They go slowly, and in this order. The person who was hurt sets the pace.
home-lead-hurt = Thirteen steps under three methods. They go slowly, and in this order. You set the pace.
home-desk-title = Look at a draft
home-desk-text = Paste or write what you want to say. Amends shows at most three places that may hurt more, says why, and asks a question. The words stay yours.
home-desk-button = Open the draft desk
home-safety-title = Above all steps
home-safety-rule = Nobody has to stay where there is violence or threat. This holds for both of you. Hurt anger is not abuse, and abuse is not hurt anger.
home-safety-link = How to tell them apart, and where to call
home-steps-label = Steps of method { $number }
home-stage = Opens in stage { $number }: { $title }

# Without an open vault
first-title = Begin with a draft
first-lead = Do you have a text you want to send or say? Look at it first. You need no account for this.
first-title-locked = Your vault is locked
first-lead-locked = Your words are safe in it. You can also work on a draft without it.
first-vault-title = Make a vault
first-vault-text = A vault keeps your words locked on this device. With it, all steps open: lists, letters, plans, and a page for each day.
first-vault-link = Make a vault
first-locked-title = Open your vault
first-locked-text = You need your passphrase, or your twelve words.
first-locked-link = Open it
first-path-link = The path: thirteen steps

# The path
path-nothing-named = All steps can be read. The tools work best when you have named what happened.
path-alone = You work on this alone. All tools are open, to prepare and to practice.
path-between-two = Steps between the two of you open one after the other.
path-hurt = The work of the steps is theirs. Each step is named here by what it is for you. Nothing in it is a duty.
path-safety-link = Hurt or danger: how to tell them apart, and where to call
path-begun = Something is here.
path-later = Opens later
path-without-vault = Each step tells what it asks and why. The tools of a step open with your vault.

# Today
today-go = Go there
today-nothing = Nothing waits here. That is fine.
today-title-new = Today
today-lead-new = This is your page. Nobody else sees it.
today-title-doer = Today: what is in your own hands
today-lead-doer = Small things, done as you said. What the other person makes of them is up to them.
today-title-hurt = Today: at your pace
today-lead-hurt = You decide what comes in, when, and how much. Nothing here is a duty.
today-title-both = Today
today-lead-both = You may have done harm, and you may have been hurt. Each thing counts for itself. Neither makes up for the other.
today-rest-new = Also open
today-rest-doer = Also yours to do
today-rest-hurt = If you want to
today-rest-both = Also open
today-pause-text = Until then nobody has to answer.
today-no-answer = { $name }: no answer yet. You can go on with what is yours.
today-not-connected = Not connected. What you wrote is still here.
today-safe = Is this safe?
today-safe-note = You felt less safe. If you like, look at the eight questions. Nobody is told.
today-name-it = Name what happened
today-open-it-note = Nothing of it is open for both of you yet. You can leave it so.
today-name-it-note = Three short questions. You can leave this for later.
today-check-in = A look at your week
today-check-in-note = A few short lines, only for you. You can skip any.
today-controlled = What you had in your own hands
today-controlled-note = Three short lines about your own week. A week without them is fine.
today-drafts = Something is not finished
today-drafts-note = Your words are kept. Go on when you like.
today-review = Where are you now?
today-ending = Is it over?
today-ending-not-yet = It is not over yet
today-letter-rests = A letter is resting
today-letter-rests-note = After a night you read it once more, as the person who gets it.
today-letter-rested = A letter has had its night
today-letter-rested-note = Read it once more, as the person who gets it. Then you decide.
today-promise-due = The day of a promise has come
today-told = It was told. You can read it part by part
today-told-note = Each part stays closed until you open it. Nobody is told what you open.
today-letter = A letter is here
today-half = The key of a letter of yours did not come through
today-half-here = Half of the key of a letter is still on this device
today-half-here-note = It goes to the relay by itself, with the next connection. Until it is there, the letter cannot open on its day.
today-decided = They told you where they stand
today-decided-note = Read it when you are ready. You do not have to answer.
today-closing = A letter that closes is here
today-closing-note = Read it when you are ready. Nobody is told.
today-guest = A sheet for a counselor waits for your word
today-guest-note = You may say no, or leave it.
today-letter-note = It opens when you open it. You can put it aside, or give it back unread.
today-request = A request waits for an answer
today-question = A question waits for you
today-talk = Time to talk
today-talk-proposed = A weekly talk was proposed
today-invitation = An invitation
today-came-in = Came in lately

# Who did the harm
doer-mine-title = What you said you would do
doer-mine-none = No promise is open. One small thing with a day is enough.
doer-mine-text = Trust is theirs to give. What you can do is keep to your word, and say so early when you cannot.
doer-weeks = What you had in your own hands, week by week
doer-by = Until { $day }
doer-pace-title = What the other person wants to get
doer-pace-text = They set this, and they can change it at any time.

# Who was hurt
hurt-pace-title = What may reach you
hurt-pace-none = You have not said yet how much may reach you. Until then only one letter can come.
hurt-pace-link = Set how much, when, and what
hurt-topics = Closed for now: { $topics }.
hurt-topics-link = Close a subject for a while
hurt-decide-title = Yours to decide
hurt-decide-text = How far it goes, what you want to know, what you need. You can take each of these back.
hurt-stage = Now: { $stage }
hurt-depth = You have not chosen yet. Until you do, nothing can be told here.
hurt-depth-chosen = You have chosen. You can change it, part by part.

# Alone
solo-title = You are here alone
solo-text = Alone, you can practice writing and listening. That is all we claim. Nobody can say what it does for the two of you.
solo-untold = You said that it is not told yet. Everything here stays on this device. Nothing is sent, and nobody is asked.
solo-pair-link = Use it together with the other person
other-person = The other person
