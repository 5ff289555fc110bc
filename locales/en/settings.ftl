# Settings.

settings-title = Settings
settings-lead = Kept on this device only.
settings-save = Save
settings-saved = Saved on this device.
settings-size-label = Text size
settings-size-normal = Normal
settings-size-large = Large
settings-size-largest = Largest
settings-theme-label = Colors
settings-theme-system = As the device is set
settings-theme-light = Light
settings-theme-dark = Dark
settings-exit-label = Way out
settings-exit-shortcut = Leave when Shift is pressed three times
settings-exit-shortcut-help = Turn this off if you use sticky keys, or if Shift changes your keyboard.
settings-exit-target = Page that opens when you leave
settings-exit-target-help = Choose a page that shows nothing about you. It must start with https.
settings-exit-weather = Weather
settings-exit-encyclopedia = Encyclopedia
settings-exit-news = News
settings-exit-own = Another page
settings-exit-own-label = Address of the other page
settings-exit-own-error = This address does not work. It must start with https:// and hold no spaces. The one before was kept.
settings-not-here-label = Places marked "not here"
settings-not-here-count = { $count ->
    [0] None.
    [one] 1 place is left alone.
   *[other] { $count } places are left alone.
}
settings-not-here-forget = Show hints at these places again
settings-not-here-forgotten = Hints can show at all places again.
