"""The administrators' screens in the Wagtail admin."""
