"""Forms of the sign-in and of the administrators."""
