# Words to pick from: feelings and needs.

feelings-afraid = Afraid
feeling-uneasy = uneasy
feeling-nervous = nervous
feeling-frightened = frightened
feeling-panicky = panicky
feeling-unsafe = unsafe
feeling-watchful = watchful
feeling-overwhelmed = overwhelmed
feeling-helpless = helpless
feeling-trapped = trapped
feeling-shaken = shaken

feelings-angry = Angry
feeling-irritated = irritated
feeling-resentful = resentful
feeling-furious = furious
feeling-bitter = bitter
feeling-disgusted = disgusted
feeling-outraged = outraged
feeling-jealous = jealous
feeling-fed-up = fed up
feeling-provoked = provoked
feeling-hateful = hateful

feelings-ashamed = Ashamed
feeling-embarrassed = embarrassed
feeling-humiliated = humiliated
feeling-foolish = foolish
feeling-small = small
feeling-guilty = guilty
feeling-dirty = dirty
feeling-exposed = exposed
feeling-inferior = inferior
feeling-regretful = regretful
feeling-self-blaming = self-blaming

feelings-sad = Sad
feeling-disappointed = disappointed
feeling-hurt = hurt
feeling-lonely = lonely
feeling-grieving = grieving
feeling-hopeless = hopeless
feeling-empty = empty
feeling-homesick = homesick
feeling-tired = tired
feeling-discouraged = discouraged
feeling-heartbroken = heartbroken

feelings-betrayed = Betrayed
feeling-deceived = deceived
feeling-used = used
feeling-replaced = replaced
feeling-unimportant = unimportant
feeling-abandoned = abandoned
feeling-doubting = doubting
feeling-mocked = mocked
feeling-confused = confused
feeling-robbed = robbed
feeling-unseen = unseen

feelings-numb-or-better = Numb, or better
feeling-frozen = frozen
feeling-distant = distant
feeling-nothing = nothing
feeling-relieved = relieved
feeling-calm = calm
feeling-hopeful = hopeful
feeling-grateful = grateful
feeling-warm = warm
feeling-curious = curious
feeling-strong = strong

needs-truth = Truth
need-honesty = honesty
need-clarity = clarity
need-answers = answers
need-completeness = completeness
need-openness = openness

needs-safety = Safety
need-health = health
need-shelter = shelter
need-no-fear = no fear
need-predictability = predictability
need-protection-of-the-children = protection of the children

needs-rest = Rest
need-sleep = sleep
need-quiet = quiet
need-time = time
need-space = space
need-a-day-without-the-subject = a day without the subject

needs-respect = Respect
need-dignity = dignity
need-a-say = a say
need-being-believed = being believed
need-fairness-in-public = fairness in public
need-privacy = privacy

needs-closeness = Closeness
need-touch-on-request = touch on request
need-attention = attention
need-comfort = comfort
need-company = company
need-play = play

needs-autonomy = Autonomy
need-own-money = own money
need-own-friends = own friends
need-own-pace = own pace
need-own-decision = own decision
need-own-room = own room

needs-meaning = Meaning
need-understanding-why = understanding why
need-remorse = remorse
need-mourning = mourning
need-faith = faith
need-a-shared-story = a shared story

needs-fairness = Fairness
need-repair-of-loss = repair of loss
need-shared-chores = shared chores
need-equal-effort = equal effort
need-apology-to-others = apology to others
need-consequences = consequences

