"""Static files: what browsers fetch without waking a function, made from the templates of this checkout.

    widget.js                       what a website embeds: its name stays, so it is kept for minutes
    widget/<name>.<hash>.js         what that one loads
    static/<name>.<hash>.css, .js   style sheets and scripts of pages

A name with a hash of its contents never holds anything else, so it is kept for a year.
"""
