"""Staff pages of exposures."""
