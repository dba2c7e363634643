"""How much of the machine a page costs: `make bench` measures it, and checks that what it fetched is right."""
