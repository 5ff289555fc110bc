## Doors of the vault

door-needed-title = This part is kept in your vault
door-needed-text = Your words are locked. Open your vault to go on.
door-needed-link = Go to the door
