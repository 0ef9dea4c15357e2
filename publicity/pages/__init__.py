"""Page types and views of the public site."""
