# The safety rule. Everything here works with the vault locked and without a network.

# The eight questions. Asked of each person alone; answers are never stored.
gate-title = Eight questions, only for you
gate-intro = Nobody else sees your answers. They are not stored. They only decide what opens here.
gate-not-a-test = These are our own questions, not a test. No answer here can tell you that you are safe.
gate-afraid = Are you ever afraid of your partner?
gate-hurt-by-partner = Has your partner ever pushed, hit, held down or choked you, or forced you into sex?
gate-hurt-partner = Have you done any of these things to your partner?
gate-permission = Do you have to ask or report before you meet people, spend money, go out, or sleep?
gate-threat = Has anyone threatened to hurt you, themselves, children or animals, or to publish something private?
gate-court-order = Is there a court order, or has one of you asked for no contact?
gate-dangerous-if-seen = Could it become dangerous for you if your partner sees that you use this?
gate-ending-life = Have you thought about ending your life?
gate-yes = Yes
gate-no = No
gate-skip = I'd rather not say
gate-again = The questions come again every four weeks.
gate-opens = They open the part for two, or leave it closed. Until then nothing goes either way.
gate-told-nobody = Whatever you answer, the other person sees the same: no answer yet.

outcome-open = You can open the part for two, if you want to.
outcome-after-reading = The part for two stays closed for now. Read the help page first, and talk to somebody if you want to. Then you decide.
outcome-closed = The part for two stays closed. This is a case for people who know about it, not for a program.
outcome-crisis = Please talk to somebody first, today. The lines below are for this.
outcome-used-force = If you used force: there are people who help you to stop. Letters and apologies to this person are closed here.
outcome-no-contact = No contact means no messages from here either. Sending is closed both ways.

# Leaving
leave-title = Leave
leave-quiet = Leave without a word. Nothing is sent or fetched any more.
leave-open = Leave and say so. The other person sees only "not connected".
leave-keep = Keep my things
leave-erase = Erase my things from my devices
leave-ask-removal = Ask them to remove what I sent. This goes only if you say that you leave. They can do it, but nobody can make them.
leave-their-copy = What you sent is on their devices too. We cannot take it back from there.

# Hurt anger or abuse. Whoever does it.
hurt-or-danger-title = Hurt, or danger?
hurt-or-danger-left = Hurt anger: stay, listen, give it back
hurt-or-danger-right = Abuse or danger: stop, leave, get help
hurt-or-danger-rule = What stands under "abuse or danger" is never okay, whoever does it. Guilt about what you did takes no right to safety away from you.

hurt-words = "I hate what you did."
danger-words = "I'll make you pay for this."
hurt-shouting = Crying, or shouting about what happened, once, and then it stops
danger-shouting = Shouting into your face, blocking the door, throwing things at you
hurt-questions = Asking the same question twenty times
danger-questions = Waking you every night to question you for hours, week after week
hurt-house = "I don't want you in the house this week."
danger-house = Locking you out without medicine, papers or children, or locking you in
hurt-telling = "I told my sister."
danger-telling = "I'll send the photos to your boss."
hurt-contact = "I need you to stop seeing that person."
danger-contact = "You see nobody any more. Give me your phone and your card."
hurt-staying = "I don't know whether I will stay."
danger-staying = "If you leave, I'll kill myself, or you, or the dog."
hurt-bed = Sleeping in another room, no sex
danger-bed = Sex as payment for peace, or forced sex
hurt-looking = "I can't look at you today."
danger-looking = Spitting, slapping, pushing, grabbing, choking: at any time, for any reason
hurt-money = Wanting to see the bank statements for half a year, agreed in writing, with an end
danger-money = Secret tracking, spy programs, reading all messages, with no end
hurt-checking = "You lied, so I check what you say."
danger-checking = "You lied, so you have no rights any more."
hurt-children = Saying it to you
danger-children = Making the children carry it or judge it

# The questions on screens
gate-begin = Begin
gate-next = Go on
gate-back = Back to the question before
gate-stop = Stop here
gate-not-now = Not now
gate-number = Question { $number } of 8
gate-leaving-out = You can leave out any question. The part for two then stays closed, or closes, until you answer all of them.
help-questions-note = Alone, in two minutes. They show which help fits.

outcome-title = What follows
outcome-two-title = The part for two
outcome-left-out = You left out a question. The part for two stays closed for now. That is fine. You can answer on any day.
outcome-no-vault = No vault is open, so nothing was written. Nothing of your answers is left.
outcome-alone = There is nobody on the other side yet. The questions come once more when there is.
outcome-open-button = Open the part for two
outcome-read-first = Read first. Then tick the box, if you still want to.
outcome-done = Go to the first page

# A plan for leaving
plan-title = A plan for leaving
plan-lead = To read, or to print somewhere safe. People at a help line make such plans each day. They can make one with you.
plan-not-written = Do not write your own plan in this app. A plan on paper, with a person you trust, is safer.
plan-before = Before
plan-before-talk = Tell one person you trust. Agree on when you call, and what they do if you do not.
plan-before-place = Know two places you can go to, by day and by night.
plan-before-word = Agree on a word that means: call for help now.
plan-before-children = With children: tell them only where to go and whom to call. Not the plan.
plan-take = Take with you
plan-take-papers = Papers for you and the children, or copies of them: pass, bank, health, home, court.
plan-take-medicine = Medicine and glasses.
plan-take-keys = Keys, some money, a bank card that is yours alone.
plan-take-things = One thing each person needs to sleep. The rest can be fetched later, with the police if need be.
plan-device = Devices
plan-device-other = Plan on a device that nobody checks: at a library, or a friend's.
plan-device-accounts = Make new passwords there, for mail first. Sign out on all other devices.
plan-device-location = Look at what shares where you are: maps, family sharing, the car, a watch.
plan-device-spy = If you think there is a spy program, do not remove it yet. It may be noticed. Ask a help line first.
plan-go = When you go
plan-go-time = The time around leaving can be the most dangerous one. Go when the other person is not there, if you can.
plan-go-rooms = If it gets loud before: stay near a way out. Not in the kitchen, not in the bath.
plan-go-call = In danger, call the emergency number.
plan-go-papers = You do not have to say that you leave, nor why, nor where you go.
plan-after = After
plan-after-tell = Tell work, school and neighbors what they need to know.
plan-after-ways = Change your usual ways and times for a while.
plan-after-order = Ask a help line or a lawyer about a court order.
plan-after-alone = Do not meet alone to talk it over, to fetch things, or to say sorry.

# Letters closed
letters-closed-title = Letters and apologies are closed here
letters-closed-lead = Letters and apologies to this person cannot be written or sent here for now.
letters-closed-why = Where force was used, a letter or a gift can be part of the same round: harm, sorry, calm, harm.
letters-closed-now = The next step is to stop, and to get help to stop. There are people who do this work and do not look down on you.
letters-closed-rest = All that you wrote is still here. Your own pages stay open: causes, plans, your week.
letters-closed-told = Nobody is told that they are closed, nor why.
letters-closed-open = They open again when you answer the eight questions, and they let it.

# Someone had my phone
phone-title = Someone had my phone
phone-lead = If someone may have looked at this device, or knows your passphrase.
phone-safe-device = Do the next steps on a device they cannot reach, if you can.
phone-passphrase = Change the passphrase of your vault. Make new recovery words, and keep them where nobody looks.
phone-devices = Look at the list of your own devices. Take away each one you do not know.
phone-own-lock = Change the lock of the phone itself, and the password of your mail.
phone-spy = If you fear a spy program, do not remove it before you have talked to a help line.
phone-limit = Amends cannot see who looked at what. It keeps no list of visits.
phone-new-passphrase = Change the passphrase
devices-title = Your own devices

# Leaving on a screen
leave-page-title = Leave
leave-page-lead = You can leave at any time, in one act. Nobody asks why.
leave-page-danger = If leaving could be dangerous, make a plan first.
leave-how = How do you want to leave?
leave-things = What happens to what is here?
leave-they-see = "Not connected", if you say it. Nothing new at all, if you leave without a word.
leave-sure = Yes, I want to leave now
leave-not-sure = Tick the box if you want to leave now. Nothing was changed.
leave-button = Leave now
leave-locked = Your vault is locked. While it is locked, nothing is sent and nothing is fetched. To leave for good, open it. You can also take the whole vault off this device.
leave-unlock = Open the vault
leave-erase-place = Take the vault off this device
leave-nothing-here = There is no vault here, so there is nothing to leave. You can close this page.

# "Please remove what I sent"
removal-link = They asked you to remove what they sent
removal-title = Remove what they sent?
removal-lead = They asked for it when they left. You can do it. You do not have to, and nobody is told what you choose.
removal-count = { $count ->
    [one] This is about one entry with words of theirs.
   *[other] This is about { $count } entries with words of theirs.
}
removal-what = Their letters, messages and notes then go from here. This cannot be taken back.
removal-yours = What you wrote stays here, and what happened keeps its name. An answer of yours does not show any more, if what it answers is gone.
removal-this-device = It holds for this device. If you have others, do it there, too.
removal-button = Remove their words
removal-keep = Leave it as it is
removal-kept = Everything stays as it is. You can decide otherwise later.
removal-command = They asked you to remove what they sent. To see what that means: amends removal
removal-done = Their words are removed from this device.
removal-nothing = There is nothing here that they asked you to remove.
