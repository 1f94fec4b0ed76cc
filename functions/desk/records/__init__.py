"""Records of the management system: registers, one record with its history, its forms."""
