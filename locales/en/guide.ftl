# Methods, stages, and the labels of a step's page.

method-admit-title = Admit
method-admit-text = Say what you did, and listen to what it did.
method-admit-title-hurt = Admitting
method-admit-text-hurt = What they did is told to you, as far as you want. What it did to you is heard.
method-apologize-title = Apologize
method-apologize-text = Own your choice, change its causes, promise little and keep it.
method-apologize-title-hurt = Apologizing
method-apologize-text-hurt = They own their choice, change its causes, promise little and keep it. Nothing is asked of you for it.
method-prove-title = Prove
method-prove-text = Let small acts, over a long time, speak for you.
method-prove-title-hurt = Proving
method-prove-text-hurt = Small acts, over a long time. What you make of them is yours.

stage-safety-title = Safety and consent
stage-safety-opens = Each of you has looked at your own safety alone, and the one who receives has said yes.
stage-stop-and-tell-title = Stop and tell
stage-stop-and-tell-opens = The betrayal has ended, or you say openly that it has not.
stage-stop-and-tell-opens-hurt = The betrayal has ended, or it is said openly that it has not.
stage-hear-title = Hear
stage-hear-opens = The whole truth was told once, or the hurt partner chose not to hear it.
stage-hear-opens-hurt = The whole truth was told once, or you chose not to hear it.
stage-own-and-explain-title = Own and explain
stage-own-and-explain-opens = The hurt partner felt heard once, or chose to skip this.
stage-own-and-explain-opens-hurt = You felt heard once, or you chose to skip this.
stage-change-title = Change
stage-change-opens = The causes and the risky moments are written down.
stage-reconnect-title = Reconnect
stage-reconnect-opens = The hurt partner says they are ready for light things. They can take this back.
stage-reconnect-opens-hurt = You say that you are ready for light things. You can take this back.
stage-decide-and-review-title = Decide and review
stage-decide-and-review-opens = At any time: together, apart, or not yet.

step-number = Step { $number }
step-method = Method { $number }: { $title }
step-asks-label = What this step asks
step-why-label = Why
step-evidence-label = What studies found
step-care-label = Take care
step-now-label = What you can do now
step-stage-label = When it comes
step-desk-link = Open the draft desk: { $genre }
step-next = Next: { $title }
step-previous = Before: { $title }
# For a person who was hurt
step-hurt-asks-label = What this step says to the person who did it
step-hurt-asks-lead = For them this step is called "{ $title }". This is said to them, not to you.
# For a person who has not said who they are, and for one who did harm and was hurt
step-if-hurt = If you were hurt: { $title }
step-where-hurt = Where you were hurt: { $title }
step-violence-rule = Harsh words can be pain. Threats, force, spying and locking in or out are not, whoever does them. Then stop, leave and get help.
