"""The page model every public page extends."""
