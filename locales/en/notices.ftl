# A device is told that something waits, through the push service of its browser's maker.

# On the screen of a phone, for everybody to see: nothing of what this is for.
notice-title = Notes
notice-text = Something new is here.

notices-title = Tell this device when something waits
notices-lead = Once a day at most, this device can show one short line. It is off until you turn it on.
notices-shows = It shows this, and never more:
notices-when = It comes some minutes to an hour after something came, within your hours. After that none comes until you have been here again. What you write on another device of yours counts, too.
notices-learns-title = What others learn
notices-learns-maker = The maker of your browser learns that this device was woken, when, and by which relay. It does not learn who wrote, or what.
notices-learns-relay = The relay keeps an address for this device. It forgets it when you turn this off, or when you have not come for 60 days.
notices-learns-screen = Who looks at your screen sees the line. A locked phone may show it, too. If that could put you in danger, leave this off.
notices-learns-partner = The other person is told nothing of it.
notices-from = Not before
notices-until = Not after
notices-turn-on = Turn it on
notices-turn-off = Turn it off
notices-hours-title = Your hours
notices-hours-save = Keep these hours
notices-state-asked = You turned it on. The relay has not said yes yet.
notices-state-set = It is on.
notices-state-refused = The relay does not work with the push service of this browser. Nothing will come.
notices-lost = This browser does not know of it any more. Turn it off here, then on again.
notices-asked = Turned on here. The relay is asked now.
notices-now-off = It is off. The relay is told to forget this device.
notices-failed = Your browser did not allow it, or cannot do it here. Nothing was turned on.
notices-unable = This browser cannot do it here. On an iPhone or iPad it works once the app is on the home screen.
notices-hours-wrong = Choose two times that are an hour apart or more. Nothing was changed.
notices-needs-two = This is for two people who write to each other here. While you are alone, nothing can come.
notices-not-connected = This device has not reached the relay since you unlocked. When it has, you can turn it on here.
notices-relay-none = Who runs this relay has not turned this on. So nothing can come here.
notices-only-browser = This works in a browser that got the app from a relay. It does not work here.
notices-link = Tell this device when something waits
