"""Due moments: how they are computed, and the explanation of each step."""
