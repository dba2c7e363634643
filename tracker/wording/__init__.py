"""What is said in the same words on page, mail, paper and slide."""
