"""A report in Word: from the file to lines and tables, from these to headings, from headings to parts."""
