"""The pages of transcripts: reading, uploads, speakers, corrections."""
