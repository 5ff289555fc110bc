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
leave-ask-removal = Ask the other app to remove what I sent. It can do that, but nobody can make it.
leave-their-copy = What you sent is on their devices too. We cannot take it back from there.

# Hurt anger or abuse. Whoever does it.
hurt-or-danger-title = Hurt, or danger?
hurt-or-danger-left = Hurt anger: stay, listen, give it back
hurt-or-danger-right = Abuse or danger: stop, leave, get help
hurt-or-danger-rule = The right side is never okay, whoever does it. Guilt about what you did takes no right to safety away from you.

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
