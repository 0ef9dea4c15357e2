"""Documents (文书): filled from the file by docx templates, numbered, frozen."""
