# The frame around every screen: name, way out, navigation, language notice, errors.

app-name = Amends
# Browser tab, history and home screen. Neutral on purpose.
app-tab-title = Notes

exit-label = Leave this page
exit-emergency = Emergency:
exit-press-two = Shift, press 2 more times to leave.
exit-press-one = Shift, press 1 more time to leave.
exit-going = Leaving.
exit-timeout = Leaving by Shift was not finished.
exit-covered = Loading.
# Time that is left
timer-minute = 1 minute left.
timer-minutes = { $number } minutes left.
timer-last = Less than a minute left.
timer-hour = 1 hour,
timer-hours = { $number } hours,
timer-end = The time is over.

skip-to-main = Skip to the main part

nav-label = Main
nav-today = Today
nav-path = Path
nav-desk = Draft desk
nav-help = Safety and help
nav-more = More

covered-title = Notes
covered-text = This page was closed.
covered-open = Open

not-found-title = This page is not here
not-found-text = The address may be old. Nothing you wrote was lost.
not-found-home = Go to the first page

failed-title = Something did not work
failed-text = The page could not be shown. Close it and open it again. Text in a box that you did not keep will be gone, so copy it first.
failed-stopped = Amends is not running any more. Start it again on this computer, then reload this page. Copy your text first.
not-allowed-title = This address does not open Amends
not-allowed-text = Open the address that was printed when Amends started. It works on this computer only, and it is new each time.

back-to-path = Back to the path
study-link = Study { $id }
studies-link = Studies { $ids }
