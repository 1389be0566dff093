"""Lesson plans (КТП): the topics of a course with their hours, planned and given, and what to do when lessons are lost."""
