# The page before the first use, and the privacy page that keeps the same facts in reach.

start-title = Before you begin
start-lead = Amends helps two people after one of them broke the other's trust. Please read this first. It takes one minute.

start-exit-title = How to leave fast
start-exit-text = The button at the top of each page covers the screen and opens { $target }. You can also press the Shift key three times.
start-exit-limit = It does not clear the history of this browser. It does not stop spy programs. A person who holds this device can still see that you were here.
start-exit-safer = If someone checks your device, use a device they cannot reach: at a library, at a friend's home, or at work.

start-private-title = Where your words stay
start-private-text = Your words stay on this device. No draft is sent anywhere. No account is needed. When you close the page, an unsaved draft is gone.

start-not-title = What this is not
start-not-text = Amends is not therapy, and not a judge. It cannot tell if you are safe. It does not know what your partner will decide.

start-safe-title = First be safe
start-safe-text = Harsh words can be pain. Threats and force are not. Nobody has to stay where there is violence, whoever does it. If you are afraid of your partner, or if you have hurt them, start with the help page.
start-safe-link = Safety and help

start-begin = I have read this. Begin

about-title = Privacy, and what this is not
about-lead = What Amends keeps, what it cannot hide, and what it is not.
about-kept-title = What is kept on this device
about-kept-settings = Your settings: text size, colors, the country for help lines, and where the way out leads.
about-kept-not-here = Places you marked "not here". They are kept as numbers made with a secret key. No words can be read back from them.
about-kept-draft = A draft, only if you press "Keep on this device". It is not locked with a password yet. Anyone who can use this device could read it.
about-kept-nothing = Nothing else. No list of what you did, no times, no counts.
about-kept-where-browser = These things are kept in the storage of this browser.
about-kept-where-native = These things are kept in one small file in your own folder on this computer.
about-sent-title = What is sent
about-sent-text = Nothing. The check runs on this device. After the first visit the app works with no network.
about-sent-native = The page talks only to the Amends program on this same computer.
about-traces-title = What Amends cannot hide
about-traces-history = The browser keeps a history entry. Its name is "Notes", but the address is there too.
about-traces-installed = If you install the app, its icon can be seen on the device.
about-traces-spy = Spy programs can read the screen and the keys. Amends cannot see or stop them.
about-traces-calls = Calls to help lines can show up in the call list and on the phone bill.
about-traces-clear = To clear the history, use your browser's own menu. A private window keeps no history after you close it.
about-not-title = What this is not
about-not-therapy = It is not therapy and does not replace a counselor, a doctor or a lawyer.
about-not-writer = It does not write for you. It marks, asks, and shows a pattern with blanks. The words stay yours.
about-not-judge = It gives no marks and no forecast. It does not know whether words are meant.
about-not-safe = It finds some words of danger and misses others. No warning does not mean no danger.
about-not-law = What you write here has no legal protection. If a court, a job or a visa may be at stake, ask a lawyer before you write.
about-erase-title = Erase what is kept here
about-erase-text = This removes the settings, the marks and the kept draft from this device. It cannot be undone.
about-erase-button = Erase everything that is kept
about-erased = Everything that was kept has been erased.
about-rules-link = All checks, one by one
about-evidence-link = The studies behind it
