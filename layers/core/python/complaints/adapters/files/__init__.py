"""Files of complainants in S3."""
