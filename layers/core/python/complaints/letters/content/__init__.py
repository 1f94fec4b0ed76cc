"""What letters hold beside their own words: blocks of packs, and paragraphs of a site."""
