"""What a school must hand in and hang out, derived from its journals: sheets, reports, cards and lists, as page, XLSX and PDF."""
