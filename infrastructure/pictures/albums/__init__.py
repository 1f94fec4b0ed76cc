"""Pictures for the documentation, album by album.

An album is a module here with a function `take(browser, folder)` that puts its pictures into the folder of
its name below `docs/pictures`, and stands in `ALBUMS` of `infrastructure/pictures/__main__.py`.

To add one, show the same fixed example each time: no present moment, no chance. Take each picture with
`take_picture`, at scale 1; it holds them to `HEAVIEST` bytes. Then show each in `docs/gallery.md`, and say in
its alternative text what is to be seen.
"""
