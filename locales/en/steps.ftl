# The thirteen steps in our own words: title, what it asks, why, what to take care of, what one can do now. Each step has
# a second title for a person who was hurt, and what is there for them: what may come, what is theirs to decide.

step-responsibility-title = Say what you did
step-responsibility-asks = Tell the truth once, and whole. Say what you did, from when to when, and what it means for health and money. Say what you do not remember. Start with "I". If others know and may tell it in another way, say so yourself.
step-responsibility-why = A truth that comes in small parts hurts again with each part. When you name your own act, the other person no longer has to dig for it.
step-responsibility-care = Ask first if telling is safe for you and for them. Choose an hour when someone close can be near, and not late at night. Leave out scenes. Do not name more about a third person than your partner asks for. What you write has no legal protection.
step-responsibility-tool = Write one page: what, from when to when, how often, with whom by role, money, health, who knows, which lies you told, and whether it is over. The desk shows where the page gets smaller than the truth.
step-responsibility-title-hurt = What happened, told to you
step-responsibility-hurt = You choose how much you want to know, part by part. Each part stays closed until you open it. You can ask about it, now or later, and you can leave it.

step-perspective-title = Stand where they stand
step-perspective-asks = Do not defend yourself. Picture the day they found out, hour by hour, as they saw it. When hard words come, hear the pain in them. Where there is violence or threat, leave.
step-perspective-why = When we feel small, we defend. A moment spent on what matters to us makes it easier to own what we did.
step-perspective-care = Hard words are not a free pass for threats or force. If you need a break, say when you come back, and come back.
step-perspective-tool = First write three lines on something you care about, for you alone. Then write the day they found out, as they saw it. Read it once more and look for "but".
step-perspective-title-hurt = That day, as you lived it
step-perspective-hurt = They try to picture the day you found out. You can read what they show you, or leave it. When words get too hard, each of you can take a break.

step-listening-title = Listen and give it back
step-listening-asks = Let them finish. Say back in your own words what you heard. Then say what it may have felt like, as a guess. No reasons, no advice, no question of your own.
step-listening-why = People calm down when they are heard, not when they are answered. Giving back the point and the feeling shows that it arrived.
step-listening-care = A guess is a guess. Leave room for "no, not like that". Do not use their words later as a weapon. If listening gets too much, ask for a break with a time to return.
step-listening-tool = Choose "reply" on the desk. Put in what they said and your answer. It looks for the point given back, the feeling given back, and for reasons that slip in.
step-listening-title-hurt = Being heard
step-listening-hurt = You say one thing. They give back what they heard. You say with one tap if that was it, and you can stop at any time.

step-acceptance-title = Accept the feeling
step-acceptance-asks = Tell why what you did hurt them: "Because I did this, you now have that." Let each feeling stand. Do not say "I know how you feel".
step-acceptance-why = Saying what it did to them shows that you have looked. To claim that you know closes the door. A guess holds it open.
step-acceptance-care = To accept a feeling does not mean to accept abuse. Do not put feelings into their mouth. Do not argue about how long it should take.
step-acceptance-tool = Write three lines: "Because I ___, you now ___." Check them on the desk as a letter or a reply.
step-acceptance-title-hurt = What it did to you
step-acceptance-hurt = You can write down what it did to you, for yourself or for them. You can read what they understand so far. What you feel needs no proof.

step-explanation-title = Explain without an excuse
step-explanation-asks = If they want to know why, tell it with "I". What did you want, what did you fear, what did you tell yourself? Where could you have turned back? End each reason with your choice.
step-explanation-why = A reason without a choice sounds like an excuse. A reason with a choice helps the other person to understand what they lived through.
step-explanation-care = Tell it only when they ask. No cause may lie in the partner. Tiredness, drink or trouble at home were around you. The choice was yours.
step-explanation-tool = Make two columns: the reason, and my choice. Each line in the first needs one in the second. The desk marks where the blame wanders off.
step-explanation-title-hurt = The reasons, if you want them
step-explanation-hurt = They tell what led them there, and what they chose. You can read it, put it off, or not want it at all.

step-change-title = Change what led there
step-change-asks = Find the places, people, hours and moods where it began. Make a small plan for each: "If this happens, I will do that." Bring a friend, or leave. Talk about the plan with your partner if they want to.
step-change-why = A firm wish fades. A plan tied to a moment works better than a wish, as many studies found. It takes the choice out of the hot minute.
step-change-care = The plan is about moments, never about what your partner does. Do not make your partner the guard. If you slip, tell it within a day: what, and what next. A habit that has you in its grip needs help from outside.
step-change-tool = Write three plans on the desk as a "plan". It looks for a clear moment, a small act, and a time.
step-change-title-hurt = What they will do differently
step-change-hurt = They make plans for the moments when it could begin again. You can look at what they show you, and say what is missing. You need not watch over it.

step-honesty-title = Promise little, keep it
step-honesty-asks = Say that you are sorry and mean the act, not the bad luck. Make no promise that is hard to keep. Choose few and small ones, with a date.
step-honesty-why = After a lie, a promise weighs little. A small kept one weighs more than a large one. Leave out the plea to be forgiven: that is theirs to give.
step-honesty-care = "Never again" and "always" are not in your hands. If you see that you cannot keep a promise, say so before the day comes.
step-honesty-tool = Write the apology on the desk. It shows which parts are there, which are missing, and each promise it finds.
step-honesty-title-hurt = An apology, and small promises
step-honesty-hurt = You may get an apology, and a few small promises with a day. You need not answer. You can say how a promise ended for you, or say nothing.

step-communication-title = Talk clearly, and regularly
step-communication-asks = Find out what keeps you from talking well. Write letters. Keep one fixed hour a week for the talk. Ask a counselor to help where you get stuck.
step-communication-why = A fixed hour keeps the talk from spreading over each day. A letter lets both of you go slowly. Hard things go better face to face than by text.
step-communication-care = Sleep one night before you give a letter. The reader may hold it or give it back unread. Do not sit in a couple's session with someone you fear.
step-communication-tool = Write the letter on the desk, let it rest, then read it as if you were the one who gets it.
step-communication-title-hurt = Letters and talks, when you want them
step-communication-hurt = A letter waits until you open it. A fixed hour for the talk needs your yes. A counselor can come in where the two of you get stuck.

step-needs-title = Ask what they need
step-needs-asks = Ask what would help: clearer talk, time, patience, a counselor, or something else. Let them lead. Accept "I don't know" and "not from you".
step-needs-why = Guessing serves the giver. Asking once, and then doing it, shows that the answer counts.
step-needs-care = Ask rarely. The work is yours, so do not make them your teacher. A demand for passwords, places, money or sex is not a need to meet. It is a reason to look at the safety page.
step-needs-tool = Write one short question on the desk as a "message", and see if it pushes.
step-needs-title-hurt = What you need
step-needs-hurt = A list of your own: what would help, now, later, or not from them. You decide what they see of it. "I don't know" is an answer.

step-contact-title = Small contact, at their pace
step-contact-asks = Be in touch each day, lightly, if they want that. One line about today, one thank you, or one question. Do not hang on the answer.
step-contact-why = What can be foretold feels safer. Warm words by text are fine. Settling a fight by text tends to go badly.
step-contact-care = They set how often and when. Many messages in a row are pressure, even kind ones. A missed day is nothing. Contact is no proof of where you are.
step-contact-tool = Write the line on the desk as a "message". If it needs more than three lines, it may be a letter.
step-contact-title-hurt = Small contact, as you set it
step-contact-hurt = You set how much may come, at which hours, and which kinds. None at all is fine too. You need not answer.

step-activities-title = Do light things together
step-activities-asks = When they are ready, plan something that is not about the betrayal. Look for something new that both of you like.
step-activities-why = New things done together can bring couples closer. That was not studied right after a betrayal, so it comes late.
step-activities-care = It must not replace the talk. Agree on when you will talk instead. No surprise bookings. A no needs no reason.
step-activities-tool = Write down two ideas that are new and small. Ask once, as a "message", and leave the answer open.
step-activities-title-hurt = Light things, if you want them
step-activities-hurt = You choose for yourself what you would like. Only what you both chose shows. It begins when you say that you are ready, and you can take that back.

step-gratitude-title = Thank, give, share the work
step-gratitude-asks = Notice one thing they did and thank them for it. Do your share at home, and a bit more. If you give, give without a string.
step-gratitude-why = Thanks that name what the other did bring people closer. A gift with a string makes a debt, and debt does not.
step-gratitude-care = Early on, thanks can sound like a trick. Do not thank them for forgiving when they have not. No flood of gifts.
step-gratitude-tool = Write the note on the desk as "gratitude". It looks for the one thing you thank for, and for strings.
step-gratitude-title-hurt = Thanks and help, with no strings
step-gratitude-hurt = They may thank you, give you something, and take on more of the work at home. You owe nothing for it. You can give thanks too, if you want to.

step-patience-title = Give it time
step-patience-asks = Accept that it takes long and goes up and down. Hold on to what is in your hands: do what you said, tell the truth when it costs you, do not slip back.
step-patience-why = Trust grows from many small acts that fit together. It is the slowest part, and it can fall back. Nobody can name a number of days.
step-patience-care = Do not ask "are we good now". Do not count days. Look after sleep, friends and help of your own. After some months, look together at whether to go on, to part, or to wait.
step-patience-tool = Once a week, write three lines for yourself: what I said I would do, what I did, what I will do next. Check a hard message on the desk for pressure before you give it.
step-patience-title-hurt = Your own time
step-patience-hurt = It takes as long as it takes, and it goes up and down. Once a week you can note how it was, for yourself alone. Nobody may hurry you.
