"""The pure part of evidence packs: archive, sending in parts, sample."""
