"""A release that is ready to tag: an archive that deploys by itself, sums, a bill of materials, licences."""
