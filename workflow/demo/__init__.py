"""The demonstration: an invented county's leads and cases, walked through the real engine."""
