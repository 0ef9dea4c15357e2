"""Files that are under way when the system starts, taken over from a spreadsheet."""

from workflow.services.import_running.run import Report, import_running

__all__ = ["Report", "import_running"]
