"""Reading and writing tables: CSV, JSON Lines and workbooks, whatever they hold."""
