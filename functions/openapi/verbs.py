"""What each change of a setting does, in a few words for whoever calls it."""

CHANGES = {
    ("site", "change"): "Adds a site, or changes how it works",
    (
        "site",
        "rotate",
    ): "Gives the webhook of a site another secret; the one before signs beside it for 24 hours",
    ("team", "change"): "Changes whom letters to the staff of a site go to",
    ("codes", "change"): "Adds, renames or retires codes of a site",
    ("texts", "change"): "Changes the own texts of a site, and how its letters look",
    ("packs", "change"): "Changes which promises a site makes to new complaints",
    ("packs", "migrate"): "Lets open clocks go over to the version of a pack that is in force",
    ("calendar", "change"): "Changes the decreed days of a site, all of them",
    ("pack", "change"): "Brings a promise pack of the operator's own, with all its versions",
    ("member", "change"): "Adds a member of staff, or changes one",
    ("member", "deactivate"): "Shuts a member out at once, and hands the cases over",
    ("member", "activate"): "Lets a member in again",
}
