"""The commands of ``newsnorm``, one module each, imported when the command is given."""
