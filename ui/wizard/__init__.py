"""The upload in five steps: file, columns, questions, review, add. Each step draws one part of an unfinished upload."""
