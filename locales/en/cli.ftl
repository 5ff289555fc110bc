# Words that the command line prints.

open-listening = Amends is open at this address, on this computer only:
open-stop = Press Ctrl and C to stop it.
open-no-browser = No browser was started. Open the address yourself.
lines-emergency = Emergency
lines-checked = Checked on
lines-elsewhere = Other countries
open-another = To open it in another browser, use this address, which works once:
