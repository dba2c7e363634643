"""The report on paper: a PDF set by typst, from data only."""
