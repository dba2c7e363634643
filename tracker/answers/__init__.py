"""Answers by mail: which are offered, the links that carry them, what they change, and the receipt that undoes them."""
