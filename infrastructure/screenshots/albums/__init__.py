"""Pictures for the documentation, album by album.

An album is a module here: `Album` in `infrastructure/screenshots/gallery.py` says what it has. It puts its
pictures into the folder of its name below `docs/pictures`, and stands in `ALBUMS` of
`infrastructure/screenshots/__main__.py`; the command shows each of them in `docs/gallery.md`.

To add one, show the same fixed example each time: no present moment, no chance but that of references. Where
a run is to be seen, make it of `Scene`s. Take each picture with `take_picture`, at scale 1; it holds them to
`HEAVIEST` bytes.
"""
