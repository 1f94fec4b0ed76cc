"""Where files and exports lie: buckets."""
