"""Between files of other programs and the kinds of task that this school has. Values in, values out."""
