"""What every page needs: access, guards, context, wording, forms."""
