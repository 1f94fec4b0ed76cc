"""OpenSearch Serverless: the search index of an installation whose operator chose it."""
