## Doors of the vault: making one, unlocking, recovery words, backups, the demonstration

door-needed-title = This part is kept in your vault
door-needed-text = Your words are locked. Open your vault to go on.
door-needed-make = To keep words here, make a vault first. It takes two minutes.
door-needed-link = Open your vault

door-bar-inside = Vault
door-bar-outside = Vault
door-lock = Lock

door-none-title = Nothing can be kept here
door-none-text = This browser does not let pages keep anything, or keeping is switched off. A private window can do that too. You can still use the draft desk and the help page.

door-empty-title = Your vault
door-empty-lead = A vault keeps what you write on this device, locked. Only your passphrase opens it.
door-empty-make = Make a vault
door-empty-other-title = Other ways to begin
door-empty-restore = I have a backup file

door-locked-title = Open your vault
door-passphrase = Passphrase
door-show = Show
door-hide = Hide
door-unlock = Open
door-working = Working. This takes a few seconds.
door-forgot = I forgot my passphrase
door-locked-safety = Help works without opening the vault:
door-more = More
door-here = This is the { $place } vault on this device.
door-back = Back
door-again = Try again

door-inside-title = Your vault is open
door-inside-on = Go on

door-broken-title = The vault cannot be opened now
door-in-use = It is open in another window, tab or program on this device. Close it there, or lock it there, then try again.

door-places-title = Another vault on this device
door-places-text = Each vault has its own lock. Nothing of one can be seen from the other. Going to another door locks this one.
door-place-free = (free)
place-first = First
place-second = Second
place-third = Third
place-demo-one = Demonstration, first person
place-demo-two = Demonstration, second person

door-phrase-title = Open with your twelve words
door-phrase-text = Type the twelve words you wrote down. Then choose a new passphrase. The old one will not open the vault any more.
door-phrase-label = Your twelve words
door-phrase-help = In their order, with a space between them. Capitals do not matter.
door-new-passphrase = New passphrase
door-phrase-open = Open and set the new passphrase
door-phrase-count = There must be twelve words. Here are { $number }.
door-phrase-unknown = Word { $number } is not in the word list. Check how it is spelled.
door-phrase-order = These words do not fit together. One may be wrong, or two may have changed places.
door-passphrase-changed = The new passphrase is set. The old one does not open the vault any more.
door-rule = At least 8 characters. Four or five ordinary words are easy to keep in mind and hard to guess. You can paste it.

door-locked-done = Your vault is locked.
door-locked-idle = Your vault was locked because nobody used it for a while. What you wrote was saved first.
door-idle-warning = Your vault will lock in one minute, because nobody uses it. Press any key or touch the page to keep it open.
door-unsaved = This was not saved. The browser could not write it down; its storage may be full. Your words are still on this page. Copy them, make some room, then try again.

make-title = Make your vault
make-lead = Choose a passphrase. Then you get twelve recovery words to write down.
make-only-you = Only you know the passphrase. Nobody can send you a new one.
make-forgotten = If you forget it, the twelve words open your vault. Without both, your words are lost.
make-other-person = Do not use a passphrase that your partner knows or could guess.
make-browser = The vault lies in this browser on this device. Keep a backup file too, because a browser may delete what pages keep.
make-passphrase = Passphrase
make-again = The same passphrase again
make-browser-saves = If the browser offers to save it, say no on a device that others use.
make-button = Make the vault
make-not-the-same = The two are not the same. Type them again.

kit-title = Your recovery words
kit-lead = Write these twelve words on paper, or print this page. They open your vault if you forget the passphrase.
kit-card-title = Twelve words
kit-date = Made on { $day }.
kit-what-for = These words open the vault on your device, or a backup file of it.
kit-how = On the page where the vault is opened, choose "I forgot my passphrase" and type them in this order.
kit-print = Print this page
kit-where = Keep the paper where nobody else looks. Anyone who has these words and your device can read your vault.
kit-no-photo = Do not take a photo of them, and do not mail them to yourself.
kit-once = They are shown only now. You can make new ones later with your passphrase.
kit-check-title = A short check
kit-check-text = Type these three words from your paper. Then you know that you have them.
kit-word = Word { $number }
kit-word-wrong = This is another word.
kit-check-wrong = Not all of them fit. Compare them with the words above, also on your paper.
kit-check-button = Check
kit-later = Skip the check
kit-checked = Your paper is right. Keep it in a safe place.
kit-skipped = You skipped the check. You can check your words later under "Passphrase and recovery words".

keys-title = Passphrase and recovery words
keys-passphrase-title = Change the passphrase
keys-present = Your passphrase now
keys-passphrase-button = Change it
keys-words-title = Check your recovery words
keys-words-text = Type the words from your paper, to see if they still open this vault.
keys-check-button = Check my words
keys-check-good = These words open this vault.
keys-new-title = Make new recovery words
keys-new-text = If you lost the paper, or someone may have seen it. The old words will not open this vault any more. They still open backup files made before.
keys-new-button = Make new words
keys-new-done = The old words do not open this vault any more. These are the new ones.
keys-idle-title = Lock by itself
keys-idle-text = The vault locks when nobody presses a key or touches the screen for a while. One minute before, it says so.
keys-idle-label = Lock after
keys-idle-minutes = { $minutes } minutes

passkey-title = Open with a fingerprint or the code of this device
passkey-text = This device can keep a passkey that opens your vault too. Your passphrase and your twelve words go on to work.
passkey-care = Anyone who can unlock this device could then open your vault. Do not add one if your partner knows the code of this device. The passkey is kept under the name "Notes".
passkey-add = Add a passkey
passkey-there = A passkey of this device opens this vault.
passkey-remove = Remove the passkey
passkey-added = From now on the passkey opens your vault too.
passkey-removed = The passkey does not open your vault any more. You can also delete it in the settings of this device.
passkey-use = Open with the passkey
passkey-failed = The passkey did not open the vault. Use your passphrase.

keep-title = Backups and copies
keep-lead-native = Your vault is one locked file in your own folder on this computer. A backup lets you open it on another device, or after this one breaks.
keep-lead-browser = Your vault lies in this browser, on this device only. A backup lets you open it on another device, or after this one breaks.
keep-lasting = This browser has agreed to keep it until you erase it.
keep-not-lasting = This browser may delete it when the device runs out of room. Keep a backup file.
keep-lasting-unknown = This browser does not say how long it keeps it. Keep a backup file.
keep-week = Safari deletes what a page keeps if you do not open it for seven days. An installed app on the home screen is spared. Clearing the browser's data deletes the vault too.
keep-used = The app and all vaults in it take { $size } MB of room.
keep-no-backup = You have no backup yet. If this device breaks, what you wrote is lost.
keep-last = Your last backup is from { $day }.
keep-last-old = Your last backup is from { $day }. Make a new one when you can.
keep-backup-title = Backup
keep-backup-text = One file with everything in it, locked. It opens with the passphrase or the twelve words that you have now. Keep it on another device or a memory stick. Words you deleted are not in it.
keep-backup-button = Save a backup file
keep-verify-title = Check a backup file
keep-verify-passphrase = Passphrase of the backup
keep-verify-button = Check it
keep-verify-good = This backup is good. It was made on { $day } and has { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}.
keep-verify-gaps = This backup opens, but some of it cannot be read. It was made on { $day } and has { $entries ->
    [one] 1 readable entry
   *[other] { $entries } readable entries
}.
keep-file = Backup file
keep-no-file = Choose a file first.
keep-export-title = Export
keep-export-text = A file that anyone can read who gets it. It is not locked. Use it to move to another program, to print, or to show a counselor.
keep-export-json = Export for programs (JSON)
keep-export-markdown = Export to read (Markdown)
keep-export-failed = The export could not be made.
keep-import-title = Import
keep-import-text = Brings an export for programs back in. What is here already stays as it is.
keep-import-file = Export file
keep-import-button = Bring it in
keep-import-done = { $events ->
    [one] 1 entry is
   *[other] { $events } entries are
} new here. { $known } were here already, { $skipped } could not be read. { $drafts ->
    [one] 1 draft is
   *[other] { $drafts } drafts are
} new here.
keep-doctor-title = How the vault is
keep-doctor-good = Everything in it can be read.
keep-doctor-bad = Some of it cannot be read. Make a backup now, then look at your last good backup.
keep-doctor-more = The numbers
keep-doctor-text = Numbers only, no words of yours. You can show them to someone who helps you.

restore-title = A vault from a backup file
restore-lead = The backup is opened here, and becomes a vault on this device.
restore-passphrase = Passphrase
restore-passphrase-help = The one the vault had when the backup was made. Leave it empty if you use the twelve words.
restore-phrase = Or the twelve words
restore-button = Bring it back
restore-done = Your vault is here again. It is open.

erase-title = Erase this vault
erase-link = Erase this vault from this device
erase-lead = Everything in this vault will be gone from this device. It cannot be undone.
erase-backup = If you may want it again, save a backup file first.
erase-evidence = If you may need what is here as proof, for the police or a court, do not erase it now. Copy it to a safe place first.
erase-other = What the other person has on their own device stays there.
erase-traces = Parts of the locked bytes can stay on the disk for some time. Without the keys nobody can read them.
erase-word = erase
erase-label = To go on, type the word: { $word }
erase-other-word = This is another word. Nothing was erased.
erase-button = Erase the vault
erase-no = No, go back
erase-done = The vault is erased from this device.

demo-text = Look around with two invented people. It has its own place and cannot touch anything of yours.
demo-open = Look around
demo-locked-title = The demonstration has locked
demo-go-on = Go on looking around
demo-banner-label = Demonstration
demo-banner-one = Demonstration. You look through the eyes of Robin, who hid a debt. Robin and Kim are invented.
demo-banner-two = Demonstration. You look through the eyes of Kim, who was hurt. Kim and Robin are invented.
demo-switch = Change to the other person
demo-leave = Leave the demonstration
demo-left = The demonstration is closed and erased.
