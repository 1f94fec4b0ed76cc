"""Reports, returns and the texts of surveys."""
