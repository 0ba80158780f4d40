"""The only modules of the programme that call the library."""
