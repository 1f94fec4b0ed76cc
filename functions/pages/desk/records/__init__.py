"""Pages of the management system: registers of records, one record with its history, and its forms."""
