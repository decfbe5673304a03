"""Files that are no plain text: workbooks and map files, each read into the same rows of text as a CSV file."""
