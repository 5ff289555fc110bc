# Kinds, roles, stages, parts, worksheets: the words for what the core names.

# What happened
kind-sexual-affair = An affair, or paid sex
kind-sexual-affair-tell = When, how often, with or without protection, whether it is over, who knows.
kind-sexual-affair-plan = No contact, a health test, another way to work or another job if they meet there.
kind-sexual-affair-risk = Infections, pregnancy, a third person, pictures.
kind-emotional-affair = Closeness or messages with somebody else
kind-emotional-affair-tell = What was said about the two of you, what was hidden, what you felt.
kind-emotional-affair-plan = A message that ends it, written openly, and accounts that you close by your own choice.
kind-emotional-affair-risk = You may not agree whether it counts. What it is to the person who was hurt comes first.
kind-compulsive-sexual = Porn or sex, again and again
kind-compulsive-sexual-tell = How much, what it cost, who was touched by it.
kind-compulsive-sexual-plan = Treatment, and small daily acts.
kind-compulsive-sexual-risk = Shame and relapse are common. If something was against the law: legal advice first.
kind-serial-lying = Lying again and again
kind-serial-lying-tell = The pattern, the lies that still stand, who else was used for them.
kind-serial-lying-plan = What is wrong gets corrected within a day.
kind-serial-lying-risk = Even a small new lie opens everything again.
kind-money = Debt, hidden accounts, gambling or spending
kind-money-tell = All accounts, all sums, what was signed for whom.
kind-money-plan = A written budget, paying back from your own income, advice on debt. Statements can be shown for a limited time.
kind-money-risk = Both may have to pay. Where lenders threaten, or where life feels worthless after gambling, help comes first. Control over money afterwards is abuse too.
kind-secret-by-omission = Something important left unsaid
kind-secret-by-omission-tell = The fact, since when, and why now.
kind-secret-by-omission-plan = Who else is told is the choice of the person it belongs to.
kind-secret-by-omission-risk = Who somebody loves, or an illness, is not a betrayal by itself. Laws differ. Nobody can be made to give details.
kind-broken-promise = A broken promise, or not being there when it counted
kind-broken-promise-tell = Which promise, and what it cost.
kind-broken-promise-plan = Few promises with dates, and help with calendars, sleep or attention where it is needed.
kind-broken-promise-risk = The person who was hurt needs to be heard far more than to be planned with.
kind-breach-of-confidence = Telling, posting or showing something private
kind-breach-of-confidence-tell = What, to whom, and where it still is.
kind-breach-of-confidence-plan = Taking it down, and putting it right with the same people.
kind-breach-of-confidence-risk = Sharing intimate pictures is a crime in many countries. There are services that help to take them down.
kind-snooping = Reading, spying or tracking
kind-snooping-tell = Which devices, which apps, from when to when.
kind-snooping-plan = Removing it together with a third person.
kind-snooping-risk = Removing a spy program can make things worse. A help line comes first.
kind-relapse = A relapse, and lies about it
kind-relapse-tell = The last time, how much, who was in danger, since when it was hidden.
kind-relapse-plan = Treatment and a short daily statement. The partner is not the police.
kind-relapse-risk = Stopping suddenly can be dangerous. A doctor comes first.
kind-disloyalty = Siding with others, or humiliation in front of others
kind-disloyalty-tell = The scene, the words, the silence.
kind-disloyalty-plan = Putting it right in front of the same people, and a sentence for next time.
kind-disloyalty-risk = Family and custom weigh differently in every home.
kind-breach-of-agreement = Breaking what was agreed in an open relationship
kind-breach-of-agreement-tell = Which agreement, and who was put at risk.
kind-breach-of-agreement-plan = An agreement written anew by all who are part of it.
kind-breach-of-agreement-risk = More than two people may have been hurt.
kind-parenting = Something about the children
kind-parenting-tell = The facts only.
kind-parenting-plan = The child first, with somebody who does this for a living.
kind-parenting-risk = There are laws that protect children. This program is no help where a child is in danger.
kind-violence = Violence or force
kind-violence-tell = This program is not made for this.
kind-violence-plan = The help page has people to talk to.
kind-violence-risk = An apology after violence can be part of the violence.
kind-other = Something else
kind-other-tell = What, from when to when, and what was said that was not true.
kind-other-plan = One small act that can be seen, with a date.
kind-other-risk = Somebody else may have been hurt too.

# Eight questions about what happened
intake-nature = Was it something you did not manage, or something you chose?
intake-extent = Was it once, or again and again?
intake-ongoing = Is it still going on?
intake-came-out = Was it found out, or told?
intake-hurt = Was one person hurt, or several?
intake-reversible = Can the loss be made good?
intake-legal-duty = Is there a law to think of, or advice to take first?
intake-relapse-prone = Is it likely to come back?

# Roles
role-involved = I did it
role-injured = I was hurt
role-both = Both
role-not-sure = I am not sure

# What usually comes before the next stage
condition-ending-said = It is said whether it is over
condition-risks-listed = Risks for health and money are listed
condition-told = It was told completely, or you do without
condition-one-reflection = "Yes, that's it" was said once
condition-one-reflection-hurt = You said "yes, that's it" once
condition-causes-written = Reasons are written, each with a choice
condition-triggers-written = Triggers and plans are written
condition-ready-for-light-things = The person who was hurt is ready for light things
condition-ready-for-light-things-hurt = You are ready for light things

# 1.1
section-what = What I did
section-period = From when to when
section-how-often = How often
section-with-whom = With whom: the role is enough
section-money = Money
section-health-risk = Health
section-who-knows = Who else knows, and may tell it differently
section-lies = Lies I told about it
section-is-it-over = Is it over?
section-not-remembered = What I do not remember, and by when I will know
section-own-words = In my own words

# The same parts, as their reader sees them
section-theirs-what = What they did
section-theirs-period = From when to when
section-theirs-how-often = How often
section-theirs-with-whom = With whom
section-theirs-money = Money
section-theirs-health-risk = Health
section-theirs-who-knows = Who else knows, and may tell it differently
section-theirs-lies = Lies they told about it
section-theirs-is-it-over = Is it over?
section-theirs-not-remembered = What they do not remember, and by when they will know
section-theirs-own-words = In their own words

depth-headline = One line
depth-facts = The facts
depth-ask-me = Only if I ask
depth-not-that = Not that

# The same, for the one who tells
depth-theirs-headline = One line
depth-theirs-facts = The facts
depth-theirs-ask-me = Only if they ask
depth-theirs-not-that = Not that
better-hour = It is night. Is there a better hour for this, with somebody near?
no-legal-privilege = What you write here is not protected by law the way a talk with a lawyer is.

# 1.2
value-honesty = Being honest
value-kindness = Being kind
value-family = Family
value-friendship = Friends
value-learning = Learning
value-faith = Faith
value-courage = Courage
value-fairness = Fairness
value-creativity = Making things
value-nature = Nature
value-humor = Humor
value-craft = Work done well
perspective-before = Where were they, what were they doing?
perspective-found = What did they see or hear first?
perspective-thought = What may have gone through their mind?
perspective-felt = What may it have been like?
perspective-after = What may the next days have been like?
# The same above what is read by the one whose day it was
perspective-before-hurt = Where you were, and what you were doing
perspective-found-hurt = What you saw or heard first
perspective-thought-hurt = What may have gone through your mind
perspective-felt-hurt = What it may have been like
perspective-after-hurt = What the next days may have been like
pause-runs = A pause
pause-back-at = Back at { $time }.

# 1.3
hand-over-first = You sit together with one device. One of you says one thing, aloud. The other writes down what they heard, and reads it out. Then the one who spoke taps.
tap-yes = Yes, that's it
tap-not-quite = Not quite
tap-stop = Stop

# 1.4
impact-because-i = Because I ...
impact-you-now = ... you now ...

# 2.1
explanation-wanted = What I wanted
explanation-feared = What I feared
explanation-told-myself = What I told myself
explanation-turning-point = Where I could have turned back
explanation-chose = What I chose
explanation-reason = Reason
explanation-choice = My choice

# 2.2
trigger-person = A person
trigger-place = A place
trigger-time = A time
trigger-state = A state: tired, alone, drunk
trigger-device = A device or an app
help-friend = A friend comes along
help-leave = I leave
help-tell = I tell somebody
help-other = I do something else
help-partner = My partner comes along, if they want to
event-check-not-alone-with = I am not alone with
event-check-who-comes = Who comes along
event-check-how-i-leave = How I leave
event-check-whom-i-tell = Whom I tell
slip-tell-by = Tell it by { $time }: what happened, and what comes next.

# 2.3
part-responsibility = What I did, and that it was my doing
part-repair = What I do to make good
part-regret = That I am sorry
part-explanation = Why, without excuse
part-repentance = What will be different
promise-kept = Kept
promise-renegotiated = Changed before it was due
promise-missed = Missed
promise-withdrawn = Taken back
response-confirm = I saw it too
response-dispute = I saw it differently

# 3.1
obstacle-no-time = No quiet time
obstacle-screens = Phones and screens
obstacle-shut-down = I shut down
obstacle-get-loud = I get loud
obstacle-defend = I defend myself
obstacle-say-yes = I say yes to end it
obstacle-shame = Shame
obstacle-drink = Drink or drugs
obstacle-others-there = Children or others in the room
obstacle-too-late = We talk late at night
obstacle-different-ways = Different languages, or different ways of talking
obstacle-fear-of-next = Fear of what comes next
purpose-for-me = For me only
purpose-read-together = To read together
purpose-to-send = To send
letter-sent = Sent
letter-recalled = Taken back
letter-returned = Given back
agenda-appreciation = Something I valued
agenda-went-well = What went well
agenda-one-issue = One issue
agenda-next-week = One thing for next week
counselor-ask-training = What training do you have for work with couples?
counselor-ask-after-betrayal = How do you work after a betrayal?
counselor-ask-separate-talks = Do you also talk with each of us alone?
counselor-ask-violence = How do you find out whether one of us is afraid?
counselor-ask-secrets = What do you do with something one of us tells you alone?
counselor-ask-goal = Do you also help couples who part?
counselor-ask-cost = What does it cost, and how often do we meet?
counselor-ask-end = How will we know that it is time to stop?

# 3.2
mark-now = Now
mark-later = Later
mark-not-from-you = Not from you
mark-dont-know = I don't know
ask-need = What do you need?

# 3.3
contact-line = One line today
contact-thanks = One thank you
contact-question = One question
contact-photo = One picture

# 3.4
rating-love = Would love to
rating-try = Would try
rating-no = No

# 3.5
gift-hope = What do you hope happens when they get it?
gift-after-conflict = There was a hard moment less than two days ago. A gift now can look like a price.
gift-joined-to-request = A question is open between you. A gift now can look like part of it.

# 3.6
check-in-own-items = These are our own sentences, not a tested scale.
check-in-words-matched = This week, what they said matched what they did.
check-in-predictable = I could tell what to expect from them.
check-in-turned-towards = When I was hurt or afraid, they turned towards me.
check-in-felt-safe = I felt safe with them.
check-in-would-tell = I believe they would tell me if something happened.
check-in-go-on-trying = I want to go on trying, for now.
controlled-wrote = I did what I had written.
controlled-told = I told the truth when it cost me.
controlled-listened = I listened without defending.
decision-together = Together
decision-apart = Apart
decision-not-yet = Not yet
review-offer = Three months have passed. You can look at where you are, or leave it.
