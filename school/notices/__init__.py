"""Notices inside the site: one line of news to one person, said in that reader's language, counted in the frame."""
