"""Where files, exports and the search lie: buckets and the collection."""
