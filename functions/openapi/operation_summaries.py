"""What each change of a setting does, in a few words for whoever calls it."""

CHANGES = {
    ("site", "add"): "Adds a site; whoever adds it serves it",
    ("site", "change"): "Changes how a site works",
    (
        "site",
        "rotate",
    ): "Gives the webhook of a site another secret; the old one also signs for 24 hours",
    ("team", "change"): "Changes who receives the letters to the staff of a site",
    ("codes", "change"): "Adds, renames or retires codes of a site",
    ("codes", "put"): "Adds or changes one code of a site",
    ("texts", "change"): "Changes a site's own texts, and how its letters look",
    ("packs", "change"): "Changes the promise packs of a site for new complaints",
    ("packs", "migrate"): "Moves open deadlines to the version of a pack that is in force",
    ("calendar", "change"): "Replaces the days off by decree of a site",
    ("site", "put_checklist"): "Writes or removes one checklist of a site",
    ("fields", "put_field"): "Adds or changes one own field of a site",
    ("calendar", "put_day"): "Adds or changes one day off of a site",
    ("calendar", "remove_day"): "Makes a day off of a site a working day",
    ("fields", "change"): "Replaces the own fields of a site: what its forms ask beside the usual",
    ("standard_text", "change"): "Adds a standard text of a site, or changes one",
    ("macro", "change"): "Adds a macro of a site, or changes one",
    ("pack", "change"): "Adds or changes a promise pack of the operator's own, with all its versions",
    ("member", "change"): "Adds a member of staff, or changes one",
    ("member", "deactivate"): "Deactivates a member at once, and returns the cases to the team",
    ("member", "activate"): "Activates a member again",
}
